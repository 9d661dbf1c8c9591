import { randomUUID } from 'node:crypto'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { MutationResult } from '../../../shared/contract/requests/requestMap.ts'
import type { Collection } from '../../../shared/domain/collection.ts'
import { type CollectionId, collectionIdSchema, type RowId } from '../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { MutationWriter } from '../catalog/mutations.ts'
import type { Steps } from '../catalog/stepDone.ts'
import { countAssets } from './countLabel.ts'
import { freeName, makeCollection, requireEditable } from './editCollections.ts'
import { inSteps } from './inParts.ts'
import { requireCollection } from './keepAssets.ts'
import { expandSmartCollections } from './smartQuery.ts'

/** A collection beside the first one with the same assets in the same order, or the same query. Throws `collection_permanent`, `not_found`. */
export function duplicateCollection(
  catalog: Catalog,
  id: CollectionId,
  now: number,
): { readonly collection: Collection; readonly result: MutationResult } {
  const original = requireEditable(catalog, id, 'copied')
  const copy = collectionIdSchema.parse(randomUUID())
  const name = freeName(catalog, `${original.name.slice(0, 240)} copy`, original.parent_id)
  const result = catalog.mutate(
    { kind: 'collection-duplicate', label: () => `Copied collection “${original.name}”`, undoable: true, now },
    (writer) => {
      const { description, query, parent_id, metadata, cover_asset_id } = original
      makeCollection(catalog, writer, copy, { name, parent: parent_id, description, query }, now)
      writer.set('collection', copy, 'metadata', JSON.stringify(metadata))
      writer.set('collection', copy, 'cover_asset_id', cover_asset_id)
      for (const member of catalog.collections.members(id))
        writer.set('membership', `${copy}/${member.id}`, 'in', { at: now, position: member.position })
    },
  )
  return { collection: requireCollection(catalog, copy), result }
}

/**
 * Makes, in steps, a smart collection one that is filled by hand, with what it holds now in the order of import. Throws
 * `invalid_request` for one that is not smart, `collection_permanent`, `not_found`.
 */
export function* freezeCollection(catalog: Catalog, id: CollectionId, now: number): Steps {
  const collection = requireEditable(catalog, id, 'changed')
  if (collection.kind !== 'smart')
    throw new VitrineError('invalid_request', `“${collection.name}” is filled by hand already.`, { id })
  const query = {
    view: { kind: 'collection', collectionId: id },
    text: '',
    sort: { field: 'imported_at', direction: 'asc' },
  } as const
  const { rowIds } = catalog.assets.query(expandSmartCollections(catalog, query), now)
  const label = (count: number) => `Made “${collection.name}” an ordinary collection of ${countAssets(count)}`
  const fill = (writer: MutationWriter, rows: readonly RowId[], offset: number) =>
    void writer.link('membership', id, rows, now, now + offset)
  const steps = [{ rows: rowIds, change: fill }]
  return yield* inSteps(catalog, { kind: 'collection-freeze', label, undoable: true, now }, steps, (writer) => {
    writer.set('collection', id, 'kind', 'manual')
    writer.set('collection', id, 'query', null)
  })
}
