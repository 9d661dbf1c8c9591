import { statSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import type { RemoteId } from '../../../shared/domain/ids.ts'
import type { StoredAsset } from '../catalog/assetRecords.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { RemoteObject } from '../catalog/remotes.repository.ts'
import { type Owner, originalKey, thumbnailKey } from './objectKeys.ts'

/** Where assets of a library are: below its folder, or under the keys of its owner. */
export interface AssetPlaces {
  readonly catalog: Catalog
  readonly remoteId: RemoteId
  readonly owner: Owner
  /** Folder of the library; storage paths are relative to it. */
  readonly root: string
}

/** Absolute path of an asset's original. A file that is linked in place has its own. */
export function originalFile(root: string, { storagePath }: Pick<StoredAsset, 'storagePath'>): string {
  return isAbsolute(storagePath) ? storagePath : join(root, storagePath)
}

/** Whether the original is on this computer, as far as its size tells. */
export function isHere(root: string, asset: Pick<StoredAsset, 'storagePath' | 'fileSizeBytes'>): boolean {
  const info = statSync(originalFile(root, asset), { throwIfNoEntry: false })
  return info?.isFile() === true && info.size === asset.fileSizeBytes
}

/**
 * Takes out of some assets, which the remote is not known to hold, those that others have told of and whose original is not
 * here: nobody tells of an asset before the bucket has confirmed its original, so it is there. They are cloud-only from now
 * on. Returns the rest, which has to be uploaded, and what was taken out.
 */
export function sortOutElsewhere(
  { catalog, remoteId, owner, root }: AssetPlaces,
  assets: readonly StoredAsset[],
  now: number,
): { readonly here: readonly StoredAsset[]; readonly elsewhere: readonly StoredAsset[] } {
  // Until it is known what this device has told, nothing can be said of what is not here.
  const settled = catalog.publication.position(remoteId) !== null
  const elsewhere = assets.filter(
    (asset) =>
      !isHere(root, asset) &&
      !catalog.publication.isHeld(remoteId, asset.id) &&
      // Nobody has told of what came from a workspace bucket to here.
      catalog.workspaceObjects.ofAsset(asset.id).length === 0,
  )
  if (elsewhere.length === 0) return { here: assets, elsewhere: [] }
  if (settled) {
    const confirmed = elsewhere
      .flatMap((asset) => objectsOf(asset, remoteId, owner, now))
      // What this device was shown itself says more.
      .filter(({ assetId, kind, key }) => catalog.remotes.object(remoteId, assetId, kind)?.key !== key)
    catalog.remotes.recordObjects(confirmed)
    catalog.assets.setSyncState(elsewhere.map(({ id }) => ({ id, state: 'cloud-only', reason: null })))
  }
  const gone = new Set(elsewhere)
  return { here: assets.filter((asset) => !gone.has(asset)), elsewhere: settled ? elsewhere : [] }
}

function objectsOf(asset: StoredAsset, remoteId: RemoteId, owner: Owner, now: number): RemoteObject[] {
  const { id: assetId, sha256, fileSizeBytes: size } = asset
  const shared = { remoteId, assetId, etag: null, verified: 'published', verifiedAt: now }
  return [
    { ...shared, kind: 'original', key: originalKey(owner, asset), sha256, size },
    // Its hash is known once it was fetched.
    { ...shared, kind: 'thumbnail', key: thumbnailKey(owner, sha256), sha256, size: 0 },
  ]
}
