import { VitrineError } from '../../../shared/contract/errors.ts'
import type { MutationResult } from '../../../shared/contract/requests/requestMap.ts'
import type { CollectionId } from '../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { requireFreeName } from './editCollections.ts'
import { stepwise } from './inParts.ts'

/**
 * Brings a deleted collection back, with what was in it and below it when it was deleted, so far as the history knows and
 * nothing else was done with it since. Rejects with `not_found`, `collection_name_taken`.
 */
export async function restoreCollection(catalog: Catalog, id: CollectionId, now: number): Promise<MutationResult> {
  const deleted = catalog.collections.deleted().find((collection) => collection.id === id)
  if (deleted === undefined)
    throw new VitrineError('not_found', 'There is no deleted collection that could be restored.', { id })
  requireFreeName(catalog, deleted.name, deleted.parent_id, id)
  const { activity } = deleted
  if (activity !== null) return await stepwise(catalog, () => catalog.history.revertSteps(activity, now), 'undo')
  const label = () => `Restored collection “${deleted.name}”`
  return catalog.mutate({ kind: 'collection-restore', label, undoable: true, now }, (writer) =>
    writer.set('collection', id, 'deleted_at', null),
  )
}
