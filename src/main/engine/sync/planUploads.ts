import type { AssetStatus } from '../../../shared/domain/asset.ts'
import type { AssetId, RemoteId, RowId } from '../../../shared/domain/ids.ts'
import { adoptedKeyOf } from '../catalog/adoptedKey.ts'
import type { StoredAsset } from '../catalog/assetRecords.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { NewQueueJob } from '../catalog/queue.repository.ts'
import { besideToSend, settleBeside } from './beside/besideFiles.ts'
import { type AssetPlaces, sortOutElsewhere } from './cloudOnlyAssets.ts'
import { thumbnailKey } from './objectKeys.ts'
import { whyRefused } from './uploadPolicy.ts'

/** How many assets are planned in one go. */
export const PLAN_BATCH = 500
/** How many rows are looked at for them: most of a large library has nothing to be planned. */
const PLAN_SPAN = 20_000
/** Assets with versions that are looked at with the first batch; others are when something of theirs changes. */
const MOST_VERSIONS = 2000

/** Key of an asset's job in the queue; all jobs of a remote start with its id. */
export function uploadJobKey(remoteId: RemoteId, assetId: AssetId): string {
  return `${remoteId}:${assetId}`
}

export interface PlannedBatch {
  /** Row after which the next batch begins, null when there is none. */
  readonly next: number | null
  /** Rows that turned out to be cloud-only. */
  readonly elsewhere: readonly RowId[]
}

/** Whether an asset belongs into the bucket: kept, and not in Trash. */
export function isKept(asset: Pick<StoredAsset, 'space' | 'deletedAt'>): boolean {
  return asset.space === 'library' && asset.deletedAt === null
}

/** Whether its original can be sent now. One that decoders still work on waits, so that its thumbnail goes along. */
export function isReadyToUpload(asset: Pick<StoredAsset, 'space' | 'deletedAt' | 'status'>): boolean {
  return isKept(asset) && READY.has(asset.status)
}

/** A file that no decoder can read is still a person's file: it is sent like any other. */
const READY: ReadonlySet<AssetStatus> = new Set<AssetStatus>(['available', 'error', 'quarantined', 'archived'])

/**
 * Puts what the remote lacks into the queue, one batch at a time so that a large library does not hold up everything
 * else. `afterRow` is 0 at first.
 */
export function planNextUploads(places: AssetPlaces, afterRow: number, now: number): PlannedBatch {
  const { remotes } = places.catalog
  const assets = remotes.unsynced(places.remoteId, afterRow, PLAN_BATCH, afterRow + PLAN_SPAN)
  const elsewhere = [...queueAssets(places, assets, now)]
  if (afterRow === 0) {
    elsewhere.push(...planUploads(places, remotes.unstoredVersions(MOST_VERSIONS), now))
  }
  const last = assets.length < PLAN_BATCH ? afterRow + PLAN_SPAN : assets.at(-1)?.rowId
  return { next: last === undefined || last >= remotes.lastRow() ? null : last, elsewhere }
}

/** Why an asset whose file is gone is not uploaded; it is queued by itself once the file is back. */
const MISSING_REASON = 'The original is missing on this computer. Put the file back to upload it.'

/**
 * Puts those of some rows into the queue that have become kept or ready. An asset whose bytes are on the remote
 * already is only said to be synced; one that gained its thumbnail, a version or a sidecar later is queued for that. Returns the rows that turned out
 * to be cloud-only.
 */
export function planUploads(places: AssetPlaces, rowIds: readonly RowId[], now: number): readonly RowId[] {
  const { catalog, remoteId } = places
  const missing: StoredAsset[] = []
  const gone: StoredAsset[] = []
  const stored: StoredAsset[] = []
  for (const rowId of rowIds) {
    const asset = catalog.assets.findByRow(rowId)
    if (asset === undefined || !isKept(asset)) continue
    if (asset.status === 'missing' && !isOnRemote(catalog, remoteId, asset)) gone.push(asset)
    if (!isReadyToUpload(asset)) continue
    if (isOnRemote(catalog, remoteId, asset)) stored.push(asset)
    else missing.push(asset)
  }
  if (gone.length > 0) {
    catalog.assets.setSyncState(gone.map(({ id }) => ({ id, state: 'error', reason: MISSING_REASON })))
  }
  for (const asset of stored) settleBeside(places, asset, now)
  const complete = stored.filter((asset) => !lacksThumbnail(places, asset) && besideToSend(places, asset).length === 0)
  const states = statesOf(catalog, complete)
  const behind = complete.filter((asset) => states.get(asset.rowId)?.state === 'local')
  if (behind.length > 0) {
    catalog.assets.setSyncState(behind.map(({ id }) => ({ id, state: 'synced', reason: null })))
  }
  const incomplete = stored.filter((asset) => !complete.includes(asset))
  return queueAssets(places, [...missing, ...incomplete], now)
}

/** Whether the remote has confirmed that it holds the asset's present bytes. */
export function isOnRemote(
  catalog: Pick<Catalog, 'remotes'>,
  remoteId: RemoteId,
  asset: Pick<StoredAsset, 'id' | 'sha256'>,
): boolean {
  return catalog.remotes.object(remoteId, asset.id, 'original')?.sha256 === asset.sha256
}

function lacksThumbnail({ catalog, remoteId, owner }: AssetPlaces, asset: StoredAsset): boolean {
  const [card] = catalog.assets.cards([asset.rowId])
  // That of an earlier content has another key.
  const key = catalog.remotes.object(remoteId, asset.id, 'thumbnail')?.key
  return card?.has_thumbnail === true && key !== thumbnailKey(owner, asset.sha256)
}

/**
 * Job first, state second: an asset whose state says that it waits always has a job, also after a crash in between.
 * Assets that wait, are under way or need a person have their job already.
 */
function queueAssets(places: AssetPlaces, all: readonly StoredAsset[], now: number): readonly RowId[] {
  const { catalog, remoteId } = places
  const { here: assets, elsewhere } = sortOutElsewhere(places, all, now)
  for (const asset of elsewhere) settleBeside(places, asset, now)
  const away = elsewhere.map(({ rowId }) => rowId)
  const states = statesOf(catalog, assets)
  const fresh = assets.filter((asset) => {
    const { state, reason } = states.get(asset.rowId) ?? {}
    // What is here for planning and yet cloud-only lies in a workspace bucket.
    const isOpen =
      state === 'local' ||
      state === 'synced' ||
      state === 'cloud-only' ||
      (state === 'error' && reason === MISSING_REASON)
    return isOpen && isReadyToUpload(asset)
  })
  const policy = catalog.remotes.policyOf(remoteId)
  const used = catalog.remotes.usedBytes(remoteId)
  const refused = fresh.flatMap((asset) => {
    const isThere = isOnRemote(catalog, remoteId, asset) || adoptedKeyOf(asset.objectKey, asset.sha256) !== null
    const reason = isThere ? null : whyRefused(policy, asset, used)
    return reason === null ? [] : [{ id: asset.id, state: 'blocked' as const, reason }]
  })
  if (refused.length > 0) catalog.assets.setSyncState(refused)
  const blocked = new Set(refused.map(({ id }) => id))
  const allowed = fresh.filter(({ id }) => !blocked.has(id))
  if (allowed.length === 0) return away
  const jobs = allowed.map(
    ({ id }): NewQueueJob => ({
      kind: 'upload',
      key: uploadJobKey(remoteId, id),
      payload: { assetId: id },
      priority: 0,
      runAt: now,
    }),
  )
  catalog.queue.enqueue(jobs)
  catalog.assets.setSyncState(allowed.map(({ id }) => ({ id, state: 'queued', reason: null })))
  return away
}

function statesOf(catalog: Catalog, assets: readonly StoredAsset[]) {
  const cards = catalog.assets.cards(assets.map(({ rowId }) => rowId))
  return new Map(cards.map((card) => [card.row_id, { state: card.sync_state, reason: card.sync_reason }]))
}
