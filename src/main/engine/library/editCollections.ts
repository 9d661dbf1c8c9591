import { randomUUID } from 'node:crypto'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { MutationResult } from '../../../shared/contract/requests/requestMap.ts'
import type { AssetSelection } from '../../../shared/domain/asset.ts'
import type { Collection } from '../../../shared/domain/collection.ts'
import { type CollectionId, collectionIdSchema } from '../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { countAssets } from './countLabel.ts'
import { groupOf, type Part } from './inParts.ts'
import { keepAssets, requireCollection } from './keepAssets.ts'

/** Makes a collection. Names are unique among siblings, whatever their case. Throws `collection_name_taken`, `not_found`. */
export function createCollection(
  catalog: Catalog,
  name: string,
  parentId: CollectionId | undefined,
  now: number,
): { readonly collection: Collection; readonly result: MutationResult } {
  if (parentId !== undefined) requireCollection(catalog, parentId)
  requireFreeName(catalog, name, parentId ?? null, undefined)
  const id = collectionIdSchema.parse(randomUUID())
  const result = catalog.mutate(
    { kind: 'collection-create', label: () => `Created collection “${name}”`, undoable: true, now },
    (writer) => {
      writer.set('collection', id, '', {
        parent_id: parentId ?? null,
        name,
        kind: 'manual',
        position: now,
        created_at: now,
        updated_at: now,
        // Made as deleted and brought to life as a change of its own, so that undo has a cell to set back.
        deleted_at: now,
      })
      writer.set('collection', id, 'deleted_at', null)
    },
  )
  return { collection: requireCollection(catalog, id), result }
}

/** Throws `collection_permanent` for “Unsorted”, `collection_name_taken`, `not_found`. */
export function renameCollection(catalog: Catalog, id: CollectionId, name: string, now: number): MutationResult {
  const collection = requireEditable(catalog, id, 'renamed')
  requireFreeName(catalog, name, collection.parent_id, id)
  return catalog.mutate(
    { kind: 'collection-rename', label: () => `Renamed “${collection.name}” to “${name}”`, undoable: true, now },
    (writer) => writer.set('collection', id, 'name', name),
  )
}

/**
 * Deletes a collection, never its assets: those in no other one are in “Unsorted” again, and collections inside it move
 * one level up. Throws `collection_permanent`, `not_found`.
 */
export function deleteCollection(catalog: Catalog, id: CollectionId, now: number): MutationResult {
  const collection = requireEditable(catalog, id, 'deleted')
  return catalog.mutate(
    { kind: 'collection-delete', label: () => `Deleted collection “${collection.name}”`, undoable: true, now },
    (writer) => {
      for (const child of catalog.collections.list()) {
        if (child.parent_id === id) writer.set('collection', child.id, 'parent_id', collection.parent_id)
      }
      writer.unlink('membership', id, catalog.assets.resolve({ ids: [...catalog.collections.memberIds(id)] }))
      writer.set('collection', id, 'deleted_at', now)
    },
  )
}

/** Puts assets into a collection; Workspace assets are kept by it. Throws `collection_permanent`, `not_found`. */
export function addToCollection(
  catalog: Catalog,
  id: CollectionId,
  selection: AssetSelection,
  now: number,
  part?: Part,
): MutationResult {
  const collection = requireEditable(catalog, id, 'filled by hand')
  const label = (count: number) => `Added ${countAssets(count)} to “${collection.name}”`
  return keepAssets(catalog, selection, id, now, label, part)
}

/** Takes assets out of a collection; they stay in the Library. Throws `collection_permanent`, `not_found`. */
export function removeFromCollection(
  catalog: Catalog,
  id: CollectionId,
  selection: AssetSelection,
  now: number,
  part?: Part,
): MutationResult {
  const collection = requireEditable(catalog, id, 'emptied by hand')
  return catalog.mutate(
    {
      kind: 'collection-remove',
      label: (count) => `Removed ${countAssets(count)} from “${collection.name}”`,
      undoable: true,
      now,
      ...groupOf(part),
    },
    (writer) => writer.unlink('membership', id, catalog.assets.resolve(selection)),
  )
}

function requireEditable(catalog: Catalog, id: CollectionId, verb: string): Collection {
  const collection = requireCollection(catalog, id)
  if (collection.is_permanent) {
    throw new VitrineError(
      'collection_permanent',
      `“${collection.name}” is always there and can’t be ${verb}: it holds the assets that are in no other collection.`,
    )
  }
  return collection
}

function requireFreeName(
  catalog: Catalog,
  name: string,
  parent: CollectionId | null,
  except: CollectionId | undefined,
): void {
  const wanted = name.normalize('NFC').toLowerCase()
  const taken = catalog.collections
    .list()
    .some(
      (other) =>
        other.id !== except && other.parent_id === parent && other.name.normalize('NFC').toLowerCase() === wanted,
    )
  if (taken) throw new VitrineError('collection_name_taken', `There is a collection named “${name}” already.`)
}
