import { VitrineError } from '../../../shared/contract/errors.ts'
import type { MutationResult } from '../../../shared/contract/requests/requestMap.ts'
import type { AssetSelection } from '../../../shared/domain/asset.ts'
import type { CollectionId } from '../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { MutationWriter } from '../catalog/mutations.ts'
import { countAssets } from './countLabel.ts'
import { selectedAssets } from './selectedAssets.ts'

/**
 * Workspace → Library: permanent from now on, and in the collection if one is named. Assets that are kept already only
 * join the collection. `now` in ms; `label` names it otherwise in the history. Throws `not_found` for an unknown collection.
 */
export function keepAssets(
  catalog: Catalog,
  selection: AssetSelection,
  collectionId: CollectionId | undefined,
  now: number,
  label?: (count: number) => string,
): MutationResult {
  const collection = collectionId === undefined ? undefined : requireCollection(catalog, collectionId)
  const place = collection === undefined || collection.is_permanent ? '' : ` in “${collection.name}”`
  return catalog.mutate(
    { kind: 'keep', label: label ?? ((count) => `Kept ${countAssets(count)}${place}`), undoable: true, now },
    (writer) => {
      let position = now
      for (const asset of selectedAssets(catalog, selection)) {
        if (asset.deletedAt !== null) writer.set('asset', asset.id, 'deleted_at', null)
        if (asset.space === 'workspace') keepOne(writer, asset.id)
        if (collection !== undefined && !collection.is_permanent) {
          writer.set('membership', `${collection.id}/${asset.id}`, 'in', { at: now, position: position++ })
        }
      }
    },
  )
}

/** Inside a mutation: what makes an asset permanent. Expiry goes first, because nothing in the Library may have one. */
export function keepOne(writer: MutationWriter, id: string): void {
  writer.set('asset', id, 'expires_at', null)
  writer.set('asset', id, 'space', 'library')
}

/** The collection with this id. Throws `not_found`. */
export function requireCollection(catalog: Catalog, id: CollectionId) {
  const collection = catalog.collections.get(id)
  if (collection === undefined) throw new VitrineError('not_found', 'That collection does not exist any more.', { id })
  return collection
}
