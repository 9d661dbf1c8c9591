import { VitrineError } from '../../../shared/contract/errors.ts'
import type { MutationResult } from '../../../shared/contract/requests/requestMap.ts'
import type { AssetSelection } from '../../../shared/domain/asset.ts'
import type { CollectionId } from '../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { MutationWriter } from '../catalog/mutations.ts'
import { countAssets } from './countLabel.ts'
import { groupOf, type Part } from './inParts.ts'

/**
 * Workspace → Library: permanent from now on, and in the collection if one is named. Assets that are kept already only
 * join the collection. `now` in ms; `label` names it otherwise in the history. Throws `not_found` for an unknown collection,
 * `collection_smart` for one that its query fills.
 */
export function keepAssets(
  catalog: Catalog,
  selection: AssetSelection,
  collectionId: CollectionId | undefined,
  now: number,
  label?: (count: number) => string,
  part?: Part,
): MutationResult {
  const collection = collectionId === undefined ? undefined : requireCollection(catalog, collectionId)
  if (collection?.kind === 'smart') throw filledByQuery(collection.name)
  const place = collection === undefined || collection.is_permanent ? '' : ` in “${collection.name}”`
  return catalog.mutate(
    {
      kind: 'keep',
      label: label ?? ((count) => `Kept ${countAssets(count)}${place}`),
      undoable: true,
      now,
      ...groupOf(part),
    },
    (writer) => {
      const assets = catalog.assets.selected(selection)
      const rows = assets.map(({ rowId }) => rowId)
      const kept = assets.flatMap(({ rowId, space }) => (space === 'workspace' ? [rowId] : []))
      writer.setMany('deleted_at', rows, null)
      // Expiry goes first, because nothing in the Library may have one.
      writer.setMany('expires_at', kept, null)
      writer.setMany('space', kept, 'library')
      if (collection !== undefined && !collection.is_permanent) {
        writer.link('membership', collection.id, rows, now, now + (part?.offset ?? 0))
      }
    },
  )
}

/** Inside a mutation: what makes an asset permanent. Expiry goes first, because nothing in the Library may have one. */
export function keepOne(writer: MutationWriter, id: string): void {
  writer.set('asset', id, 'expires_at', null)
  writer.set('asset', id, 'space', 'library')
}

/** `collection_smart`, for whoever wants to put assets into such a collection. */
export function filledByQuery(name: string): VitrineError {
  return new VitrineError(
    'collection_smart',
    `“${name}” is a smart collection: its query decides what is in it. Choose another, or make it an ordinary one first.`,
  )
}

/** The collection with this id. Throws `not_found`. */
export function requireCollection(catalog: Catalog, id: CollectionId) {
  const collection = catalog.collections.get(id)
  if (collection === undefined) throw new VitrineError('not_found', 'That collection does not exist any more.', { id })
  return collection
}
