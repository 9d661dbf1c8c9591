import type { RemoteId } from '../../../../shared/domain/ids.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { ObjectStore } from '../../ports.ts'
import type { Owner } from '../objectKeys.ts'
import { isKept, isOnRemote } from '../planUploads.ts'

const WEEK_MS = 7 * 24 * 3_600_000

/**
 * Frees what unfinished uploads hold on a store: those of assets that no longer belong there, and, once a week, those that
 * nobody here knows and that have not ended in a week (an answer that was lost, a device that is gone). Another device may
 * take days for a large file, so younger ones are left alone.
 */
export async function endAbandonedUploads(
  catalog: Pick<Catalog, 'assets' | 'begunUploads' | 'remotes' | 'getSetting' | 'setSetting'>,
  store: Pick<ObjectStore, 'abandon' | 'unfinished'>,
  remoteId: RemoteId,
  owner: Owner,
  now: number,
): Promise<void> {
  const known = catalog.begunUploads.list(remoteId)
  for (const { key, assetId, uploadId } of known) {
    const asset = catalog.assets.findById(assetId)
    const isWanted = asset !== undefined && isKept(asset) && !isOnRemote(catalog, remoteId, asset)
    if (isWanted) continue
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
