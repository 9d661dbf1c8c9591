import { Worker } from 'node:worker_threads'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import { type DumpedState, type DumpRequest, dumpState } from './dumpState.ts'

/** Puts a checkpoint together; null while there is none to be had. */
export type Dump = (request: DumpRequest, signal: AbortSignal) => Promise<DumpedState | null>

/**
 * `dumpState` on a thread of its own. Rejects with `cancelled` when it is stopped.
 * @param program absolute path of `dump.thread`, source or bundle
 */
export function dumpInThread(program: string): Dump {
  return (request, signal) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(program, { workerData: request })
      const stop = (): void => void worker.terminate()
      signal.addEventListener('abort', stop, { once: true })
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', () => {
        signal.removeEventListener('abort', stop)
        reject(
          signal.aborted
            ? new VitrineError('cancelled', 'Sync was stopped.')
            : new VitrineError('io_error', 'What a new device begins with could not be put together.'),
        )
      })
    })
}

/** For a library that is small, or for a program that has nothing else to do. */
export const dumpAtOnce: Dump = async (request) => dumpState(request)
