import { isAbsolute, join } from 'node:path'
import { type ErrorCode, toErrorData, VitrineError } from '../../../shared/contract/errors.ts'
import type { MutationResult } from '../../../shared/contract/requests/requestMap.ts'
import { type AssetSelection, type Sidecar, thumbnailSizes } from '../../../shared/domain/asset.ts'
import { type AssetId, assetIdSchema } from '../../../shared/domain/ids.ts'
import { sidecarKind } from '../../../shared/domain/sidecarNames.ts'
import type { MediaRecord, StoredAsset } from '../catalog/assetRecords.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { QueueJob } from '../catalog/queue.repository.ts'
import type { Clock, MediaDecoder, MediaOutcome } from '../ports.ts'
import { resolveStored } from './import/placeOriginal.ts'
import type { LibraryFolder } from './libraryFolder.ts'
import { posterOf } from './posterPath.ts'
import { retryMedia } from './retryMedia.ts'

export interface MediaProcessorOptions {
  readonly catalog: Catalog
  readonly clock: Clock
  readonly decoder: MediaDecoder
  readonly folder: LibraryFolder
  /** Nothing is due and nothing is being worked on. */
  readonly onIdle?: () => void
  /** The disk is full, or decoders can't be started; null when it works again. */
  readonly onProblem?: (problem: { readonly code: ErrorCode; readonly message: string } | null) => void
  /** Whether a file that is not there is on a disk that is not there: then its job waits for it. */
  readonly isAway?: (path: string) => Promise<boolean>
  /**
   * Brings a file back that left this device while it was an earlier version, and is current again. `away`: the bucket has it and
   * can't be asked now; `unknown`: nobody says that the bucket has it.
   */
  readonly bringBack?: (id: AssetId) => Promise<'here' | 'away' | 'unknown'>
  /** A defect, for the log. */
  readonly onDefect?: (error: unknown) => void
}

/** Makes thumbnails and facts for the assets in the catalogue's media queue, the most urgent first. */
export interface MediaProcessor {
  /** Begins; new jobs are noticed by the catalogue's changes. */
  start(): void
  /** Looks for due jobs now. */
  kick(): void
  /** Somebody is about to look at these assets: what is still to be made of them is made first, the latest asked for first. */
  prefer(ids: readonly AssetId[]): void
  /** Reads assets again whose file could not be read or drawn (`error`, `quarantined`, `missing`). */
  retry(selection: AssetSelection): MutationResult
  /** Resolves when nothing is due and nothing is being worked on. */
  whenIdle(): Promise<void>
  /** Stops claiming; what is under way is given back to the queue by the next process. The decoder is the caller's. */
  close(): void
}

const FLUSH_MS = 50
const FLUSH_RECORDS = 64
/** Files handed to the decoders beyond those they work on, so that none waits for the engine. */
const AHEAD = 2
/** Jobs leased in one transaction. Few, because an urgent one that comes meanwhile waits for them. */
const CLAIM_JOBS = 12
/** Both after jobs that only read: a decoder does dozens of them in the time of one picture. */
const QUICK_AHEAD = 64
const CLAIM_QUICK_JOBS = 64
/** Priorities: thumbnails that can wait, everything else (0), then what somebody looks at, rising. */
const WHEN_NOTHING_ELSE = -1
const PREFERRED = 1_000
const PREFERRED_REMEMBERED = 10_000
/** What follows on the facts of a file whose thumbnails could wait. */
const DRAWING_STAGE = 'drawing'
const BACKOFF_MS = [1_000, 2_000, 5_000, 15_000, 60_000]
/** How often a file is tried whose original or thumbnails could not be read or written for reasons of the disk. */
const IO_ATTEMPTS = 3

/**
 * The consumer of the media queue. A decoder's crash, time or memory limit quarantines the asset, damage makes it an
 * error, an absent original `missing`. A full disk is nobody's fault: the job waits and is tried again.
 */
export function createMediaProcessor(options: MediaProcessorOptions): MediaProcessor {
  const { catalog, clock, decoder, folder } = options
  const onDefect = options.onDefect ?? ((error: unknown) => console.error(error))
  const ready: Done[] = []
  /** Leased, waiting for a decoder. */
  const claimed: QueueJob[] = []
  const idleWaiters = new Set<() => void>()
  /** Assets whose jobs were preferred lately; a grid asks for the same ones again and again while it shows them. */
  let preferred = new Set<AssetId>()
  let urgency = PREFERRED
  let inFlight = 0
  /** Whether all jobs of the last claim only read their files. */
  let areQuick = false
  let failuresInARow = 0
  let pausedUntil = 0
  let stopped = true
  let idle = true
  let cancelFlush: (() => void) | null = null
  let cancelWake: (() => void) | null = null
  let kicked = false
  let stopListening: (() => void) | null = null

  const pump = (): void => {
    if (stopped) return
    const now = clock.now()
    const room = now < pausedUntil ? 0 : decoder.concurrency + (areQuick ? QUICK_AHEAD : AHEAD) - inFlight
    if (claimed.length < room) {
      const limit = areQuick ? CLAIM_QUICK_JOBS : CLAIM_JOBS
      const jobs = catalog.queue.claim('media', limit, now)
      areQuick = jobs.length > 0 && jobs.every((job) => stageOf(job) === 'facts')
      claimed.push(...jobs)
    }
    for (const job of claimed.splice(0, Math.max(0, room))) {
      idle = false
      inFlight++
      void work(job)
    }
    if (inFlight === 0 && ready.length === 0) rest()
  }
  /** Nothing to do now: sleeps until the next job is due. */
  const rest = (): void => {
    const next = claimed.length > 0 ? pausedUntil : catalog.queue.nextRunAt('media')
    cancelWake?.()
    const due = next === null ? null : Math.max(next, pausedUntil) - clock.now()
    cancelWake = due === null ? null : clock.after(Math.min(Math.max(due, 10), 60_000), guarded(pump))
    if (due !== null && due <= 0) return
    if (!idle) options.onIdle?.()
    idle = true
    for (const wake of [...idleWaiters]) wake()
    idleWaiters.clear()
  }
  const work = async (job: QueueJob): Promise<void> => {
    try {
      const asset = catalog.assets.findById(assetIdSchema.parse(job.key))
      // Deleted for good meanwhile: there is nothing left to read.
      if (asset === undefined) done(job, null)
      else {
        const outcome = await decoder.process(taskFor(asset, folder, stageOf(job)))
        // What changed meanwhile has put a new job in the place of this one.
        const now = catalog.assets.findById(asset.id)
        const isElsewhere = !outcome.ok && outcome.code === 'file_vanished' && catalog.assets.isElsewhere(asset.id)
        if (isElsewhere || isOutdated(asset, now)) done(job, null)
        else if (!outcome.ok && now?.storagePath !== asset.storagePath) again(job)
        else if (await isAway(asset, outcome)) park(job)
        else if (!outcome.ok && outcome.code === 'file_vanished') await lookElsewhere(job, asset, outcome)
        else conclude(job, asset, outcome)
      }
    } catch (error) {
      if (!(error instanceof VitrineError)) onDefect(error)
      if (!stopped) later(job, toErrorData(error))
    } finally {
      inFlight--
      // Quick ones come back many at a time, and go on together.
      if (areQuick && inFlight > 0) kick()
      else guarded(pump)()
    }
  }
  const isAway = async ({ storagePath }: StoredAsset, outcome: MediaOutcome): Promise<boolean> => {
    if (outcome.ok || (outcome.code !== 'file_vanished' && outcome.code !== 'io_error')) return false
    return isAbsolute(storagePath) && (await options.isAway?.(storagePath)) === true
  }
  const lookElsewhere = async (job: QueueJob, asset: StoredAsset, outcome: MediaOutcome): Promise<void> => {
    const found = (await options.bringBack?.(asset.id)) ?? 'unknown'
    if (found === 'here') again(job)
    else if (found === 'away') park(job)
    else conclude(job, asset, outcome)
  }
  /** The file has another name since, or has come back. */
  const again = (job: QueueJob): void => {
    if (!stopped) catalog.queue.fail(job.id, { code: 'file_vanished', message: 'The file was moved.' }, clock.now())
  }
  /** Waits for its disk, which whoever watches it says is there again, or until it is fetched. */
  const park = (job: QueueJob): void => {
    if (!stopped) catalog.queue.fail(job.id, { code: 'file_vanished', message: 'The file is not there now.' }, null)
  }
  const conclude = (job: QueueJob, asset: StoredAsset, outcome: MediaOutcome): void => {
    const waits =
      !outcome.ok && (outcome.code === 'disk_full' || (outcome.code === 'io_error' && job.attempts < IO_ATTEMPTS))
    if (waits) {
      later(job, outcome)
      return
    }
    done(job, toRecord(asset, outcome))
  }
  const done = (job: QueueJob, record: MediaRecord | null): void => {
    ready.push({ job, record })
    if (ready.length >= FLUSH_RECORDS) flush()
    else cancelFlush ??= clock.after(FLUSH_MS, guarded(flush))
  }
  const flush = (): void => {
    cancelFlush?.()
    cancelFlush = null
    const batch = ready.splice(0)
    try {
      const records = batch.map(({ record }) => record).filter((record) => record !== null)
      if (records.length > 0) catalog.assets.recordMedia(records)
      // After the records: a crash between the two makes a file be read twice, never not at all.
      const [undrawn, finished] = divide(batch, ({ job, record }) => stageOf(job) === 'facts' && record?.ok === true)
      catalog.queue.complete(finished.map(({ job }) => job.id))
      if (undrawn.length > 0)
        catalog.queue.goOn(
          undrawn.map(({ job }) => job.id),
          DRAWING_STAGE,
          WHEN_NOTHING_ELSE,
        )
      if (failuresInARow > 0 && batch.length > 0) options.onProblem?.(null)
      failuresInARow = 0
    } catch (error) {
      if (!(error instanceof VitrineError)) throw error
      for (const { job } of batch) later(job, error)
    }
    pump()
  }
  /** The machine's trouble, not the file's: the job waits, and so do all others for a while. */
  const later = (job: QueueJob, problem: { readonly code: ErrorCode; readonly message: string }): void => {
    const wait = BACKOFF_MS[Math.min(failuresInARow, BACKOFF_MS.length - 1)] ?? 60_000
    const runAt = clock.now() + wait
    if (runAt > pausedUntil) {
      failuresInARow++
      pausedUntil = runAt
      options.onProblem?.({ code: problem.code, message: problem.message })
    }
    try {
      catalog.queue.fail(job.id, { code: problem.code, message: problem.message }, runAt)
    } catch (error) {
      // Not even the delay can be written down: the lease stays with this process, which tries again after the pause.
      claimed.push(job)
      onDefect(error)
    }
  }
  const guarded = (run: () => void) => (): void => {
    try {
      run()
    } catch (error) {
      onDefect(error)
      if (!stopped) cancelWake = clock.after(5_000, guarded(pump))
    }
  }
  const kick = (): void => {
    if (stopped || kicked) return
    kicked = true
    // After the caller's transaction and whatever it does next; many changes make one look.
    setImmediate(() => {
      kicked = false
      guarded(pump)()
    })
  }

  return {
    start() {
      if (!stopped) return
      stopped = false
      const stops = [catalog.onChange(kick), catalog.queue.onEnqueued('media', kick)]
      stopListening = () => {
        for (const stop of stops) stop()
      }
      kick()
    },
    kick,
    prefer(ids) {
      const unasked = ids.filter((id) => !preferred.has(id))
      if (unasked.length === 0) return
      if (preferred.size > PREFERRED_REMEMBERED) preferred = new Set()
      for (const id of unasked) preferred.add(id)
      catalog.queue.prefer('media', unasked, ++urgency)
      kick()
    },
    retry(selection) {
      const result = retryMedia(catalog, selection, clock.now())
      kick()
      return result
    },
    whenIdle: () =>
      new Promise((resolve) => {
        idleWaiters.add(resolve)
        kick()
      }),
    close() {
      stopped = true
      stopListening?.()
      cancelWake?.()
      cancelFlush?.()
      if (ready.length > 0) guarded(flush)()
    },
  }
}

/** The file, or a file that describes it, is another one by now. */
function isOutdated(asset: StoredAsset, now: StoredAsset | undefined): boolean {
  const hashes = (of: StoredAsset): string => [of.sha256, ...of.sidecars.map(({ sha256 }) => sha256)].join()
  return now === undefined || hashes(now) !== hashes(asset)
}

interface Done {
  readonly job: QueueJob
  readonly record: MediaRecord | null
}

/**
 * `facts`: the file is only read, thumbnails are a later job's, for which no import waits (`drawing`). The payload of a
 * media job is its stage, or null for all at once.
 */
function stageOf({ payload }: QueueJob): 'facts' | 'all' {
  return payload === 'facts' ? 'facts' : 'all'
}

function divide<T>(items: readonly T[], belongs: (item: T) => boolean): readonly [T[], T[]] {
  const yes: T[] = []
  const no: T[] = []
  for (const item of items) (belongs(item) ? yes : no).push(item)
  return [yes, no]
}

/** Of several versions of what describes an asset the last one counts. */
function latestOfEachKind({ sidecars }: StoredAsset): readonly Sidecar[] {
  return [...new Map(sidecars.map((sidecar) => [sidecarKind(sidecar.name), sidecar])).values()]
}

function taskFor(
  asset: StoredAsset,
  folder: LibraryFolder,
  stage: 'facts' | 'all',
): Parameters<MediaDecoder['process']>[0] {
  return {
    path: resolveStored(folder, asset.storagePath),
    sha256: asset.sha256,
    mimeType: asset.mimeType,
    thumbnailFolder: join(folder.thumbnails, asset.sha256.slice(0, 2)),
    sizes: stage === 'facts' ? [] : thumbnailSizes,
    sidecars: latestOfEachKind(asset).map(({ path }) => resolveStored(folder, path)),
    poster: posterOf(asset, folder),
  }
}

function toRecord(asset: StoredAsset, outcome: MediaOutcome): MediaRecord {
  if (outcome.ok) return { assetId: asset.id, ok: true, facts: outcome.facts }
  const { code, message, facts } = outcome
  return { assetId: asset.id, ok: false, status: statusFor(code), code, message, facts }
}

function statusFor(code: Extract<MediaOutcome, { ok: false }>['code']): 'error' | 'quarantined' | 'missing' {
  switch (code) {
    case 'decoder_crashed':
    case 'decoder_timeout':
    case 'decoder_memory':
      return 'quarantined'
    case 'file_vanished':
      return 'missing'
    case 'decode_failed':
    case 'pixel_limit':
    case 'io_error':
    case 'disk_full':
      return 'error'
  }
}
