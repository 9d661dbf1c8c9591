import { VitrineError } from '../../../shared/contract/errors.ts'
import type { AssetId, DeviceId, RemoteId, RowId } from '../../../shared/domain/ids.ts'
import type { Credentials, SyncStatus } from '../../../shared/domain/remote.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { RemoteRow } from '../catalog/remotes.repository.ts'
import type { Clock, ObjectStore } from '../ports.ts'
import { type ThumbnailFetchOptions, thumbnailFetches } from './cloudOnlyThumbnails.ts'
import { checkConnection, connect } from './connection.ts'
import { withLogs } from './describeDevices.ts'
import { type Exchange, type ExchangeOptions, exchangeLogs, isStopped } from './exchangeLogs.ts'
import type { LibraryIdentity } from './libraryManifest.ts'
import { leaveMark, takeMark } from './lookedThrough.ts'
import type { OpenRemote } from './openRemote.ts'
import { PLAN_BATCH, planNextUploads, planUploads } from './planUploads.ts'
import type { LogProblem, RemovalQuestion } from './pullLogs.ts'
import { backoffMs, judge } from './retryPolicy.ts'
import { type Link, syncStatus } from './syncStatus.ts'
import type { OpenStore } from './testRemote.ts'
import type { Transfers } from './transfer/transfers.ts'
import { type Settled, uploadJobs } from './uploadJobs.ts'
import { wakeableAlarm } from './wakeableAlarm.ts'
import type { CopyKept } from './workspace/copyKept.ts'

/** `once` waits for jobs that are due within this time, ms, and leaves later ones in the queue. */
const ONCE_HORIZON_MS = 20_000
const PAUSED_SETTING = 'sync.paused'

export interface SyncLoopOptions {
  readonly catalog: Catalog
  readonly clock: Clock
  readonly root: string
  readonly library: LibraryIdentity
  readonly openStore: OpenStore
  readonly remote: () => RemoteRow | undefined
  readonly credentialsOf: (remote: RemoteRow) => Credentials | null
  readonly transfers: Transfers
  readonly onChanged: () => void
  /** The remote can be used from now on. */
  readonly onReady: () => void
  readonly onRenewal: () => void
  readonly drawThumbnails: ThumbnailFetchOptions['draw']
  readonly tend: ExchangeOptions['tend']
  readonly retirement: ExchangeOptions['retirement']
  /** What is done with a store before anything else; the store that comes of it is used. */
  readonly prepare: (store: ObjectStore, remoteId: RemoteId, wants: () => void) => Promise<ObjectStore>
  readonly onDefect: (error: unknown) => void
  readonly random: () => number
  readonly copyKept?: CopyKept | undefined
}

/** What a run until nothing more can be done came to. */
export interface OnceOutcome {
  readonly uploaded: number
  /** Thumbnails of what others have added. */
  readonly downloaded: number
  /** Changes of other devices, and how many of them were in conflict with changes here. */
  readonly applied: number
  readonly conflicts: number
  /** Why the remote as a whole could not be used, null when it could. */
  readonly problem: VitrineError | null
  /** Why logs of other devices did not go on. */
  readonly problems: readonly LogProblem[]
  readonly questions: readonly RemovalQuestion[]
}

/**
 * The one loop that drives sync: connect → pull → plan → transfer → push. It sleeps until something changes or is due; being offline
 * is a state of it, probed again from 1 s to 5 min apart.
 */
export interface SyncLoop {
  start(): void
  /** Looks again at once, also at a server that was offline or refused. */
  now(): void
  /** The remote or its credentials are not what they were: uploads stop, everything is looked at anew. */
  reset(): Promise<void>
  /** Rows whose asset may have become ready to upload, or not to be uploaded any more. */
  assetsChanged(rowIds: readonly RowId[]): void
  readonly paused: boolean
  setPaused(paused: boolean): void
  /** Settings or conditions of transfers are others: what must wait now stops, what may go on does. */
  transfersChanged(): void
  /** Stops the upload of one asset until a person asks for it again. */
  cancel(assetId: AssetId): void
  /** A person agrees to what the log of a device would remove. */
  allowRemovals(device: DeviceId, seq: number): void
  /** What keeps logs of other devices from going on here. */
  readonly logs: Pick<Exchange, 'problems' | 'questions' | 'others'>
  /** The remote while it may be used in the background: not while sync is paused, offline, stopped or asked to wait. */
  readonly connection: OpenRemote | null
  /** Other work with the connection has failed. */
  failed(error: unknown): void
  /** Fetches the thumbnails of these rows first, whose originals are elsewhere. */
  preferThumbnails(rows: readonly RowId[]): void
  /** Runs until nothing is left that can be done now. */
  once(): Promise<OnceOutcome>
  status(): SyncStatus
  close(): Promise<void>
}

export function syncLoop(options: SyncLoopOptions): SyncLoop {
  const { catalog, clock } = options
  const alarm = wakeableAlarm(clock)
  const changedRows = new Set<RowId>()
  let link: Link = { state: 'unchecked' }
  let problem: VitrineError | null = null
  let store: ObjectStore | null = null
  let opening: ObjectStore | null = null
  /** Row up to which the whole library has been looked at for uploads, null when all of it has. */
  let cursor: number | null = 0
  let holdUntil = 0
  /** Whether some of what is elsewhere has not been looked at for its thumbnail. */
  let isUnseen = false
  /** Remote whose mark was taken, so that another one is left at the end. */
  let marked: RemoteId | null = null
  const firstRevision = catalog.revision
  /** Whether planning began before it was known what this device has told others. */
  let waitsForPosition = false
  let lastSuccessAt: number | null = null
  let uploaded = 0
  let downloaded = 0
  let closed = false
  let paused = catalog.getSetting(PAUSED_SETTING) === true
  let running: Promise<void> | null = null
  let generation = 0
  const idleWaiters: (() => void)[] = []

  const jobs = uploadJobs({
    catalog,
    owner: options.library.id,
    root: options.root,
    now: () => clock.now(),
    random: options.random,
    onDefect: options.onDefect,
    transfers: options.transfers,
    copyKept: options.copyKept,
    after: (ms, callback) => clock.after(ms, callback),
    onSettled: settled,
  })

  const exchange = exchangeLogs({
    catalog,
    clock,
    owner: options.library.id,
    root: options.root,
    random: options.random,
    tend: options.tend,
    retirement: options.retirement,
    onProgress: options.onChanged,
    onRenewal: options.onRenewal,
    onSettled: exchanged,
  })
  const thumbnails = thumbnailFetches({
    catalog,
    owner: options.library.id,
    root: options.root,
    draw: options.drawThumbnails,
    onEnded(row) {
      if (row !== null) {
        downloaded++
        catalog.assets.touch([row])
      }
      alarm.ring()
    },
    onFailed: failed,
  })

  function setLink(next: Link, cause: VitrineError | null): void {
    link = next
    problem = cause
    options.onChanged()
  }

  function settled(result: Settled): void {
    const now = clock.now()
    if (result.kind === 'uploaded') uploaded++
    if (result.kind !== 'failed') {
      lastSuccessAt = now
      exchange.changed()
    } else heed(result)
    options.onChanged()
    alarm.ring()
  }

  /** What a failure means for everything else that is done with the remote. */
  function heed({ verdict, error }: Pick<Extract<Settled, { kind: 'failed' }>, 'verdict' | 'error'>): void {
    const now = clock.now()
    if (link.state === 'ready') {
      if (verdict.kind === 'hold') holdUntil = Math.max(holdUntil, now + verdict.ms)
      // Looked at once: one lost connection is not yet being offline.
      if (verdict.kind === 'offline')
        setLink({ state: 'offline', message: error.message, nextAt: now, attempt: 0 }, error)
      if (verdict.kind === 'stop') setLink({ state: 'stopped', message: error.message }, error)
    }
  }

  function failed(thrown: unknown): void {
    const error = thrown instanceof VitrineError ? thrown : defect(thrown)
    heed({ error, verdict: judge(error, 1, options.random()) })
    options.onChanged()
    alarm.ring()
  }

  function exchanged(error: unknown): void {
    if (error === null) lastSuccessAt = clock.now()
    else if (!isStopped(error)) {
      failed(error)
      return
    }
    // Until now nothing could be said of assets that are not here.
    if (waitsForPosition) cursor = 0
    waitsForPosition = false
    options.onChanged()
    alarm.ring()
  }

  async function prepareStore(connected: ObjectStore, remote: RemoteRow): Promise<ObjectStore> {
    try {
      return await options.prepare(connected, remote.id, () => exchange.changed())
    } catch (error) {
      connected.close()
      throw error
    }
  }

  /** Gets from unchecked or offline to ready, or says why not and when to try again. */
  async function establish(remote: RemoteRow): Promise<void> {
    const attempt = link.state === 'offline' ? link.attempt : 0
    const at = generation
    try {
      if (store) await checkConnection(store, remote, catalog, options.library)
      else {
        const credentials = options.credentialsOf(remote)
        const connected = await connect(remote, credentials, catalog, options.library, options.openStore, (opened) => {
          opening = opened
        })
        const prepared = await prepareStore(connected, remote)
        if (at === generation) store = prepared
        else connected.close()
      }
      if (at !== generation) return
      // After a real absence everything that waits is due at once; after a blip, pauses between attempts stay.
      if (attempt > 0) catalog.queue.wake('upload', clock.now())
      lastSuccessAt = clock.now()
      setLink({ state: 'ready' }, null)
      exchange.hurry()
      thumbnails.lookAgain()
      options.onReady()
    } catch (thrown) {
      if (at !== generation || closed) return
      await disconnect()
      const error = thrown instanceof VitrineError ? thrown : defect(thrown)
      const verdict = judge(error, attempt + 1, options.random())
      if (verdict.kind === 'stop' || verdict.kind === 'park') {
        setLink({ state: 'stopped', message: error.message }, error)
      } else {
        const pause = verdict.kind === 'hold' ? verdict.ms : backoffMs(attempt, options.random())
        const nextAt = clock.now() + pause
        setLink({ state: 'offline', message: error.message, nextAt, attempt: attempt + 1 }, error)
      }
    } finally {
      opening = null
    }
  }

  function defect(thrown: unknown): VitrineError {
    options.onDefect(thrown)
    return new VitrineError('internal', 'Sync failed because of a mistake in Vitrine. The log has the details.')
  }

  /** Ends what is under way with the present store; it is given back to the queue. */
  async function disconnect(): Promise<void> {
    const old = store
    store = null
    opening?.close()
    old?.close()
    await Promise.all([jobs.stopAll(), exchange.stop(), thumbnails.stopAll()])
  }

  /** One look at everything. Returns when to look again (ms since the epoch), null for "when something changes". */
  async function turn(): Promise<number | null> {
    const remote = options.remote()
    if (remote === undefined) {
      if (link.state !== 'no-remote') setLink({ state: 'no-remote' }, null)
      return null
    }
    if (link.state === 'no-remote') setLink({ state: 'unchecked' }, null)
    if (paused) return null
    if (marked !== remote.id) takeUp(remote.id)
    const due = link.state === 'unchecked' || (link.state === 'offline' && link.nextAt <= clock.now())
    if (due) await establish(remote)
    if (link.state === 'stopped' && store) await disconnect()
    const now = clock.now()
    const isUnplanned = plan(remote)
    const isUsable = link.state === 'ready' && store !== null && holdUntil <= now
    isUnseen = isUsable && store !== null && work(store, remote.id, now)
    if (isUnplanned || isUnseen) return now
    if (link.state === 'offline') return link.nextAt
    if (link.state !== 'ready') return null
    if (holdUntil > now) return holdUntil
    return earliest(exchange.running ? null : exchange.dueAt, jobs.hasRoom ? catalog.queue.nextRunAt('upload') : null)
  }

  /** Begins where the last process has ended. */
  function takeUp(remoteId: RemoteId): void {
    const looked = takeMark(catalog, remoteId, firstRevision)
    if (marked === null && looked.uploads) cursor = null
    if (marked === null && looked.thumbnails) thumbnails.skipLook()
    marked = remoteId
  }

  function leave(hasThumbnails: boolean): void {
    if (marked === null || marked !== options.remote()?.id) return
    const uploads = cursor === null && changedRows.size === 0 && !waitsForPosition
    leaveMark(catalog, marked, { uploads, thumbnails: hasThumbnails })
    marked = null
  }

  /** Starts whatever can be started: logs are exchanged while files are transferred. Returns whether there is more to look at. */
  function work(open: ObjectStore, remoteId: RemoteId, now: number): boolean {
    if (!exchange.running && exchange.dueAt <= now) exchange.start(open, remoteId)
    jobs.fill(open, remoteId)
    return thumbnails.fill(open)
  }

  /** Plans one batch. Returns whether there is more to plan. */
  function plan(remote: RemoteRow): boolean {
    const now = clock.now()
    const places = { catalog, remoteId: remote.id, owner: options.library.id, root: options.root }
    if (catalog.publication.position(remote.id) === null) waitsForPosition = true
    if (cursor !== null) {
      const { next, elsewhere } = planNextUploads(places, cursor, now)
      cursor = next
      thumbnails.add(elsewhere)
    }
    const rows = [...changedRows].slice(0, PLAN_BATCH)
    for (const row of rows) changedRows.delete(row)
    thumbnails.add(planUploads(places, rows, now))
    return cursor !== null || changedRows.size > 0
  }

  /** Whether nothing more can be done without a change from outside or a long wait. */
  function isIdle(next: number | null): boolean {
    if (jobs.size > 0 || ((cursor !== null || changedRows.size > 0) && !paused && link.state !== 'no-remote'))
      return false
    if (link.state === 'unchecked' && !paused) return false
    if (link.state === 'offline') return link.attempt > 0 || paused
    // Whoever waits does not wait for a server that asks for patience.
    if (holdUntil > clock.now()) return holdUntil > clock.now() + ONCE_HORIZON_MS
    if (link.state === 'ready' && (exchange.running || exchange.pending || thumbnails.size > 0 || isUnseen))
      return paused
    const jobAt = catalog.queue.nextRunAt('upload')
    return next === null || jobAt === null || jobAt > clock.now() + ONCE_HORIZON_MS
  }

  async function run(): Promise<void> {
    while (!closed) {
      alarm.arm()
      let next: number | null
      try {
        next = await turn()
      } catch (thrown) {
        // The catalogue failed (a full disk, say): nothing was lost, and it may work again.
        const error = thrown instanceof VitrineError ? thrown : defect(thrown)
        setLink({ state: 'stopped', message: error.message }, error)
        next = null
      }
      // Whoever waits for everything to be done waits for no gathering of changes either.
      if (idleWaiters.length > 0 && jobs.size === 0 && exchange.pending) exchange.flush()
      if (!alarm.rung && isIdle(next)) for (const resolve of idleWaiters.splice(0)) resolve()
      if (!closed)
        await alarm.sleepUntil(idleWaiters.length > 0 ? earliest(next, exchange.running ? null : exchange.dueAt) : next)
    }
  }

  function start(): void {
    if (!closed) running ??= run()
  }

  function now(): void {
    if (link.state === 'offline' || link.state === 'stopped') setLink({ state: 'unchecked' }, null)
    catalog.queue.wake('upload', clock.now())
    exchange.hurry()
    alarm.ring()
  }

  return {
    start,
    now,
    async reset() {
      generation++
      await disconnect()
      cursor = 0
      holdUntil = 0
      setLink({ state: 'unchecked' }, null)
      alarm.ring()
    },
    assetsChanged(rowIds) {
      if (jobs.isQuiet) return
      for (const rowId of rowIds) changedRows.add(rowId)
      jobs.assetsChanged(rowIds)
      if (catalog.journal.unsealed > 0) exchange.changed()
      alarm.ring()
    },
    get paused() {
      return paused
    },
    setPaused(next) {
      if (paused === next) return
      paused = next
      catalog.setSetting(PAUSED_SETTING, next)
      options.onChanged()
      // What is under way stops now and goes on at the same part later.
      if (paused) void jobs.stopAll().then(alarm.ring)
      else now()
    },
    transfersChanged() {
      jobs.stopLarge()
      catalog.queue.wake('upload', clock.now())
      alarm.ring()
    },
    cancel(assetId) {
      const remote = options.remote()
      if (remote) jobs.cancel(assetId, remote.id)
      alarm.ring()
    },
    allowRemovals(device, seq) {
      exchange.allowRemovals(device, seq)
      alarm.ring()
    },
    get logs() {
      const { problems, questions, others } = exchange
      return { problems, questions, others }
    },
    get connection() {
      const remote = options.remote()
      const isUsable = link.state === 'ready' && !paused && !closed && holdUntil <= clock.now()
      return isUsable && store !== null && remote !== undefined ? { store, remoteId: remote.id } : null
    },
    failed,
    preferThumbnails(rows) {
      if (rows.length === 0) return
      thumbnails.prefer(rows)
      alarm.ring()
    },
    async once() {
      const before = { uploaded, downloaded, applied: exchange.applied, conflicts: exchange.conflicts }
      start()
      now()
      if (!closed) {
        await new Promise<void>((resolve) => {
          idleWaiters.push(resolve)
        })
      }
      return {
        uploaded: uploaded - before.uploaded,
        downloaded: downloaded - before.downloaded,
        applied: exchange.applied - before.applied,
        conflicts: exchange.conflicts - before.conflicts,
        problem: paused ? pausedProblem() : (problem ?? failureOf(exchange.failure)),
        problems: exchange.problems,
        questions: exchange.questions,
      }
    },
    status() {
      const { meter } = options.transfers
      const rates = meter.perSecond()
      const status = syncStatus({
        link: options.remote() === undefined ? { state: 'no-remote' } : link,
        paused,
        counts: catalog.remotes.syncCounts(),
        inFlight: jobs.size,
        holdUntil: holdUntil > clock.now() ? holdUntil : null,
        nextJobAt: catalog.queue.nextRunAt('upload'),
        now: clock.now(),
        bytesPerSecond: rates.up,
        bytesDownPerSecond: rates.down,
        bytesUnderWay: meter.doneUpBytes,
        bytesSent: meter.sentBytes,
        largeWait: options.transfers.whyLargeWait(),
        lastSuccessAt,
        conflicts: catalog.conflicts.count(),
        reading: exchange.reading,
      })
      if (status.waiting + status.uploading === 0) meter.forgetSent()
      return withLogs(status, exchange)
    },
    async close() {
      closed = true
      generation++
      const isDone = thumbnails.isDone
      await disconnect()
      alarm.ring()
      await running
      leave(isDone)
      for (const resolve of idleWaiters.splice(0)) resolve()
    },
  }
}

function earliest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b
  return Math.min(a, b)
}

/** A failure of the exchange that did not stop everything. */
function failureOf(failure: unknown): VitrineError | null {
  return failure instanceof VitrineError && !isStopped(failure) ? failure : null
}

function pausedProblem(): VitrineError {
  return new VitrineError('cancelled', 'Sync is paused. Resume it in the window, then try again.')
}
