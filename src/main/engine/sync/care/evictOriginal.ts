import { unlinkSync } from 'node:fs'
import { dirname } from 'node:path'
import type { KeptReason } from '../../../../shared/domain/cloudCare.ts'
import type { AssetId, RowId } from '../../../../shared/domain/ids.ts'
import type { StoredAsset } from '../../catalog/assetRecords.ts'
import { isStoredPath } from '../../catalog/sync/usableOperation.ts'
import { fileError } from '../../disk/fileError.ts'
import type { ObjectStore } from '../../ports.ts'
import { type AssetPlaces, isHere, originalFile } from '../cloudOnlyAssets.ts'
import { isKept, isOnRemote } from '../planUploads.ts'
import { settleFolder } from '../transfer/settleFolder.ts'
import { doubtIn } from './doubtIn.ts'

export interface EvictContext extends AssetPlaces {
  readonly store: Pick<ObjectStore, 'head' | 'confirm'>
  readonly now: () => number
  /** Rows whose originals have to stay here. */
  readonly isPinned: (row: RowId) => boolean
  /** Runs work while no import places or counts on the same bytes. */
  readonly exclusively: <T>(sha256: string, work: () => Promise<T>) => Promise<T>
}

export type Eviction =
  | { readonly kind: 'evicted'; readonly bytes: number }
  | { readonly kind: 'kept'; readonly reason: KeptReason }

/**
 * Removes the original of an asset from this device, if the bucket is shown to hold it in this moment. Whatever is killed
 * when: the record that the file goes, and that its assets are only in the bucket, is durable before the file is removed, and
 * `recoverEvictions` settles what was cut short. Throws what the store or the disk says; the original is then here as before.
 */
export async function evictOriginal(context: EvictContext, id: AssetId): Promise<Eviction> {
  const { catalog, exclusively } = context
  const asset = catalog.assets.findById(id)
  const reason = asset === undefined ? 'gone' : whyKept(context, asset)
  if (asset === undefined || reason !== null) return kept(reason ?? 'gone')
  const object = catalog.remotes.object(context.remoteId, asset.id, 'original')
  const { storagePath, sha256, fileSizeBytes: size, mimeType: contentType } = asset
  const doubt = await doubtIn(context, object, { storagePath, sha256, size, contentType })
  if (doubt !== null) return kept(doubt)
  return exclusively(asset.sha256, async () => {
    const present = catalog.assets.findById(id)
    if (present?.sha256 !== asset.sha256 || present.storagePath !== asset.storagePath) return kept('busy')
    const changed = whyKept(context, present)
    if (changed !== null) return kept(changed)
    await removeHere(context, asset)
    return { kind: 'evicted', bytes: asset.fileSizeBytes }
  })
}

/** Removes the file of an original, or of an earlier version, for good from this device; its assets are then only where a bucket has them. */
export async function removeHere(
  { catalog, root, now }: Pick<EvictContext, 'catalog' | 'root' | 'now'>,
  asset: Pick<StoredAsset, 'storagePath' | 'sha256'>,
): Promise<void> {
  const file = originalFile(root, asset)
  const sharing = catalog.assets.findByStoragePath(asset.storagePath)
  catalog.localOriginals.beginEviction(
    asset.storagePath,
    asset.sha256,
    sharing.map((one) => one.id),
    now(),
  )
  try {
    // At once: between the record and this nobody can find the file in its place and count on it.
    unlinkSync(file)
  } catch (error) {
    catalog.localOriginals.cameHome(asset.storagePath)
    catalog.localOriginals.endEviction(asset.storagePath)
    throw fileError(error, file)
  }
  await settleFolder(dirname(file))
  catalog.localOriginals.endEviction(asset.storagePath)
}

/** Settles removals that a crash cut short: a file that is still there is here, and is looked at again like any other. */
export function recoverEvictions({ catalog, root }: Pick<AssetPlaces, 'catalog' | 'root'>): void {
  const { localOriginals, assets } = catalog
  for (const storagePath of localOriginals.evictions()) {
    const [asset] = assets.findByStoragePath(storagePath)
    if (asset !== undefined && isHere(root, asset)) localOriginals.cameHome(storagePath)
    localOriginals.endEviction(storagePath)
  }
}

/** Why an original has to stay here, as far as this device knows; null when it may go if the bucket has it. */
function whyKept(context: EvictContext, asset: StoredAsset): KeptReason | null {
  const { catalog, remoteId, root } = context
  const { localOriginals, publication, assets } = catalog
  if (!isStoredPath(asset.storagePath)) return 'linked'
  if (asset.space === 'workspace') return 'workspace'
  if (assets.isElsewhere(asset.id)) return 'elsewhere'
  const sharing = assets.findByStoragePath(asset.storagePath)
  const cards = assets.cards(sharing.map(({ rowId }) => rowId))
  for (const one of sharing) {
    if (one.deletedAt !== null) return 'trash'
    if (!isKept(one)) return 'workspace'
    if (context.isPinned(one.rowId)) return 'pinned'
    if (one.sha256 !== asset.sha256 || one.status !== 'available' || localOriginals.isToBeRead(one.id)) return 'busy'
    // Nobody else knows of it: whatever becomes of this computer, its file has to be found with its record.
    if (publication.isHeld(remoteId, one.id) || !isOnRemote(catalog, remoteId, one)) return 'unsynced'
  }
  if (cards.some(({ sync_state: state }) => state !== 'synced')) return 'unsynced'
  if (localOriginals.isVersionOfAnother(asset.storagePath, asset.id)) return 'version'
  return isHere(root, asset) ? null : 'damaged'
}

function kept(reason: KeptReason): Eviction {
  return { kind: 'kept', reason }
}
