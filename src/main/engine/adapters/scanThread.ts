import { Worker } from 'node:worker_threads'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { Clock, FolderScan, FolderScanEnd, FolderScanner, ScannedDirectory } from '../ports.ts'

export interface ScanThreadOptions {
  readonly clock: Clock
  /** The program of the thread. */
  readonly program: string
  /** How long a disk may take to answer, milliseconds. */
  readonly patienceMs?: number
}

type FromThread =
  | {
      readonly type: 'directories'
      readonly directories: readonly (Omit<ScannedDirectory, 'names' | 'folders'> & {
        readonly names: string
        readonly folders: string
      })[]
    }
  | { readonly type: 'end'; readonly end: FolderScanEnd }

/** A call into a network disk that is gone can last for minutes, and a local one that spins up for some ten seconds. */
const PATIENCE_MS = 45_000

/**
 * Scans folders in a thread of its own. One scan at a time; a disk that does not answer costs its thread, which can't be
 * ended while the system holds it, and is not asked again before the system lets it go.
 */
export function createScanThread({ clock, program, patienceMs = PATIENCE_MS }: ScanThreadOptions): FolderScanner {
  let idle: Worker | null = null
  let last: Promise<unknown> = Promise.resolve()
  /** Roots whose disk has not answered yet. */
  const stuck = new Set<string>()
  const running = new Set<Worker>()
  let closed = false

  const start = (): Worker => {
    const thread = new Worker(program)
    thread.unref()
    thread.once('exit', () => {
      if (idle === thread) idle = null
    })
    return thread
  }
  const take = (): Worker => {
    const thread = idle ?? start()
    idle = null
    running.add(thread)
    return thread
  }
  const run = (scan: FolderScan, onDirectory: (directory: ScannedDirectory) => void): Promise<FolderScanEnd> =>
    new Promise((resolve, reject) => {
      if (closed) throw new VitrineError('cancelled', 'The library was closed.')
      if (stuck.has(scan.root)) throw notAnswering(scan.root)
      const thread = take()
      const finish = (settle: () => void): void => {
        cancel()
        thread.off('message', onMessage).off('error', onError).off('exit', onExit)
        running.delete(thread)
        settle()
      }
      const giveUp = (): void =>
        finish(() => {
          stuck.add(scan.root)
          thread.once('exit', () => stuck.delete(scan.root))
          void thread.terminate()
          reject(notAnswering(scan.root))
        })
      const onError = (error: unknown): void => finish(() => reject(error))
      const onExit = (): void => finish(() => reject(new VitrineError('cancelled', 'The library was closed.')))
      const onMessage = (message: FromThread): void => {
        cancel()
        cancel = clock.after(patienceMs, giveUp)
        try {
          if (message.type === 'directories') for (const packed of message.directories) onDirectory(unpacked(packed))
          else
            finish(() => {
              if (closed) void thread.terminate()
              else idle = thread
              resolve(message.end)
            })
        } catch (error) {
          finish(() => {
            void thread.terminate()
            reject(error)
          })
        }
      }
      let cancel = clock.after(patienceMs, giveUp)
      thread.on('message', onMessage).on('error', onError).on('exit', onExit)
      thread.postMessage(scan)
    })

  return {
    scan(scan, onDirectory) {
      const result = last.then(
        () => run(scan, onDirectory),
        () => run(scan, onDirectory),
      )
      last = result.catch(() => {
        // Told to whoever asked.
      })
      return result
    },
    async close() {
      closed = true
      const threads = idle === null ? [...running] : [...running, idle]
      idle = null
      // Not waited for: one that the system holds ends when it is let go, and the process does not wait for it.
      for (const thread of threads) void thread.terminate()
    },
  }
}

function notAnswering(root: string): VitrineError {
  return new VitrineError('io_error', `The disk of ${root} does not answer.`)
}

function unpacked({
  names,
  folders,
  ...rest
}: Omit<ScannedDirectory, 'names' | 'folders'> & {
  readonly names: string
  readonly folders: string
}): ScannedDirectory {
  return { ...rest, names: split(names), folders: split(folders) }
}

function split(text: string): string[] {
  return text === '' ? [] : text.split('\0')
}
