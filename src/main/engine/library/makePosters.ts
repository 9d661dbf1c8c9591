import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { assetIdSchema } from '../../../shared/domain/ids.ts'
import type { PosterFrame } from '../../../shared/domain/posterFrame.ts'
import type { StoredAsset } from '../catalog/assetRecords.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { QueueJob } from '../catalog/queue.repository.ts'
import { fileError } from '../disk/fileError.ts'
import type { Clock, PosterFrames } from '../ports.ts'
import type { LibraryFolder } from './libraryFolder.ts'
import { posterPath } from './posterPath.ts'

export interface PosterMakerOptions {
  readonly catalog: Catalog
  readonly clock: Clock
  readonly folder: LibraryFolder
  readonly frames: PosterFrames
  /** A defect, or a disk that can't be written to, for the log. */
  readonly onDefect?: (error: unknown) => void
}

/** Has posters made of films whose decoders only a window has: in the background, one at a time, newest first. */
export interface PosterMaker {
  /** Begins with what is wanted; more is noticed by the catalogue's changes. */
  start(): void
  /** Stops asking; what is under way is given back to the queue by the next process. */
  close(): void
}

const PLAYED_NOWHERE =
  'This computer can’t play this video, so it has no poster. Install ffmpeg and read the file again to get one.'
/** Times a film is tried while the program runs; another start tries again. */
const ATTEMPTS = 3
const BACKOFF_MS = 5_000
/** Before what nobody waits for, behind what somebody has just asked for. */
const PRIORITY = 5

/**
 * The consumer of the poster queue, into which a record of media puts a film whose poster is `wanted`. The frame is kept
 * in the library's cache, and the film is read again, which finds it there. An import has been over for long by then.
 */
export function createPosterMaker({ catalog, clock, folder, frames, onDefect }: PosterMakerOptions): PosterMaker {
  let stopped = true
  let working = false
  let kicked = false
  let cancelWake: (() => void) | null = null
  let stopListening: (() => void) | null = null

  const kick = (): void => {
    if (stopped || kicked || working) return
    kicked = true
    // After the caller's transaction; many changes make one look.
    setImmediate(() => {
      kicked = false
      guarded(next)()
    })
  }
  const next = (): void => {
    if (stopped || working) return
    const [job] = catalog.queue.claim('poster', 1, clock.now())
    if (job === undefined) {
      rest()
      return
    }
    working = true
    work(job)
      .catch((error: unknown) => {
        onDefect?.(error)
        if (!stopped) later(job, 'The frame could not be kept.')
      })
      .finally(() => {
        working = false
        guarded(next)()
      })
  }
  const rest = (): void => {
    cancelWake?.()
    const due = catalog.queue.nextRunAt('poster')
    cancelWake = due === null ? null : clock.after(Math.max(due - clock.now(), 100), guarded(next))
  }
  const work = async (job: QueueJob): Promise<void> => {
    const asset = catalog.assets.findById(assetIdSchema.parse(job.key))
    if (asset === undefined) {
      catalog.queue.complete([job.id])
      return
    }
    const frame = await frames.capture(asset.id)
    if (!stopped) await conclude(job, asset, frame)
  }
  const conclude = async (job: QueueJob, asset: StoredAsset, frame: PosterFrame): Promise<void> => {
    if (frame.ok) {
      await keepFrame(posterPath(folder, asset.sha256), frame.picture)
      if (stopped) return
      catalog.queue.enqueue([{ kind: 'media', key: asset.id, payload: null, priority: PRIORITY, runAt: clock.now() }])
      catalog.queue.complete([job.id])
    } else if (frame.reason === 'unavailable') later(job, frame.message)
    else {
      explain(asset)
      catalog.queue.complete([job.id])
    }
  }
  const later = (job: QueueJob, message: string): void => {
    const runAt = job.attempts < ATTEMPTS ? clock.now() + BACKOFF_MS * job.attempts : null
    catalog.queue.fail(job.id, { code: 'engine_unavailable', message }, runAt)
  }
  const explain = (asset: StoredAsset): void => {
    const spec = { kind: 'media', label: () => 'Looked for a poster', undoable: false, now: clock.now() } as const
    catalog.mutate({ ...spec, recordChanges: false, groupId: 'media' }, (writer) => {
      writer.set('asset', asset.id, 'error_message', PLAYED_NOWHERE)
    })
  }
  const guarded = (run: () => void) => (): void => {
    try {
      run()
    } catch (error) {
      onDefect?.(error)
      if (!stopped) cancelWake = clock.after(BACKOFF_MS, guarded(next))
    }
  }

  return {
    start() {
      if (!stopped) return
      stopped = false
      // What was given up when the program ran last may be made by this one.
      catalog.queue.retry('poster', '', clock.now())
      stopListening = catalog.onChange(kick)
      kick()
    },
    close() {
      stopped = true
      stopListening?.()
      cancelWake?.()
    },
  }
}

/** Whole or not at all. @throws {VitrineError} what the disk says */
async function keepFrame(path: string, picture: Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(temporary, picture)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw fileError(error, path)
  }
}
