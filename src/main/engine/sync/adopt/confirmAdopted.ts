import type { RemoteId } from '../../../../shared/domain/ids.ts'
import { adoptedKeyOf } from '../../catalog/adoptedKey.ts'
import { isSameObject } from '../../catalog/adoptedObjects.repository.ts'
import type { StoredAsset } from '../../catalog/assetRecords.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { ObjectInfo, ObjectStore, PutFile, Verification } from '../../ports.ts'

/**
 * Shows that the object which an asset was adopted from still holds its bytes: this device read them from there, and the store
 * says that nothing has changed since, or they are compared now. Null if it does not; then the asset's bytes, which are here, go
 * to a key of the library's own. The object is never written to.
 */
export async function confirmAdopted(
  { catalog, store, remoteId }: { readonly catalog: Catalog; readonly store: ObjectStore; readonly remoteId: RemoteId },
  asset: StoredAsset,
  file: PutFile,
): Promise<{ readonly key: string; readonly info: ObjectInfo; readonly verified: Verification } | null> {
  const key = adoptedKeyOf(asset.objectKey, asset.sha256)
  if (key === null) return null
  const seen = catalog.adopted.find(remoteId, key)
  const info = seen?.etag === null ? await listed(store, key) : await store.head(key)
  if (info === null || info.size !== asset.fileSizeBytes) return null
  const isAsRead = seen?.sha256 === asset.sha256 && isSameObject(seen, info)
  if (isAsRead || info.sha256 === asset.sha256) return { key, info, verified: 'read-back' }
  const proof = await store.confirm(key, file)
  return proof === null ? null : { key, ...proof }
}

/** Where objects have only their time, a listing tells it without reading them. */
async function listed(store: ObjectStore, key: string): Promise<ObjectInfo | null> {
  for await (const info of store.list(key)) return info.key === key ? info : null
  return null
}

/** The bucket does not hold the bytes where another program had put them: from now on the library keeps them itself. */
export function keepOwnCopy(catalog: Catalog, asset: StoredAsset, now: number): void {
  const label = (): string => `“${asset.fileName}” is not in the bucket any more as another program had put it there`
  catalog.mutate({ kind: 'adopt', label, undoable: false, now }, (writer) =>
    writer.set('asset', asset.id, 'object_key', null),
  )
}
