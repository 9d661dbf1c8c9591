import { VitrineError } from '../../../shared/contract/errors.ts'
import { type AssetId, assetIdSchema, type RemoteId, type RowId } from '../../../shared/domain/ids.ts'
import type { StoredAsset } from '../catalog/assetRecords.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { QueueJob } from '../catalog/queue.repository.ts'
import type { ObjectStore } from '../ports.ts'
import { isFresh } from './connection.ts'
import type { Owner } from './objectKeys.ts'
import { isKept, isOnRemote, planUploads, uploadJobKey } from './planUploads.ts'
import { backoffMs, judge, type Verdict } from './retryPolicy.ts'
import { endAbandonedUploads } from './transfer/endAbandoned.ts'
import type { Transfers } from './transfer/transfers.ts'
import { uploadAsset } from './uploadAsset.ts'
import type { CopyKept } from './workspace/copyKept.ts'

/** More than there is room for requests, so that a file is read and hashed while others are sent. */
const AHEAD = 2
/** How often one part is sent again before its file waits like any other. */
const MOST_PART_ATTEMPTS = 4
/** When a file that waits for better conditions is looked at again without a word from the system, ms. */
const SPARING_PAUSE_MS = 600_000

export interface UploadJobsOptions {
  readonly catalog: Catalog
  readonly owner: Owner
  /** Folder of the library. */
  readonly root: string
  readonly now: () => number
  /** In [0, 1); spreads attempts of many devices. */
  readonly random: () => number
  readonly transfers: Transfers
  /** Calls back once after so many ms; what it returns cancels. */
  readonly after: (ms: number, callback: () => void) => () => void
  /** Called after each job with what it means for the whole remote. */
  readonly onSettled: (settled: Settled) => void
  /** For what no code foresaw: it is written to the log, and the asset says `internal`. */
  readonly onDefect: (error: unknown) => void
  readonly copyKept?: CopyKept | undefined
}

interface RunningUpload {
  readonly rowId: RowId
  readonly stop: AbortController
  readonly bytes: number
  readonly ended: Promise<void>
  /** Something of the asset has changed since it began. */
  hasChanged: boolean
}

export type Settled =
  | { readonly kind: 'uploaded' }
  /** Nothing had to be sent. */
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly verdict: Verdict; readonly error: VitrineError }

/** The uploads that are under way. */
export interface UploadJobs {
  readonly size: number
  /** Whether another one could be started. */
  readonly hasRoom: boolean
  /** Leases jobs that are due and starts them for as long as there is room. */
  fill(store: ObjectStore, remoteId: RemoteId): void
  /** Stops uploads of files that are too large for the present conditions. */
  stopLarge(): void
  /** Stops the upload of one asset, or keeps it from beginning, until a person asks for it again. */
  cancel(assetId: AssetId, remoteId: RemoteId): void
  /** Whether what changes just now is only how an upload stands. */
  readonly isQuiet: boolean
  /** Something of assets has changed: uploads of those that no longer belong into the bucket stop. */
  assetsChanged(rowIds: readonly RowId[]): void
  /** Stops all; they go on later where they were. Resolves when none is under way. */
  stopAll(): Promise<void>
}

/** Runs jobs of the durable queue and writes down how each ended: in the queue and as the asset's state. */
export function uploadJobs(options: UploadJobsOptions): UploadJobs {
  const { catalog, now } = options
  const running = new Map<AssetId, RunningUpload>()
  let isQuiet = false

  const cancelled = new Set<AssetId>()
  let tidied: ObjectStore | null = null

  /** Once for each connection, beside all else. What fails now is done with the next. */
  function tidy(store: ObjectStore, remoteId: RemoteId): void {
    if (tidied === store) return
    tidied = store
    const { owner, root } = options
    endAbandonedUploads({ catalog, remoteId, owner, root }, store, now()).catch((thrown: unknown) => {
      if (!(thrown instanceof VitrineError)) options.onDefect(thrown)
    })
  }

  const room = (): number => options.transfers.lanes.limit + AHEAD

  function quietly(change: () => void): void {
    isQuiet = true
    try {
      change()
    } finally {
      isQuiet = false
    }
  }

  function start(job: QueueJob, asset: StoredAsset, store: ObjectStore, remoteId: RemoteId): void {
    const stop = new AbortController()
    const { id: assetId, rowId, fileSizeBytes: bytes } = asset
    const before = [...running.keys()]
    const reserved = (): number => before.reduce((sum, id) => sum + (running.get(id)?.bytes ?? 0), 0)
    const ended = run(job, asset, store, remoteId, stop.signal, reserved).then((settled) => {
      running.delete(assetId)
      cancelled.delete(assetId)
      options.onSettled(settled)
    })
    running.set(assetId, { rowId, stop, bytes, ended, hasChanged: false })
  }

  async function run(
    job: QueueJob,
    { id: assetId, fileSizeBytes }: StoredAsset,
    store: ObjectStore,
    remoteId: RemoteId,
    signal: AbortSignal,
    reservedBytes: () => number,
  ): Promise<Settled> {
    const { owner, root, transfers } = options
    const metered = transfers.meter.begin(assetId, 'up', fileSizeBytes)
    try {
      const outcome = await uploadAsset(
        {
          catalog,
          store,
          remoteId,
          owner,
          root,
          now,
          after: options.after,
          quietly,
          reservedBytes,
          pace: transfers.up,
          isFresh: isFresh(catalog, remoteId),
          copyKept: options.copyKept,
        },
        {
          assetId,
          signal,
          lanes: transfers.lanes.of(job.priority),
          attempt: job.attempts,
          again: (error, attempt) => sendAgain(error, attempt, signal),
          onBytes: metered.add,
        },
      )
      if (outcome.kind === 'synced') {
        const changes = [{ id: assetId, state: outcome.state, reason: null }]
        quietly(() => catalog.assets.setSyncState(changes, [job.id]))
      } else {
        settleUnkept(assetId, remoteId)
        catalog.queue.complete([job.id])
      }
      if (running.get(assetId)?.hasChanged === true) replanIfKept(assetId, remoteId)
      return { kind: outcome.kind === 'synced' && outcome.sent ? 'uploaded' : 'done' }
    } catch (thrown) {
      return settleFailure(job, assetId, thrown)
    } finally {
      metered.end()
    }
  }

  /** A part is sent again where only the line or the server failed. What is asked to slow down waits in its lane. */
  async function sendAgain(error: unknown, attempt: number, signal: AbortSignal): Promise<boolean> {
    if (!(error instanceof VitrineError) || attempt >= MOST_PART_ATTEMPTS) return false
    const verdict = judge(error, attempt, options.random())
    if (verdict.kind === 'hold') return true
    if (verdict.kind !== 'retry' && verdict.kind !== 'offline') return false
    await new Promise<void>((resolve) => {
      const cancel = options.after(backoffMs(attempt - 1, options.random()), resolve)
      const stop = (): void => {
        cancel()
        resolve()
      }
      signal.addEventListener('abort', stop, { once: true })
    })
    return !signal.aborted
  }

  function settleUnkept(assetId: AssetId, remoteId: RemoteId): void {
    const asset = catalog.assets.findById(assetId)
    if (asset === undefined) {
      catalog.remotes.removeLater(remoteId, assetId, now())
      return
    }
    const state = isOnRemote(catalog, remoteId, asset) ? 'synced' : 'local'
    catalog.assets.setSyncState([{ id: assetId, state, reason: null }])
  }

  /** Of another remote, or of an asset that is gone for good. */
  function forgetJob(job: QueueJob, assetId: AssetId | null, remoteId: RemoteId): void {
    if (assetId !== null) settleUnkept(assetId, remoteId)
    catalog.queue.complete([job.id])
  }

  /** Kept, undone and kept again while its job was running: nothing else would notice. */
  function replanIfKept(assetId: AssetId, remoteId: RemoteId): void {
    const asset = catalog.assets.findById(assetId)
    if (asset !== undefined && isKept(asset)) replan(asset.rowId, remoteId)
  }

  function replan(row: RowId, remoteId: RemoteId): void {
    planUploads({ catalog, remoteId, owner: options.owner, root: options.root }, [row], now())
  }

  function settleFailure(job: QueueJob, assetId: AssetId, thrown: unknown): Settled {
    const error = thrown instanceof VitrineError ? thrown : defect(thrown)
    if (cancelled.has(assetId) && error.code === 'cancelled') return park(job.id, assetId)
    const verdict = judge(error, job.attempts, options.random())
    const parked = verdict.kind === 'park'
    const runAt = parked ? null : now() + delayOf(verdict, job.attempts, options.random())
    catalog.queue.fail(job.id, error, runAt)
    const reason = verdict.kind === 'interrupted' ? null : error.message
    catalog.assets.setSyncState([{ id: assetId, state: parked ? parkedState(error) : 'queued', reason }])
    return { kind: 'failed', verdict, error }
  }

  function park(jobId: number, assetId: AssetId): Settled {
    const error = new VitrineError('cancelled', 'You stopped this upload. Try again to send it.')
    catalog.queue.fail(jobId, error, null)
    catalog.assets.setSyncState([{ id: assetId, state: 'error', reason: error.message }])
    return { kind: 'failed', verdict: { kind: 'park' }, error }
  }

  function defect(thrown: unknown): VitrineError {
    options.onDefect(thrown)
    return new VitrineError('internal', 'The upload failed because of a mistake in Vitrine. The log has the details.')
  }

  return {
    get size() {
      return running.size
    },
    get hasRoom() {
      return running.size < room()
    },
    fill(store, remoteId) {
      tidy(store, remoteId)
      for (let free = room() - running.size; free > 0; free = room() - running.size) {
        const jobs = catalog.queue.claim('upload', free, now())
        if (jobs.length === 0) return
        const later: number[] = []
        for (const job of jobs) {
          const assetId = assetOfJob(job, remoteId)
          const asset = assetId === null ? undefined : catalog.assets.findById(assetId)
          if (asset === undefined) forgetJob(job, assetId, remoteId)
          else if (options.transfers.mustWait(asset.fileSizeBytes)) later.push(job.id)
          else start(job, asset, store, remoteId)
        }
        if (later.length > 0) catalog.queue.postpone(later, now() + SPARING_PAUSE_MS)
      }
    },
    stopLarge() {
      for (const { stop, bytes } of running.values()) if (options.transfers.mustWait(bytes)) stop.abort()
    },
    cancel(assetId, remoteId) {
      const present = running.get(assetId)
      if (present) {
        cancelled.add(assetId)
        present.stop.abort()
        return
      }
      const job = catalog.queue.find('upload', uploadJobKey(remoteId, assetId))
      if (job) park(job.id, assetId)
    },
    get isQuiet() {
      return isQuiet
    },
    assetsChanged(rowIds) {
      const changed = new Set(rowIds)
      for (const [assetId, upload] of running) {
        if (!changed.has(upload.rowId)) continue
        upload.hasChanged = true
        const asset = catalog.assets.findById(assetId)
        if (asset === undefined || !isKept(asset)) upload.stop.abort()
      }
    },
    async stopAll() {
      for (const { stop } of running.values()) stop.abort()
      await Promise.all([...running.values()].map(({ ended }) => ended))
    },
  }
}

/** What only another policy helps is no failure. */
function parkedState({ code }: VitrineError): 'blocked' | 'error' {
  return code === 'remote_policy' ? 'blocked' : 'error'
}

function delayOf(verdict: Verdict, attempts: number, random: number): number {
  switch (verdict.kind) {
    case 'hold':
      return verdict.ms
    case 'retry':
    case 'offline':
      return backoffMs(attempts, random)
    case 'interrupted':
    case 'stop':
    case 'park':
      return 0
  }
}

/** The asset of a job, null for a job of a remote that has been removed since. */
function assetOfJob(job: QueueJob, remoteId: RemoteId): AssetId | null {
  const payload = typeof job.payload === 'object' && job.payload !== null ? job.payload : {}
  const assetId = assetIdSchema.safeParse('assetId' in payload ? payload.assetId : undefined)
  return assetId.success && job.key === uploadJobKey(remoteId, assetId.data) ? assetId.data : null
}
