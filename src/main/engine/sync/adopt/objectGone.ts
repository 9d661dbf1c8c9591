import { adoptedCell, adoptedKeyOf } from '../../catalog/adoptedKey.ts'
import type { AdoptedObject } from '../../catalog/adoptedObjects.repository.ts'
import type { ObjectStore } from '../../ports.ts'
import { type AssetPlaces, isHere } from '../cloudOnlyAssets.ts'
import { keepOwnCopy } from './confirmAdopted.ts'

/**
 * Another program has removed an object that was taken in: another object with the same bytes takes its place, or the copy
 * that is on this device, which then goes to the library's own folder of the bucket; else the asset is `missing`, with all that
 * people gave it, and comes back with the object. Nothing is done for an object that is there although no listing shows it.
 */
export async function objectGone(
  { catalog, remoteId, root, store, now }: AssetPlaces & { readonly store: ObjectStore; readonly now: () => number },
  { key, assetId, sha256 }: AdoptedObject,
): Promise<void> {
  if ((await store.head(key)) !== null) return
  catalog.adopted.forget(remoteId, key)
  const asset = catalog.assets.findById(assetId)
  if (asset === undefined || adoptedKeyOf(asset.objectKey, asset.sha256) !== key) return
  const other = catalog.adopted.ofAsset(remoteId, assetId, sha256)
  const held = catalog.remotes.object(remoteId, assetId, 'original')
  if (other !== undefined) {
    const label = (): string => `“${asset.fileName}” is elsewhere in the bucket`
    catalog.mutate({ kind: 'adopt', label, undoable: false, now: now() }, (writer) =>
      writer.set('asset', assetId, 'object_key', adoptedCell(sha256, other.key)),
    )
    if (held !== undefined) catalog.remotes.recordObject({ ...held, key: other.key, etag: other.etag })
    return
  }
  if (held !== undefined) catalog.verification.forgetObject(held)
  // It is nowhere but here, if it is: sync has to look at it again.
  catalog.assets.setSyncState([{ id: assetId, state: 'local', reason: null }])
  if (isHere(root, asset)) return keepOwnCopy(catalog, asset, now())
  const label = (): string => `“${asset.fileName}” is not in the bucket any more`
  catalog.mutate({ kind: 'missing', label, undoable: false, now: now() }, (writer) => {
    writer.set('asset', assetId, 'status', 'missing')
    writer.set('asset', assetId, 'error_code', 'file_vanished')
    writer.set(
      'asset',
      assetId,
      'error_message',
      'Another program has removed this file from the bucket. If it is put back there, look for new files.',
    )
  })
}
