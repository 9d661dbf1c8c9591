import type { AssetSelection } from '../../../shared/domain/asset.ts'
import type { TagId } from '../../../shared/domain/ids.ts'
import { type Tag, tagKey } from '../../../shared/domain/tag.ts'
import type { Catalog } from '../catalog/catalog.ts'

/** Assets of a selection that are looked at; the others are likely to be alike. */
const SAMPLE = 50
/** Tags of the sample whose company is looked at. */
const SEEDS = 5
const PROMPTS = 5
const WORDS = 60

/**
 * Tags that a selection is likely to be given next: named in its prompts, going with the tags that it has, on the assets
 * that were imported just before and after it, and else those used most. Never one that all of the sample have.
 */
export function suggestTags(catalog: Catalog, selection: AssetSelection, limit: number): readonly Tag[] {
  const { tags } = catalog
  const rows = sample(catalog.assets.resolve(selection))
  const scores = new Map<TagId, number>()
  const score = (id: TagId, points: number) => scores.set(id, (scores.get(id) ?? 0) + points)

  for (const id of promptTags(catalog, rows)) score(id, 500)
  const used = tags.usedBy(rows, SEEDS)
  for (const seed of used) {
    for (const { id, count } of tags.besides(seed, 20)) if (id !== seed) score(id, count)
  }
  const neighbours = rows.flatMap((row) => [row - 1, row + 1]).filter((row) => row > 0)
  for (const [rank, id] of tags.usedBy(neighbours, 10).entries()) score(id, 40 - 4 * rank)
  for (const [rank, id] of tags.mostUsed(limit + SAMPLE).entries()) score(id, 1 / (rank + 2))

  const tagsOfEach = rows.map((row) => new Set(tags.usedBy([row], 1000)))
  const have = new Set(used.filter((id) => tagsOfEach.every((own) => own.has(id))))
  const best = [...scores].filter(([id]) => !have.has(id)).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  return named(
    catalog,
    best.slice(0, limit).map(([id]) => id),
  )
}

/**
 * Tags that typed text may be about to name: those whose name, alias or path begins with it first, then those that have
 * it at the beginning of a word, then anywhere; the most used first.
 */
export function completeTags(catalog: Catalog, text: string, limit: number): readonly Tag[] {
  const wanted = tagKey(text.trim())
  const rank = (tag: Tag): number => {
    const texts = [tag.name, tag.path, ...tag.aliases].map(tagKey)
    if (texts.includes(wanted)) return 0
    if (texts.some((key) => key.startsWith(wanted))) return 1
    if (texts.some((key) => key.includes(` ${wanted}`) || key.includes(`/${wanted}`))) return 2
    return texts.some((key) => key.includes(wanted)) ? 3 : 4
  }
  return catalog.tags
    .list()
    .map((tag) => ({ tag, rank: rank(tag) }))
    .filter((found) => found.rank < 4)
    .sort((a, b) => a.rank - b.rank || b.tag.asset_count - a.tag.asset_count || (a.tag.path < b.tag.path ? -1 : 1))
    .slice(0, limit)
    .map(({ tag }) => tag)
}

/** Spread over the whole selection. */
function sample(rows: Int32Array): number[] {
  if (rows.length <= SAMPLE) return [...rows]
  return Array.from({ length: SAMPLE }, (_, index) => rows[Math.floor((index * rows.length) / SAMPLE)] ?? 0)
}

/** Tags whose name or alias is a word, or two words in a row, of the prompts. */
function promptTags(catalog: Catalog, rows: readonly number[]): ReadonlySet<TagId> {
  const prompts = catalog.tags.prompts(rows.slice(0, PROMPTS))
  const found = new Set<TagId>()
  if (prompts.length === 0) return found
  const byKey = new Map<string, TagId>()
  for (const tag of catalog.tags.rows()) {
    for (const name of [tag.name, ...tag.aliases]) byKey.set(tagKey(name), tag.id)
  }
  for (const prompt of prompts) {
    const words = (tagKey(prompt.slice(0, 4000)).match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, WORDS)
    for (const [index, word] of words.entries()) {
      for (const name of [word, `${word} ${words[index + 1] ?? ''}`]) {
        const id = byKey.get(name)
        if (id !== undefined) found.add(id)
      }
    }
  }
  return found
}

function named(catalog: Catalog, ids: readonly TagId[]): readonly Tag[] {
  const byId = new Map(catalog.tags.list().map((tag) => [tag.id, tag]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}
