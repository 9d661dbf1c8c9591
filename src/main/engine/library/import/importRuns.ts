import { toErrorData, VitrineError } from '../../../../shared/contract/errors.ts'
import type { ImportId } from '../../../../shared/domain/ids.ts'
import type { ImportSummary } from '../../../../shared/domain/import.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { ImportRow } from '../../catalog/importRecords.ts'
import type { Clock } from '../../ports.ts'
import type { ImportTools } from './importItem.ts'
import type { ImportProgress } from './importProgress.ts'
import { isOrganised, organiseImported } from './organise/organiseImported.ts'
import { type ImportRun, runImport } from './runImport.ts'

export interface ImportRunsOptions {
  readonly catalog: Catalog
  readonly clock: Clock
  readonly tools: ImportTools
  readonly progress: ImportProgress
  readonly onDefect: (error: unknown) => void
  /** An item is dealt with. */
  readonly onItem: (path: string, failed: boolean) => void
  readonly onCancelled: (id: ImportId) => void
  /** Whether nothing more is on its way to an import that has nothing left to do. */
  readonly mayEnd: (id: ImportId) => boolean
}

/** The imports that are under way: each is begun, gone on with after what stopped it, and ended when all of it is done. */
export interface ImportRuns {
  readonly closed: boolean
  begin(id: ImportId): void
  /** One that an earlier process had begun is looked at with the next `check`. */
  resume(id: ImportId): void
  /** Looks at one, and at all others, again. */
  look(id: ImportId): void
  check(): void
  /** There is more to do for it. */
  goOn(id: ImportId): void
  /** The same, if it runs. */
  wake(id: ImportId): void
  stop(id: ImportId): void
  /** Throws `not_found`. */
  row(id: ImportId): ImportRow
  /** Resolves when an import has come that far. Rejects with `not_found`, and `cancelled` when the library is closed. */
  when(id: ImportId, reached: (row: ImportRow) => boolean): Promise<ImportSummary>
  /** Resolves when nothing runs that runs now. */
  ended(): Promise<void>
  close(): void
  /** After `close`: what was under way has come to its end. */
  closedDown(): Promise<void>
}

const RETRY_AFTER_DEFECT_MS = 5_000
const PASSING: ReadonlySet<string> = new Set(['disk_full', 'library_read_only', 'io_error'])
const CHECK_MS = 30

export function importRuns(options: ImportRunsOptions): ImportRuns {
  const { catalog, clock, tools, progress, onDefect } = options
  const { imports } = catalog
  const runs = new Map<ImportId, ImportRun>()
  /** Imports whose files are all dealt with but whose thumbnails may not be. */
  const open = new Set<ImportId>()
  /** Begun by an earlier process, not yet gone on with. */
  const resumed = new Set<ImportId>()
  const waiters = new Set<() => void>()
  /** Imports whose assets are being given what their place said of them, and those that have it. */
  const organising = new Map<ImportId, Promise<void>>()
  const organised = new Set<ImportId>()
  let cancelCheck: (() => void) | null = null
  let checkCostMs = 0
  let closed = false

  const begin = (id: ImportId): void => {
    if (closed || runs.has(id)) return
    open.add(id)
    progress.begin(id)
    const onItem = (path: string, failed: boolean): void => {
      progress.count(id)
      progress.hold(id, null)
      options.onItem(path, failed)
    }
    const run = runImport(id, tools, { onItem, onProgress: progress.touch, onDefect }, resumed.delete(id))
    runs.set(id, run)
    run.ended.then(
      () => {
        runs.delete(id)
        check()
      },
      (error: unknown) => {
        onDefect(error)
        // Its items are pending still; a disk that is full now may have room later.
        progress.hold(id, toErrorData(error))
        clock.after(RETRY_AFTER_DEFECT_MS, () => {
          runs.delete(id)
          check()
        })
      },
    )
    progress.touch()
  }
  /** Ends imports that have nothing left to do, goes on with those that have, and wakes who waits. */
  const check = (): void => {
    if (closed) return
    cancelCheck?.()
    cancelCheck = null
    const before = performance.now()
    for (const id of open) if (!runs.has(id)) tryToCheck(id)
    for (const wake of [...waiters]) wake()
    checkCostMs = performance.now() - before
    progress.touch()
  }
  /** The end of an import is written down too: on a full disk that fails, and is tried again. */
  const tryToCheck = (id: ImportId): void => {
    try {
      checkOne(id)
    } catch (error) {
      onDefect(error)
      progress.hold(id, toErrorData(error))
      cancelCheck ??= clock.after(RETRY_AFTER_DEFECT_MS, check)
    }
  }
  const checkOne = (id: ImportId): void => {
    const row = imports.get(id)
    if (row === undefined || row.finishedAt !== null) open.delete(id)
    else if (row.state === 'cancelling') endCancelled(id)
    // One that was begun before runs also with nothing pending: it may have been killed before it removed what it moved.
    else if (row.state === 'counting' || row.counts.pending > 0 || resumed.has(id)) begin(id)
    else if (row.counts.processing === 0 && options.mayEnd(id)) end(row)
  }
  const end = (row: ImportRow): void => {
    if (!isOrganised(row.options) || organised.has(row.id)) {
      imports.setState(row.id, 'done', clock.now())
      open.delete(row.id)
    } else if (!organising.has(row.id)) {
      const work = organiseImported(catalog, row, () => clock.now())
        .then(() => {
          organised.add(row.id)
          return 0
        }, organisingFailed(row.id))
        .then((wait) => {
          clock.after(wait, () => {
            organising.delete(row.id)
            check()
          })
        })
      organising.set(row.id, work)
    }
  }
  /** A full disk may have room later; what else keeps it from being done (the other library is gone, say) does not pass. */
  const organisingFailed =
    (id: ImportId) =>
    (error: unknown): number => {
      onDefect(error)
      const passes = error instanceof VitrineError && PASSING.has(error.code)
      progress.hold(id, passes ? toErrorData(error) : null)
      if (!passes) organised.add(id)
      return passes ? RETRY_AFTER_DEFECT_MS : 0
    }
  const endCancelled = (id: ImportId): void => {
    imports.cancelPending(id)
    imports.setState(id, 'cancelled', clock.now())
    options.onCancelled(id)
    open.delete(id)
  }
  // Thumbnails that are made end imports too; the queue is up to date a moment after the catalogue has changed.
  const stopListening = catalog.onChange(() => {
    if (open.size > 0 && !closed) cancelCheck ??= clock.after(Math.max(CHECK_MS, checkCostMs * 10), check)
  })
  const row = (id: ImportId): ImportRow => {
    const found = imports.get(id)
    if (found === undefined) throw new VitrineError('not_found', 'There is no such import any more.')
    return found
  }
  const ended = async (): Promise<void> => {
    await Promise.allSettled([...runs.values()].map((run) => run.ended))
  }

  return {
    get closed() {
      return closed
    },
    begin,
    resume(id) {
      open.add(id)
      resumed.add(id)
    },
    look(id) {
      open.add(id)
      check()
    },
    check,
    goOn(id) {
      const run = runs.get(id)
      if (run === undefined) begin(id)
      else run.wake()
    },
    wake: (id) => runs.get(id)?.wake(),
    stop: (id) => runs.get(id)?.stop(),
    row,
    when: (id, reached) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          try {
            if (closed) throw new VitrineError('cancelled', 'The library was closed.')
            if (!reached(row(id))) return
            resolve(progress.summary(id))
          } catch (error) {
            reject(error)
          }
          waiters.delete(look)
        }
        waiters.add(look)
        look()
      }),
    ended,
    close() {
      closed = true
      stopListening()
      cancelCheck?.()
      for (const run of runs.values()) run.stop()
    },
    async closedDown() {
      await ended()
      await Promise.allSettled(organising.values())
      for (const wake of [...waiters]) wake()
    },
  }
}
