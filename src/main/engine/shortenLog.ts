import { Worker } from 'node:worker_threads'
import type { Catalog } from './catalog/catalog.ts'
import type { Clock } from './ports.ts'

/** Rows whose change fills a few megabytes of log. */
const ROWS = 1000
/** What follows at once goes into the same checkpoint, ms. */
const AFTER_MS = 300

/**
 * Has a thread move large changes from the log of the catalogue into its file, so that no commit has to. Returns a function that
 * ends this and resolves when no thread is at it any more. Without it, or where the thread can't, a commit does it once the log
 * has grown large.
 * @param program absolute path of `checkpoint.thread`, source or bundle
 */
export function shortenLog(
  catalog: Catalog,
  clock: Clock,
  file: string,
  program: string,
  onDefect: (error: unknown) => void,
): () => Promise<void> {
  let rows = 0
  let cancel: (() => void) | null = null
  let running: Promise<void> | null = null

  const begin = (): void => {
    cancel = null
    rows = 0
    running = new Promise<void>((resolve) => {
      const worker = new Worker(program, { workerData: file })
      worker.once('error', onDefect)
      worker.once('exit', () => resolve())
    }).then(() => {
      running = null
      look()
    })
  }
  const look = (): void => {
    if (rows >= ROWS && running === null && !ended) cancel ??= clock.after(AFTER_MS, begin)
  }
  let ended = false
  const stop = catalog.onChange(({ rowIds }) => {
    rows += rowIds.length
    look()
  })
  return async () => {
    ended = true
    stop()
    cancel?.()
    await running
  }
}
