import type { KeptReason } from '../../../../shared/domain/cloudCare.ts'
import type { VersionId } from '../../../../shared/domain/version.ts'
import type { StoredVersion } from '../../catalog/versions.repository.ts'
import { isHere } from '../cloudOnlyAssets.ts'
import { isKept } from '../planUploads.ts'
import { doubtIn } from './doubtIn.ts'
import { type EvictContext, type Eviction, removeHere } from './evictOriginal.ts'

/** An asset that was changed within this time keeps its versions here, ms. */
const RESTING_MS = 24 * 3_600_000

/**
 * Removes the file of an earlier version from this device, if the bucket is shown to hold it in this moment; whoever wants the
 * version fetches it again. Safe against kills as `evictOriginal` is. Throws what the store or the disk says.
 */
export async function evictVersion(context: EvictContext, id: VersionId): Promise<Eviction> {
  const { catalog, remoteId, exclusively } = context
  const version = catalog.versions.get(id)
  const reason = version === undefined ? 'gone' : whyKept(context, version)
  if (version === undefined || reason !== null) return { kind: 'kept', reason: reason ?? 'gone' }
  const { sha256, storage_path: storagePath, file_size_bytes: size, mime_type: contentType } = version
  const object = catalog.remotes.object(remoteId, version.asset_id, 'version', sha256)
  const doubt = await doubtIn(context, object, { storagePath, sha256, size, contentType })
  if (doubt !== null) return { kind: 'kept', reason: doubt }
  return exclusively(sha256, async () => {
    const present = catalog.versions.get(id)
    const changed = present === undefined ? 'gone' : whyKept(context, present)
    if (changed !== null) return { kind: 'kept', reason: changed }
    await removeHere(context, { storagePath, sha256 })
    return { kind: 'evicted', bytes: size }
  })
}

/** Why its file has to stay here, as far as this device knows. */
function whyKept({ catalog, root, isPinned, now }: EvictContext, version: StoredVersion): KeptReason | null {
  const { asset_id: id, storage_path: storagePath, file_size_bytes: fileSizeBytes } = version
  const asset = catalog.assets.findById(id)
  if (asset === undefined) return 'gone'
  if (asset.deletedAt !== null) return 'trash'
  if (!isKept(asset)) return 'workspace'
  if (isPinned(asset.rowId)) return 'pinned'
  // Undo brings it back, and should not have to wait for the bucket.
  if (now() - Date.parse(catalog.assets.get(id)?.updated_at ?? '') < RESTING_MS) return 'busy'
  // Somebody has it as what is current.
  if (catalog.assets.findByStoragePath(storagePath).length > 0) return 'version'
  if (catalog.localOriginals.isVersionOfAnother(storagePath, id)) return 'version'
  // Others have been told that the bucket has it.
  if (!version.in_bucket) return 'unsynced'
  return isHere(root, { storagePath, fileSizeBytes }) ? null : 'elsewhere'
}
