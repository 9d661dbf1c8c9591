import { basename } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { MediaLimits } from '../../../limits.ts'
import type { Finding, FromThread, ThreadJob, ToThread } from './threadJobs.ts'
import { THREAD_ROLE } from './threadRole.ts'

/** Heap of the thread, MB: the index of a long film, many times over. */
const HEAP_MB = 512

let thread: Worker | null = null
let nextId = 1

/**
 * Does a job in a thread that is thrown away when it hangs or takes too much memory: some damaged files send a library
 * around in circles for ever, in a loop that no timer of its own thread interrupts. Null if the file can't be understood,
 * or was too much for the thread. One job at a time.
 *
 * @param limits the thread gets a sixth of the time that the whole file has
 * @throws the file system's error
 */
export async function inThread<J extends ThreadJob>(job: J, limits: MediaLimits): Promise<Finding<J>> {
  thread ??= startThread()
  const worker = thread
  const id = nextId++
  return new Promise((resolve, reject) => {
    const end = (settle: () => void, keep: boolean) => {
      clearTimeout(timer)
      worker.off('message', onMessage)
      worker.off('error', onFailure)
      worker.off('exit', onFailure)
      if (keep) {
        worker.unref()
        settle()
      } else {
        thread = null
        worker.terminate().then(settle, settle)
      }
    }
    const onMessage = (message: FromThread) => {
      if (message.id !== id) return
      if (message.ok) end(() => resolve(message.finding as Finding<J>), true)
      else end(() => reject(Object.assign(new Error(message.error.message), message.error)), true)
    }
    // Out of memory, or a defect that the next file must not suffer from.
    const onFailure = () => end(() => resolve(null), false)
    const timer = setTimeout(onFailure, limits.timeoutMs / 6)
    worker.ref()
    worker.on('message', onMessage)
    worker.on('error', onFailure)
    worker.on('exit', onFailure)
    worker.postMessage({ id, job } satisfies ToThread)
  })
}

function startThread(): Worker {
  const worker = new Worker(program(), {
    workerData: { role: THREAD_ROLE },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    stdout: true,
    stderr: true,
  })
  // What libraries have to say about a damaged file would bury what matters in the log.
  worker.stdout.resume()
  worker.stderr.resume()
  return worker
}

/** The program of the media process, which becomes this thread by its role; beside the sources if nobody started it. */
function program(): URL {
  const started = process.argv[1] ?? ''
  if (/^media\.process\.[jt]s$/.test(basename(started))) return pathToFileURL(started)
  return new URL('../../../media.process.ts', import.meta.url)
}
