import type { Catalog } from '../../../../src/main/engine/catalog/catalog.ts'
import { toEnd } from '../../../../src/main/engine/catalog/stepDone.ts'
import { deleteTags } from '../../../../src/main/engine/library/deleteTags.ts'
import { editAssets } from '../../../../src/main/engine/library/editAssets.ts'
import { renameTag } from '../../../../src/main/engine/library/editTags.ts'
import { mergeTags } from '../../../../src/main/engine/library/mergeTags.ts'
import type { TagId } from '../../../../src/shared/domain/ids.ts'
import { aliasesOf, type LibraryModel } from './libraryModel.ts'
import { assetNames, link, type Maker, type SetCell, selection, someAssets } from './maker.ts'
import type { Random } from './random.ts'

const TAGS = ['sea', 'night', 'portrait', 'winter']

/** What is done with tags. */
export const tagCommands: Readonly<Record<string, Maker>> = {
  tag(model, random, now) {
    const names = someAssets(model, random)
    const tags = random.some(TAGS)
    if (names === null) return null
    return {
      applyTo: (target) =>
        target.change(true, (set) => {
          for (const tag of tags) {
            const key = tagNamed(target, tag) ?? makeTag(target, set, tag)
            for (const name of names) link(target, set, `asset/${name}/tag/${key}`, now)
          }
        }),
      performOn: (catalog) => editAssets(catalog, selection(catalog, names), { add_tags: tags }, now),
    }
  },
  untag(model, random, now) {
    const names = someAssets(model, random)
    const tag = oneTag(model, random)
    if (names === null || tag === null) return null
    return {
      applyTo: (target) =>
        target.change(true, (set) => {
          for (const name of names) set(`asset/${name}/tag/${tag.key}`, null)
        }),
      performOn: (catalog) => editAssets(catalog, selection(catalog, names), { remove_tags: [tag.name] }, now),
    }
  },
  renameTag(model, random, now) {
    const tag = oneTag(model, random)
    if (tag === null) return null
    return {
      applyTo: (target) => target.change(true, (set) => set(`tag/${tag.key}/name`, `label${now}`)),
      performOn: (catalog) => renameTag(catalog, tagId(catalog, tag), `label${now}`, now),
    }
  },
  mergeTags(model, random, now) {
    const [from, into] = [oneTag(model, random), oneTag(model, random)]
    if (from === null || into === null || from.key === into.key) return null
    return {
      applyTo: (target) =>
        target.change(true, (set) => {
          for (const name of assetNames(target)) {
            if (target.get(`asset/${name}/tag/${from.key}`) === null) continue
            link(target, set, `asset/${name}/tag/${into.key}`, now)
            set(`asset/${name}/tag/${from.key}`, null)
          }
          const merged = [...aliasesOf(target, into.key), from.name, ...aliasesOf(target, from.key)]
          set(`tag/${into.key}/aliases`, merged.join(' '))
          set(`tag/${from.key}/live`, false)
        }),
      performOn: (catalog) => toEnd(mergeTags(catalog, [tagId(catalog, from)], tagId(catalog, into), now)),
    }
  },
  deleteTag(model, random, now) {
    const tag = oneTag(model, random)
    if (tag === null || random.below(2) > 0) return null
    return {
      applyTo: (target) =>
        target.change(true, (set) => {
          for (const name of assetNames(target)) set(`asset/${name}/tag/${tag.key}`, null)
          set(`tag/${tag.key}/live`, false)
        }),
      performOn: (catalog) => toEnd(deleteTags(catalog, [tagId(catalog, tag)], now)),
    }
  },
}

/** What a tag is called, and by what it is told from others. */
interface ModelTag {
  readonly key: string
  readonly name: string
}

function liveTags(model: LibraryModel): ModelTag[] {
  const keys = model.names('tag/').filter((key) => model.get(`tag/${key}/live`) === true)
  return keys.map((key) => ({ key, name: String(model.get(`tag/${key}/name`)) }))
}

function oneTag(model: LibraryModel, random: Random): ModelTag | null {
  return random.one(liveTags(model)) ?? null
}

function tagId(catalog: Catalog, { name }: ModelTag): TagId {
  const found = catalog.tags.named(name)
  if (found === undefined) throw new Error(`The library has no tag “${name}”`)
  return found.id
}

/** The tag that a name or an alias means. */
function tagNamed(model: LibraryModel, name: string): string | undefined {
  return liveTags(model).find((tag) => tag.name === name || aliasesOf(model, tag.key).includes(name))?.key
}

/** A name that is free makes the tag that had it first again, unless that has another name now. */
function makeTag(model: LibraryModel, set: SetCell, name: string): string {
  let number = 1
  const keyOf = () => (number === 1 ? name : `${name} ${number}`)
  while (model.get(`tag/${keyOf()}/live`) === true) number++
  const key = keyOf()
  set(`tag/${key}/name`, name)
  if (aliasesOf(model, key).length > 0) set(`tag/${key}/aliases`, null)
  set(`tag/${key}/live`, true)
  return key
}
