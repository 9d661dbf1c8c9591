import { availableParallelism } from 'node:os'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { MediaDecoder, MediaOutcome, MediaTask } from '../ports.ts'
import { type MediaWorker, startMediaWorker, type TaskEnd } from './mediaWorker.ts'

export interface MediaPoolOptions {
  /** Absolute path of our Node binary. */
  readonly nodePath: string
  /** `media.process.js` of a build, or the TypeScript file itself. */
  readonly workerPath: string
  /** Most processes at once; one a core unless said otherwise. */
  readonly size?: number
  /** How long one file may take. */
  readonly timeoutMs?: number
  /** Resident memory past which a process is ended, bytes. */
  readonly memoryLimitBytes?: number
  /** Added to the environment of the processes. */
  readonly env?: Readonly<Record<string, string>>
  /** What a process said before it broke down; to the console unless said otherwise. */
  readonly onBreakdown?: (text: string) => void
  /** How long a process without work is kept. */
  readonly idleMs?: number
  /** Starts one process at once, and always keeps one, so that the first dropped file doesn't wait for a start. */
  readonly warm?: boolean
}

interface Waiting {
  readonly task: MediaTask
  readonly attempt: number
  readonly resolve: (outcome: MediaOutcome) => void
  readonly reject: (error: VitrineError) => void
}

const DEFAULT_TIMEOUT_MS = 60_000
const DEFAULT_MEMORY_BYTES = 2 * 1024 ** 3
const DEFAULT_IDLE_MS = 60_000
const CRASHES_BEFORE_BLAME = 2
const STARTS_BEFORE_GIVING_UP = 3

/**
 * The pool of decoder processes. A process that crashes, hangs or takes too much memory is replaced, and only the file
 * it had is marked; a crash is tried once more in a fresh process first. `process` rejects (code `internal`) only when
 * no process can be started at all, and with `cancelled` when the pool is closed.
 */
export function createMediaPool(options: MediaPoolOptions): MediaDecoder {
  const size = options.size ?? availableParallelism()
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS
  const memoryLimitBytes = options.memoryLimitBytes ?? DEFAULT_MEMORY_BYTES
  const idleMs = options.idleMs ?? DEFAULT_IDLE_MS
  const { nodePath, workerPath, env = {}, warm = false } = options
  const onBreakdown = options.onBreakdown ?? ((text: string) => console.error(text))
  const start = (): MediaWorker =>
    startMediaWorker({ nodePath, workerPath, timeoutMs, memoryLimitBytes, env, onBreakdown })

  const waiting: Waiting[] = []
  const idle: { readonly worker: MediaWorker; readonly timer: NodeJS.Timeout }[] = []
  const busy = new Set<MediaWorker>()
  let failedStarts = 0
  let closed = false

  const rest = (worker: MediaWorker): void => {
    const timer = setTimeout(() => {
      const at = idle.findIndex((entry) => entry.worker === worker)
      if (at < 0 || (warm && idle.length + busy.size === 1)) return
      idle.splice(at, 1)
      void worker.kill()
    }, idleMs)
    timer.unref()
    idle.push({ worker, timer })
  }
  const takeWorker = (): MediaWorker | null => {
    for (let entry = idle.pop(); entry !== undefined; entry = idle.pop()) {
      clearTimeout(entry.timer)
      if (entry.worker.usable) return entry.worker
    }
    return busy.size < size ? start() : null
  }
  const serve = async (worker: MediaWorker, item: Waiting): Promise<void> => {
    busy.add(worker)
    const end = await worker.run(item.task)
    busy.delete(worker)
    if (end.kind === 'answered') {
      failedStarts = 0
      // Memory that one file leaves behind must not be held against the next.
      if (closed || end.rss > memoryLimitBytes / 2) void worker.kill()
      else rest(worker)
    }
    if (closed) item.reject(cancelled())
    else settle(item, end)
    dispatch()
  }
  const settle = (item: Waiting, end: TaskEnd): void => {
    if (end.kind === 'not-started') {
      failedStarts++
      if (failedStarts < STARTS_BEFORE_GIVING_UP) waiting.unshift(item)
      else item.reject(cannotStart(end.detail))
    } else if (end.kind === 'crashed' && item.attempt < CRASHES_BEFORE_BLAME) {
      waiting.unshift({ ...item, attempt: item.attempt + 1 })
    } else {
      item.resolve(toOutcome(end, timeoutMs, memoryLimitBytes))
    }
  }
  const dispatch = (): void => {
    while (!closed && waiting.length > 0) {
      const worker = takeWorker()
      if (worker === null) return
      const item = waiting.shift()
      if (item === undefined) rest(worker)
      else void serve(worker, item)
    }
  }

  if (warm) rest(start())
  return {
    concurrency: size,
    process(task) {
      return new Promise((resolve, reject) => {
        if (closed) return reject(cancelled())
        waiting.push({ task, attempt: 1, resolve, reject })
        dispatch()
      })
    },
    async close() {
      closed = true
      for (const item of waiting.splice(0)) item.reject(cancelled())
      for (const { timer } of idle) clearTimeout(timer)
      await Promise.all([...idle.splice(0).map(({ worker }) => worker), ...busy].map((worker) => worker.kill()))
    },
  }
}

function toOutcome(
  end: Exclude<TaskEnd, { kind: 'not-started' }>,
  timeoutMs: number,
  memoryLimitBytes: number,
): MediaOutcome {
  switch (end.kind) {
    case 'answered':
      return end.outcome
    case 'crashed':
      return {
        ok: false,
        code: 'decoder_crashed',
        message: `The decoder broke down on this file twice (it ${end.detail}). The original is kept; it has no preview.`,
        facts: null,
      }
    case 'timeout':
      return {
        ok: false,
        code: 'decoder_timeout',
        message: `This file took longer than ${Math.round(timeoutMs / 100) / 10} seconds to read. The original is kept; it has no preview.`,
        facts: null,
      }
    case 'memory':
      return {
        ok: false,
        code: 'decoder_memory',
        message: `Reading this file took more than ${Math.round(memoryLimitBytes / 1024 ** 2)} MB of memory. The original is kept; it has no preview.`,
        facts: null,
      }
  }
}

function cancelled(): VitrineError {
  return new VitrineError('cancelled', 'The decoders were shut down.')
}

function cannotStart(detail: string): VitrineError {
  return new VitrineError('internal', `The picture decoder can't be started. Reinstall Vitrine. (${detail})`)
}
