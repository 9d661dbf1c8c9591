import { randomUUIDv7 } from 'node:crypto'
import type { Catalog } from '../../../../src/main/engine/catalog/catalog.ts'
import { toEnd } from '../../../../src/main/engine/catalog/stepDone.ts'
import { editAssets } from '../../../../src/main/engine/library/editAssets.ts'
import {
  addToCollection,
  createCollection,
  deleteCollection,
  removeFromCollection,
  renameCollection,
} from '../../../../src/main/engine/library/editCollections.ts'
import { keepAssets } from '../../../../src/main/engine/library/keepAssets.ts'
import { discardAssets, restoreAssets, trashAssets } from '../../../../src/main/engine/library/trashAssets.ts'
import type { AssetId, CollectionId } from '../../../../src/shared/domain/ids.ts'
import { contentCommands } from './contentCommands.ts'
import type { LibraryModel } from './libraryModel.ts'
import { assetNames, type Command, hash, link, type Maker, type SetCell, selection, someAssets } from './maker.ts'
import type { Random } from './random.ts'
import { tagCommands } from './tagCommands.ts'

const WEEK = 7 * 86_400_000

const liveCollections = (model: LibraryModel) =>
  model.names('collection/').filter((key) => model.get(`collection/${key}/live`) === true)

function collectionId(catalog: Catalog, wanted: { readonly name: string }): CollectionId {
  const found = catalog.collections.list().find(({ name }) => name === wanted.name)
  if (found === undefined) throw new Error(`The library has no collection “${wanted.name}”`)
  return found.id
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
  ...tagCommands,
  ...contentCommands,
  undo(model, _random, now) {
    if (model.undoable === 0) return null
    return { applyTo: (target) => target.undo(), performOn: (catalog) => catalog.history.undo(now) }
  },
  redo(model, _random, now) {
    if (!model.redoable) return null
    return { applyTo: (target) => target.redo(), performOn: (catalog) => catalog.history.redo(now) }
  },
}

function keep(
  model: LibraryModel,
  set: SetCell,
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
