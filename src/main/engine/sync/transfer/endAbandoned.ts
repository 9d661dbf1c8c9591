import type { StoredAsset } from '../../catalog/assetRecords.ts'
import type { ObjectStore } from '../../ports.ts'
import { besideToSend } from '../beside/besideFiles.ts'
import type { AssetPlaces } from '../cloudOnlyAssets.ts'
import { ownKey } from '../objectKeys.ts'
import { isKept, isOnRemote } from '../planUploads.ts'

const WEEK_MS = 7 * 24 * 3_600_000

/**
 * Frees what unfinished uploads hold on a store: those of assets that no longer belong there, and, once a week, those that
 * nobody here knows and that have not ended in a week (an answer that was lost, a device that is gone). Another device may
 * take days for a large file, so younger ones are left alone.
 */
export async function endAbandonedUploads(
  places: AssetPlaces,
  store: Pick<ObjectStore, 'abandon' | 'unfinished'>,
  now: number,
): Promise<void> {
  const { catalog, remoteId, owner } = places
  const known = catalog.begunUploads.list(remoteId)
  for (const { key, assetId, uploadId } of known) {
    const asset = catalog.assets.findById(assetId)
    if (asset !== undefined && isKept(asset) && isWanted(places, asset, key)) continue
    await store.abandon(key, uploadId)
    catalog.begunUploads.end(remoteId, key)
  }
  const setting = `remote.${remoteId}.swept`
  const swept = catalog.getSetting(setting)
  if (typeof swept === 'number' && swept <= now && now - swept < WEEK_MS) return
  const ours = new Set(known.map(({ uploadId }) => uploadId))
  for await (const { key, uploadId, startedAt } of store.unfinished(`${owner}/`)) {
    const isOld = startedAt !== null && now - startedAt > WEEK_MS
    if (isOld && !ours.has(uploadId)) await store.abandon(key, uploadId)
  }
  catalog.setSetting(setting, now)
}

/** Whether the upload is of what is still to be sent of an asset: its original, an earlier version or a sidecar. */
function isWanted(places: AssetPlaces, asset: StoredAsset, key: string): boolean {
  if (!isOnRemote(places.catalog, places.remoteId, asset) && key === ownKey(places.owner, asset)) return true
  return besideToSend(places, asset).some(({ keys }) => keys.includes(key))
}
