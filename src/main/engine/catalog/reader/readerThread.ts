import { Worker } from 'node:worker_threads'
import { fromErrorData, VitrineError } from '../../../../shared/contract/errors.ts'
import type { VectorPart } from './libraryReader.ts'
import type { FromReader, ReaderOptions, ReaderTaskName, ReaderTasks, ToReader } from './readerWire.ts'

/** Of short-lived objects, megabytes: rows come in steps, and what is kept is few large arrays. */
const YOUNG_MB = 8

export type OnPart = (part: VectorPart, revision: number) => void

/** A task that a reader works on. */
export interface ReaderTask<T> {
  /** Rejects with the errors of the task, and with `cancelled` after `cancel`. */
  readonly result: Promise<T>
  cancel(): void
}

/** One thread that reads a catalogue. It is started with the first task at the latest, and again when it has died. */
export interface ReaderThread {
  run<N extends ReaderTaskName>(
    name: N,
    input: ReaderTasks[N]['input'],
    onPart?: OnPart,
  ): ReaderTask<ReaderTasks[N]['output']>
  /** Starts it, so that the first task need not wait for that. */
  start(): void
  /** A mutation was committed. */
  changed(revision: number, rowIds: readonly number[]): void
  /** Whether tasks can be given without waiting for a start. */
  readonly running: boolean
  close(): Promise<void>
}

interface Running {
  readonly resolve: (value: never) => void
  readonly reject: (error: unknown) => void
  readonly onPart: OnPart | undefined
}

/** @param program absolute path of `reader.thread`, source or bundle */
export function createReaderThread(program: string, options: ReaderOptions): ReaderThread {
  const tasks = new Map<number, Running>()
  let worker: Worker | null = null
  let nextId = 1
  let closed = false

  function start(): Worker {
    const started = new Worker(program, {
      workerData: options,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    })
    started.unref()
    started.on('message', settle)
    const end = (error: unknown): void => {
      if (worker !== started) return
      worker = null
      const lost = [...tasks.values()]
      tasks.clear()
      for (const { reject } of lost) reject(error)
    }
    started.on('error', (error) => end(asTyped(error)))
    started.on('exit', () => end(interrupted()))
    worker = started
    return started
  }

  function settle(message: FromReader): void {
    const task = tasks.get(message.id)
    if (message.type === 'part') {
      task?.onPart?.(message.part, message.revision)
      return
    }
    tasks.delete(message.id)
    if (tasks.size === 0) worker?.unref()
    if (message.type === 'done') task?.resolve(message.value as never)
    else task?.reject(message.type === 'failed' ? fromErrorData(message.error) : new Error(message.text))
  }

  return {
    get running() {
      return worker !== null
    },
    run(name, input, onPart) {
      const cancelled = new Int32Array(new SharedArrayBuffer(4))
      const id = nextId++
      const result = new Promise<never>((resolve, reject) => {
        if (closed) throw new VitrineError('cancelled', 'The library was closed.')
        tasks.set(id, { resolve, reject, onPart })
        const thread = worker ?? start()
        // While a task runs the process lives.
        thread.ref()
        thread.postMessage({ type: 'task', id, name, input, cancelled } as ToReader)
      })
      return {
        result,
        cancel() {
          Atomics.store(cancelled, 0, 1)
          tasks.get(id)?.reject(new VitrineError('cancelled', 'Something else was asked for.'))
        },
      }
    },
    start() {
      if (!closed && worker === null) start()
    },
    changed(revision, rowIds) {
      worker?.postMessage({ type: 'changed', revision, rowIds } satisfies ToReader)
    },
    async close() {
      closed = true
      const thread = worker
      worker = null
      for (const { reject } of tasks.values()) reject(new VitrineError('cancelled', 'The library was closed.'))
      tasks.clear()
      await thread?.terminate()
    },
  }
}

function interrupted(): VitrineError {
  return new VitrineError('engine_restarting', 'Reading the library was interrupted. Try again.')
}

/** A thread that could not start says why with an error that has lost its class on the way. */
function asTyped(error: unknown): unknown {
  const { code, message } = error as { code?: unknown; message?: unknown }
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return interrupted()
  return new Error(`A thread that reads the library ended: ${String(message)}`, { cause: error })
}
