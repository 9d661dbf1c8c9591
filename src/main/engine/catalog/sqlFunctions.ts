import type Database from 'better-sqlite3'
import { colorCell } from '../../../shared/domain/search/values/colorValue.ts'
import { tagKey } from '../../../shared/domain/tag.ts'
import { promptKey } from './promptKey.ts'
import { assetFacets } from './query/assetFacets.ts'
import { likenessBands, likenessDistance, likenessProbes } from './query/likeness.ts'
import { indexedName, indexedText, vocabulary } from './query/words/indexedText.ts'

type Text = string | null

/**
 * Makes the functions known that migrations, triggers and queries of a catalogue call. Every connection needs them, those
 * that only read too. Lists are JSON.
 */
export function registerSqlFunctions(db: Database.Database): void {
  const define = (name: string, call: (...values: never[]) => unknown): void => {
    db.function(name, { deterministic: true }, call as (...values: unknown[]) => unknown)
  }
  define('tag_key', (name: string) => tagKey(name))
  define('prompt_key', (prompt: Text) => promptKey(prompt))
  define('indexed_text', (text: Text) => (text === null ? '' : indexedText(text)))
  define('indexed_name', (name: Text) => (name === null ? '' : indexedName(name)))
  define('search_vocabulary', (prompt: Text, negative: Text, title: Text, notes: Text, name: Text, model: Text) =>
    JSON.stringify(vocabulary([prompt, negative, title, notes], [name, model])),
  )
  define('asset_facets', rememberedFacets())
  define('color_cell', (color: Text) => (color === null ? null : colorCell(color)))
  define('likeness_bands', (hash: Text) => JSON.stringify(likenessBands(hash)))
  define('likeness_probes', (hash: Text) => JSON.stringify(likenessProbes(hash)))
  define('likeness_distance', (a: Text, b: Text) => likenessDistance(a, b))
}

/** Remembers two answers: a trigger asks for those of the old and of the new row several times each. */
function rememberedFacets(): (
  extension: string,
  category: string,
  model: Text,
  generator: Text,
  generation: Text,
  metadata: string,
) => string {
  let known: readonly { readonly of: readonly Text[]; readonly text: string }[] = []
  return (extension, category, model, generator, generation, metadata) => {
    const of = [extension, category, model, generator, generation, metadata]
    const found = known.find((one) => one.of.every((value, index) => value === of[index]))
    if (found !== undefined) return found.text
    const text = JSON.stringify(assetFacets({ extension, category, model, generator, generation, metadata }))
    known = [{ of, text }, ...known.slice(0, 1)]
    return text
  }
}
