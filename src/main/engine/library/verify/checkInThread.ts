import { Worker } from 'node:worker_threads'
import { VitrineError } from '../../../../shared/contract/errors.ts'

/**
 * What is wrong with a catalogue, read on a thread of its own.
 * @param program absolute path of `check.thread`, source or bundle
 * @param file the catalogue
 */
export function checkInThread(program: string, file: string): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, { workerData: file })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => reject(new VitrineError('io_error', 'The catalogue could not be checked.')))
  })
}
