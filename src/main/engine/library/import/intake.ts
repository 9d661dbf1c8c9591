import { Worker } from 'node:worker_threads'
import { type ErrorData, fromErrorData, VitrineError } from '../../../../shared/contract/errors.ts'
import { inThreadPool } from './sourceAccess.ts'
import { type IntakeTask, type TakenIn, takeIn } from './takeIn.ts'

/** Reads files on threads of their own, so that hashing never keeps the engine from answering. */
export interface Intake {
  /**
   * Reads, hashes, copies and identifies a file. Rejects with the `VitrineError`s of `readAndCopy`; with `cancelled` when
   * the signal aborts.
   */
  take(task: IntakeTask, signal: AbortSignal): Promise<TakenIn>
  close(): Promise<void>
}

/** From a thread. */
export type IntakeAnswer =
  | { readonly id: number; readonly taken: TakenIn }
  | { readonly id: number; readonly error: ErrorData }
  | { readonly id: number; readonly defect: string }
/** To a thread, which sends back arrays of answers, in any order; an empty one first. */
export type IntakeMessage = { readonly tasks: readonly NumberedTask[] } | { readonly cancel: number }

interface NumberedTask {
  readonly id: number
  readonly task: IntakeTask
}

interface Waiting {
  readonly resolve: (taken: TakenIn) => void
  readonly reject: (error: unknown) => void
}
interface Thread {
  readonly worker: Worker
  readonly waiting: Map<number, Waiting>
  /** Not sent yet: what comes in one turn is one message. */
  unsent: NumberedTask[]
  online: boolean
  /** When it last answered, or was given something to do while it had nothing; of `performance.now()`. */
  heardAt: number
}

export interface IntakeOptions {
  /** Absolute path of `intake.thread`, source or bundle. */
  readonly program: string
  /** Threads while disks are fast. */
  readonly size: number
  /** Threads at most: each waits for its disk, so that more of them get more out of a slow one. As many as `size` if left out. */
  readonly most?: number
  /** How long a thread is silent until another one is started beside it, milliseconds. */
  readonly slowMs?: number
}

const SLOW_MS = 100

/**
 * Starts threads with the first file. Until they run, and if none can be started, files are read on the caller's thread: the
 * first dropped file must not wait for a start.
 */
export function createIntake({ program, size, most = size, slowMs = SLOW_MS }: IntakeOptions): Intake {
  const threads = new Set<Thread>()
  let nextId = 1
  let failed = false
  let closed = false

  const start = (): void => {
    const worker = new Worker(program)
    const thread: Thread = { worker, waiting: new Map(), unsent: [], online: false, heardAt: 0 }
    threads.add(thread)
    worker.unref()
    worker.on('message', (answers: readonly IntakeAnswer[]) => {
      // Its first message has no answers: by then its program has been loaded, which the event `online` does not wait for.
      thread.online = true
      for (const answer of answers) settle(thread, answer)
    })
    const end = (error: unknown): void => {
      threads.delete(thread)
      // One that could not even start would not start the next time either.
      failed ||= !thread.online
      for (const { reject } of thread.waiting.values()) reject(error)
      thread.waiting.clear()
    }
    worker.on('error', end)
    worker.on('exit', () => end(new VitrineError('cancelled', 'The import was stopped.')))
  }
  const send = (thread: Thread, one: NumberedTask): void => {
    thread.unsent.push(one)
    // After everything that the answers before have set going.
    if (thread.unsent.length === 1) process.nextTick(sendAll, thread)
  }
  const sendAll = (thread: Thread): void => {
    thread.worker.postMessage({ tasks: thread.unsent } satisfies IntakeMessage)
    thread.unsent = []
  }
  const settle = (thread: Thread, answer: IntakeAnswer): void => {
    const waiting = thread.waiting.get(answer.id)
    thread.waiting.delete(answer.id)
    thread.heardAt = performance.now()
    if (thread.waiting.size === 0) thread.worker.unref()
    if ('taken' in answer) waiting?.resolve(answer.taken)
    else waiting?.reject('error' in answer ? fromErrorData(answer.error) : new Error(answer.defect))
  }
  const areSlow = (): boolean => {
    const limit = performance.now() - slowMs
    return [...threads].every(({ online, waiting, heardAt }) => online && waiting.size > 0 && heardAt < limit)
  }
  const leastBusy = (): Thread | undefined => {
    if (!failed && (threads.size < size || (threads.size < most && areSlow()))) start()
    let best: Thread | undefined
    for (const thread of threads) {
      if (thread.online && (best === undefined || thread.waiting.size < best.waiting.size)) best = thread
    }
    return best
  }

  return {
    take(task, signal) {
      if (closed) return Promise.reject(new VitrineError('cancelled', 'The import was stopped.'))
      const thread = leastBusy()
      if (thread === undefined) return takeIn(task, signal, inThreadPool)
      const id = nextId++
      return new Promise((resolve, reject) => {
        const cancel = (): void => {
          // Behind the task, should that not be sent yet.
          process.nextTick(() => thread.worker.postMessage({ cancel: id } satisfies IntakeMessage))
        }
        const done = (): void => signal.removeEventListener('abort', cancel)
        if (thread.waiting.size === 0) thread.heardAt = performance.now()
        thread.waiting.set(id, {
          resolve: (taken) => {
            done()
            resolve(taken)
          },
          reject: (error) => {
            done()
            reject(error)
          },
        })
        signal.addEventListener('abort', cancel, { once: true })
        thread.worker.ref()
        send(thread, { id, task })
        if (signal.aborted) cancel()
      })
    },
    async close() {
      closed = true
      await Promise.all([...threads].map(({ worker }) => worker.terminate()))
    },
  }
}
