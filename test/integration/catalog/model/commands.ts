import { createHash, randomUUIDv7 } from 'node:crypto'
import type { Catalog } from '../../../../src/main/engine/catalog/catalog.ts'
import { toEnd } from '../../../../src/main/engine/catalog/stepDone.ts'
import { deleteTags } from '../../../../src/main/engine/library/deleteTags.ts'
import { editAssets } from '../../../../src/main/engine/library/editAssets.ts'
import {
  addToCollection,
  createCollection,
  deleteCollection,
  removeFromCollection,
  renameCollection,
} from '../../../../src/main/engine/library/editCollections.ts'
import { renameTag } from '../../../../src/main/engine/library/editTags.ts'
import { keepAssets } from '../../../../src/main/engine/library/keepAssets.ts'
import { mergeTags } from '../../../../src/main/engine/library/mergeTags.ts'
import { purgeAssets } from '../../../../src/main/engine/library/purgeAssets.ts'
import { discardAssets, restoreAssets, trashAssets } from '../../../../src/main/engine/library/trashAssets.ts'
import { changeContent, contentOf, requireAsset } from '../../../../src/main/engine/library/versions/changeContent.ts'
import { restoreVersion } from '../../../../src/main/engine/library/versions/restoreVersion.ts'
import type { AssetId, CollectionId, Sha256, TagId } from '../../../../src/shared/domain/ids.ts'
import { aliasesOf, type LibraryModel } from './libraryModel.ts'
import type { Random } from './random.ts'

const WEEK = 7 * 86_400_000

/** One command with its arguments, bound to do the same to the model and to a library. */
export interface Command {
  readonly name: string
  readonly applyTo: (model: LibraryModel) => void
  /** May be a promise. */
  readonly performOn: (catalog: Catalog) => unknown
}

/**
 * Makes a command for what the model holds at the moment; null when there is nothing that it could be done to. `now` in ms
 * goes up with each. The model tells assets and collections by their names, which are never used twice.
 */
type Maker = (model: LibraryModel, random: Random, now: number) => Omit<Command, 'name'> | null

const assetNames = (model: LibraryModel) => model.names('asset/')
const liveCollections = (model: LibraryModel) =>
  model.names('collection/').filter((key) => model.get(`collection/${key}/live`) === true)
const TAGS = ['sea', 'night', 'portrait', 'winter']

function selection(catalog: Catalog, names: readonly string[]): { readonly ids: AssetId[] } {
  return { ids: names.flatMap((name) => catalog.assets.findByPath(name)?.id ?? []) }
}

function collectionId(catalog: Catalog, wanted: { readonly name: string }): CollectionId {
  const found = catalog.collections.list().find(({ name }) => name === wanted.name)
  if (found === undefined) throw new Error(`The library has no collection “${wanted.name}”`)
  return found.id
}

function someAssets(model: LibraryModel, random: Random): string[] | null {
  const names = random.some(assetNames(model))
  return names.length === 0 ? null : names
}

function oneCollection(model: LibraryModel, random: Random): { readonly key: string; readonly name: string } | null {
  const key = random.one(liveCollections(model))
  return key === undefined ? null : { key, name: String(model.get(`collection/${key}/name`)) }
}

/** The commands by name. To test another mutation, add it here: what it changes in the model, and how it is called. */
const makers: Readonly<Record<string, Maker>> = {
  import(model, random, now) {
    if (assetNames(model).length >= 40) return null
    const names = Array.from({ length: 1 + random.below(3) }, (_, index) => `picture-${now}-${index}.png`)
    return {
      applyTo: (target) =>
        target.change(false, (set) => {
          for (const name of names) {
            set(`asset/${name}/space`, 'workspace')
            set(`asset/${name}/expires`, now + WEEK)
            set(`asset/${name}/rating`, 0)
            set(`asset/${name}/favorite`, false)
            set(`asset/${name}/content`, hash(name))
            set(`asset/${name}/version`, 1)
          }
        }),
      performOn: (catalog) =>
        catalog.assets.register(
          names.map((name) => ({
            id: randomUUIDv7() as AssetId,
            space: 'workspace',
            fileName: name,
            extension: 'png',
            mimeType: 'image/png',
            assetType: 'image',
            fileSizeBytes: 1000,
            sha256: hash(name),
            storagePath: `originals/${name}`,
            sourcePath: null,
            jobId: null,
            collectionId: null,
            createdAt: now,
            importedAt: now,
            expiresAt: now + WEEK,
            another: false,
            importItem: null,
          })),
        ),
    }
  },
  edit(model, random, now) {
    const names = someAssets(model, random)
    if (names === null) return null
    const rating = random.below(6)
    const favorite = random.below(2) === 1
    const title = random.one([null, 'Pier', 'Lamp at night'])
    const parts = [{ rating }, { is_favorite: favorite }, { custom_title: title ?? null }]
    const patch = Object.assign({}, ...random.some(parts)) as {
      rating?: number
      is_favorite?: boolean
      custom_title?: string | null
    }
    return {
      applyTo: (target) =>
        target.change(true, (set) => {
          for (const name of names) {
            if (patch.rating !== undefined) set(`asset/${name}/rating`, patch.rating)
            if (patch.is_favorite !== undefined) set(`asset/${name}/favorite`, patch.is_favorite)
            if (patch.custom_title !== undefined) set(`asset/${name}/title`, patch.custom_title)
          }
        }),
      performOn: (catalog) => editAssets(catalog, selection(catalog, names), patch, now),
    }
  },
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
  replaceContent(model, random, now) {
    const name = random.one(assetNames(model))
    if (name === undefined) return null
    const sha256 = hash(`${name} ${now}`)
    return {
      applyTo: (target) => target.change(true, (set) => addVersion(target, set, name, sha256)),
      performOn: (catalog) => {
        const asset = requireAsset(catalog, selection(catalog, [name]).ids[0] as AssetId)
        const content = { ...contentOf(asset, now), sha256, storagePath: `originals/${now}.png` }
        return catalog.mutate({ kind: 'version', label: () => 'Replaced', undoable: true, now }, (writer) =>
          changeContent(catalog, writer, asset, content, null, now),
        )
      },
    }
  },
  restoreVersion(model, random, now) {
    const name = random.one(assetNames(model).filter((one) => earlierVersions(model, one).length > 0))
    const version = name === undefined ? undefined : random.one(earlierVersions(model, name))
    if (name === undefined || version === undefined) return null
    const sha256 = String(model.get(`asset/${name}/versions/${version}`))
    return {
      applyTo: (target) => target.change(true, (set) => addVersion(target, set, name, sha256)),
      performOn(catalog) {
        const versions = catalog.versions.list(selection(catalog, [name]).ids[0] as AssetId)
        const found = versions.find(({ version_number }) => version_number === version)
        if (found === undefined) throw new Error(`${name} has no version ${version}`)
        return restoreVersion(catalog, found.id, now)
      },
    }
  },
  purge(model, random, now) {
    const trashed = assetNames(model).filter((name) => model.get(`asset/${name}/trashed`) !== null)
    const names = random.some(trashed)
    if (names.length === 0 || random.below(2) > 0) return null
    return {
      applyTo: (target) => {
        for (const name of names) target.forget(`asset/${name}/`)
      },
      performOn: (catalog) =>
        purgeAssets(catalog, catalog.assets.resolve(selection(catalog, names)), names.length, now),
    }
  },
  keep(model, random, now) {
    const names = someAssets(model, random)
    const collection = random.below(2) === 0 ? null : oneCollection(model, random)
    if (names === null) return null
    return {
      applyTo: (target) => target.change(true, (set) => keep(target, set, names, collection?.key, now)),
      performOn: (catalog) => {
        const id = collection === null ? undefined : collectionId(catalog, collection)
        return keepAssets(catalog, selection(catalog, names), id, now)
      },
    }
  },
  discard(model, random, now) {
    const names = someAssets(model, random)
    if (names === null) return null
    return {
      applyTo: (target) =>
        target.change(true, (set) => {
          for (const name of names) {
            if (target.get(`asset/${name}/space`) === 'workspace') link(target, set, `asset/${name}/trashed`, now)
          }
        }),
      performOn: (catalog) => discardAssets(catalog, selection(catalog, names), now),
    }
  },
  trash(model, random, now) {
    const names = someAssets(model, random)
    if (names === null) return null
    return {
      applyTo: (target) =>
        target.change(true, (set) => {
          for (const name of names) link(target, set, `asset/${name}/trashed`, now)
        }),
      performOn: (catalog) => trashAssets(catalog, selection(catalog, names), now),
    }
  },
  restore(model, random, now) {
    const names = someAssets(model, random)
    if (names === null) return null
    return {
      applyTo: (target) =>
        target.change(true, (set) => {
          for (const name of names) {
            if (target.get(`asset/${name}/trashed`) === null) continue
            set(`asset/${name}/trashed`, null)
            if (target.get(`asset/${name}/space`) === 'workspace') set(`asset/${name}/expires`, now + WEEK)
          }
        }),
      performOn: (catalog) => restoreAssets(catalog, selection(catalog, names), now + WEEK, now),
    }
  },
  createCollection(model, random, now) {
    if (model.names('collection/').length >= 12) return null
    const parent = random.below(2) === 0 ? null : oneCollection(model, random)
    // Not how many there are: one whose making was undone is there no more, but its name was used.
    const name = `Collection ${now}`
    return {
      applyTo: (target) =>
        target.change(true, (set) => {
          set(`collection/${now}/name`, name)
          set(`collection/${now}/parent`, parent?.key ?? null)
          set(`collection/${now}/live`, true)
        }),
      performOn: (catalog) =>
        createCollection(catalog, name, parent === null ? undefined : collectionId(catalog, parent), now),
    }
  },
  renameCollection(model, random, now) {
    const collection = oneCollection(model, random)
    if (collection === null) return null
    return {
      applyTo: (target) => target.change(true, (set) => set(`collection/${collection.key}/name`, `Renamed ${now}`)),
      performOn: (catalog) => renameCollection(catalog, collectionId(catalog, collection), `Renamed ${now}`, now),
    }
  },
  deleteCollection(model, random, now) {
    const collection = oneCollection(model, random)
    if (collection === null || random.below(3) > 0) return null
    return {
      applyTo: (target) =>
        target.change(true, (set) => {
          for (const child of liveCollections(target)) {
            if (target.get(`collection/${child}/parent`) === collection.key)
              set(`collection/${child}/parent`, target.get(`collection/${collection.key}/parent`))
          }
          for (const name of assetNames(target)) set(`asset/${name}/in/${collection.key}`, null)
          set(`collection/${collection.key}/live`, false)
        }),
      performOn: (catalog) => toEnd(deleteCollection(catalog, collectionId(catalog, collection), now)),
    }
  },
  addToCollection(model, random, now) {
    const names = someAssets(model, random)
    const collection = oneCollection(model, random)
    if (names === null || collection === null) return null
    return {
      applyTo: (target) => target.change(true, (set) => keep(target, set, names, collection.key, now)),
      performOn: (catalog) =>
        addToCollection(catalog, collectionId(catalog, collection), selection(catalog, names), now),
    }
  },
  removeFromCollection(model, random, now) {
    const names = someAssets(model, random)
    const collection = oneCollection(model, random)
    if (names === null || collection === null) return null
    return {
      applyTo: (target) =>
        target.change(true, (set) => {
          for (const name of names) set(`asset/${name}/in/${collection.key}`, null)
        }),
      performOn: (catalog) =>
        removeFromCollection(catalog, collectionId(catalog, collection), selection(catalog, names), now),
    }
  },
  undo(model, _random, now) {
    if (model.undoable === 0) return null
    return { applyTo: (target) => target.undo(), performOn: (catalog) => catalog.history.undo(now) }
  },
  redo(model, _random, now) {
    if (!model.redoable) return null
    return { applyTo: (target) => target.redo(), performOn: (catalog) => catalog.history.redo(now) }
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
function makeTag(model: LibraryModel, set: Set, name: string): string {
  let number = 1
  const keyOf = () => (number === 1 ? name : `${name} ${number}`)
  while (model.get(`tag/${keyOf()}/live`) === true) number++
  const key = keyOf()
  set(`tag/${key}/name`, name)
  if (aliasesOf(model, key).length > 0) set(`tag/${key}/aliases`, null)
  set(`tag/${key}/live`, true)
  return key
}

/** Numbers of the versions that have other content than the asset has now. */
function earlierVersions(model: LibraryModel, name: string): number[] {
  const now = model.get(`asset/${name}/content`)
  const numbers = model.names(`asset/${name}/versions/`)
  return numbers.filter((number) => model.get(`asset/${name}/versions/${number}`) !== now).map(Number)
}

/** The first time, what the asset had becomes a version, too. */
function addVersion(model: LibraryModel, set: Set, name: string, content: string): void {
  const known = model.names(`asset/${name}/versions/`).map(Number)
  const version = Number(model.get(`asset/${name}/version`))
  if (known.length === 0) set(`asset/${name}/versions/${version}`, model.get(`asset/${name}/content`))
  const next = Math.max(version, ...known) + 1
  set(`asset/${name}/versions/${next}`, content)
  set(`asset/${name}/content`, content)
  set(`asset/${name}/version`, next)
}

function hash(text: string): Sha256 {
  return createHash('sha256').update(text).digest('hex') as Sha256
}

type Set = (cell: string, value: string | number | boolean | null) => void

/** Sets a cell to when it came to be so, unless it is so already. */
function link(model: LibraryModel, set: Set, cell: string, now: number): void {
  if (model.get(cell) === null) set(cell, now)
}

function keep(
  model: LibraryModel,
  set: Set,
  names: readonly string[],
  collection: string | undefined,
  now: number,
): void {
  for (const name of names) {
    set(`asset/${name}/trashed`, null)
    set(`asset/${name}/expires`, null)
    set(`asset/${name}/space`, 'library')
    if (collection !== undefined) link(model, set, `asset/${name}/in/${collection}`, now)
  }
}

/** The next command of a run. */
export function nextCommand(model: LibraryModel, random: Random, now: number): Command {
  for (;;) {
    const name = random.one(Object.keys(makers)) ?? ''
    const made = makers[name]?.(model, random, now)
    if (made) return { name, ...made }
  }
}
