import { type AssetId, assetIdSchema } from '../../../shared/domain/ids.ts'
import type { StoredAsset } from '../catalog/assetRecords.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { QueueJob } from '../catalog/queue.repository.ts'
import type { RemoteRow } from '../catalog/remotes.repository.ts'
import { isKept, uploadJobKey } from './planUploads.ts'

export interface FailedUpload {
  readonly job: QueueJob
  readonly asset: StoredAsset
}

/** Uploads that only a person can move on. */
export interface FailedUploads {
  parked(): readonly FailedUpload[]
  /** Puts those of some assets that failed, or that the rules held back, into the queue again. */
  retry(ids: readonly AssetId[]): void
}

export function failedUploads(
  catalog: Catalog,
  libraryRemote: () => RemoteRow | undefined,
  now: () => number,
): FailedUploads {
  return {
    parked: () =>
      catalog.queue.parked('upload').flatMap((job) => {
        const id = assetIdOf(job)
        const asset = id === null ? undefined : catalog.assets.findById(id)
        return asset !== undefined && isKept(asset) ? [{ job, asset }] : []
      }),
    retry(ids) {
      const remote = libraryRemote()
      if (remote === undefined) return
      const assets = ids.flatMap((id) => catalog.assets.findById(id) ?? []).filter(isKept)
      const cards = catalog.assets.cards(assets.map(({ rowId }) => rowId))
      const failed = cards.filter(({ sync_state }) => sync_state === 'error' || sync_state === 'blocked')
      const runAt = now()
      catalog.queue.enqueue(
        failed.map(({ id }) => ({
          kind: 'upload',
          key: uploadJobKey(remote.id, id),
          payload: { assetId: id },
          priority: 0,
          runAt,
        })),
      )
      catalog.assets.setSyncState(failed.map(({ id }) => ({ id, state: 'queued', reason: null })))
    },
  }
}

function assetIdOf(job: QueueJob): AssetId | null {
  const payload = typeof job.payload === 'object' && job.payload !== null ? job.payload : {}
  const parsed = assetIdSchema.safeParse('assetId' in payload ? payload.assetId : undefined)
  return parsed.success ? parsed.data : null
}
