import { lstat, readdir, rmdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { GenerationJobId } from '../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { RunningJob } from '../catalog/generationJobs.repository.ts'
import type { Clock } from '../ports.ts'

export interface JobTrackerOptions {
  readonly catalog: Pick<Catalog, 'jobs' | 'onChange'>
  readonly clock: Clock
  /** Its first subfolders are the jobs. */
  readonly dropFolder: string
  /** For the log. */
  readonly onDefect: (error: unknown) => void
}

/** How long nothing must have happened in a job until it is complete, milliseconds. */
const QUIET_MS = 30_000
const LOOK_MS = 1_000
/** Entries of a job's folder that are looked at; with more, there is surely something in it. */
const MOST_ENTRIES = 10_000

/**
 * Ends generation jobs: one is complete, or failed if nothing of it could be taken in, when all its files are dealt with
 * and none has come or changed for half a minute. A subfolder that is empty by then is removed from the drop folder;
 * generators make theirs anew. A job whose subfolder gets another file runs again.
 */
export function trackJobs(options: JobTrackerOptions): { close(): Promise<void> } {
  const { catalog, clock } = options
  /** Running jobs with what they were like when that last changed. */
  const seen = new Map<GenerationJobId, { readonly state: string; readonly since: number }>()
  let cancelTimer: (() => void) | null = null
  let looking: Promise<void> = Promise.resolve()
  let closed = false

  const schedule = (): void => {
    if (closed) return
    cancelTimer ??= clock.after(LOOK_MS, () => {
      looking = look()
        .catch(options.onDefect)
        .then(() => {
          cancelTimer = null
          if (seen.size > 0) schedule()
        })
    })
  }
  const look = async (): Promise<void> => {
    const running = catalog.jobs.running()
    const ids = new Set(running.map(({ id }) => id))
    for (const id of seen.keys()) if (!ids.has(id)) seen.delete(id)
    for (const job of running) if (isQuiet(job)) await end(job)
  }
  const isQuiet = ({ id, counts }: RunningJob): boolean => {
    const state = JSON.stringify(counts)
    const before = seen.get(id)
    const now = clock.now()
    // A clock that was set back would otherwise hold the job open for as long.
    if (before?.state !== state || counts.processing > 0 || before.since > now) {
      seen.set(id, { state, since: now })
      return false
    }
    return now - before.since >= QUIET_MS
  }
  const end = async (job: RunningJob): Promise<void> => {
    const folder = folderOf(options.dropFolder, job.folder)
    const content = folder === null ? null : await contentOf(folder)
    // Something is still being written that nobody has reported yet.
    if (closed || (content !== null && clock.now() - content.newestMs < QUIET_MS)) return
    catalog.jobs.finish(job, clock.now())
    seen.delete(job.id)
    if (folder !== null && content?.files === 0) await removeEmpty(folder)
  }

  const stopListening = catalog.onChange(schedule)
  schedule()
  return {
    async close() {
      closed = true
      stopListening()
      cancelTimer?.()
      await looking
    },
  }
}

/** Null for a name that is no name of a subfolder: jobs come from other devices too. */
function folderOf(dropFolder: string, name: string): string | null {
  return name !== '' && name !== '.' && name !== '..' && basename(name) === name ? join(dropFolder, name) : null
}

interface Content {
  /** Everything that is not a folder. */
  readonly files: number
  /** When something in it was written, added or taken away last, milliseconds. */
  readonly newestMs: number
}

/** Null for a folder that is not there, or can't be read, or is a link to somewhere else. */
async function contentOf(folder: string): Promise<Content | null> {
  try {
    const top = await lstat(folder)
    if (!top.isDirectory()) return null
    let [files, newestMs, entries] = [0, top.mtimeMs, 0]
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (++entries > MOST_ENTRIES) return { files: entries, newestMs }
      if (!entry.isDirectory()) files++
      const found = await lstat(join(entry.parentPath, entry.name)).catch(() => null)
      newestMs = Math.max(newestMs, found?.mtimeMs ?? 0)
    }
    return { files, newestMs }
  } catch {
    return null
  }
}

/** Removes a folder with the folders in it. One that has got a file meanwhile stays, and so do those above it. */
async function removeEmpty(folder: string): Promise<void> {
  try {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) await removeEmpty(join(folder, entry.name))
    }
    await rmdir(folder)
  } catch {
    // Not empty any more, or not to be removed: it does no harm.
  }
}
