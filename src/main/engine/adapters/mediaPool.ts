import { availableParallelism } from 'node:os'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { MediaAnswer, MediaJob } from '../../../shared/contract/mediaWire.ts'
import type { MediaDecoder, MediaOutcome, PictureRenderer } from '../ports.ts'
import { type GroupEnd, type MediaWorker, startMediaWorker } from './mediaWorker.ts'

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
  readonly job: MediaJob
  readonly attempt: number
  /** It was in a group over which a process ended: whether it is to blame shows when it is the only one. */
  readonly alone: boolean
  readonly resolve: (answer: MediaAnswer | Blame) => void
  readonly reject: (error: VitrineError) => void
}

/** The file ended its process. */
interface Blame {
  readonly kind: 'blame'
  readonly outcome: Extract<MediaOutcome, { ok: false }>
}

const DEFAULT_TIMEOUT_MS = 60_000
const DEFAULT_MEMORY_BYTES = 2 * 1024 ** 3
const DEFAULT_IDLE_MS = 60_000
const CRASHES_BEFORE_BLAME = 2
const STARTS_BEFORE_GIVING_UP = 3
/** Files that are only read, in a fraction of a millisecond each: so many are handed over at once, or messages take longer than the work. */
const QUICK_GROUP = 16
/** Groups of these that a process has at once, so that it never waits for an engine that is busy writing. */
const QUICK_GROUPS = 2
/** Pictures whose facts stand in their first bytes, or can be skipped to. */
const quickTypes = /^image\/(png|jpeg|webp|avif|gif|bmp)$/

/**
 * The pool of decoder processes. A process that crashes, hangs or takes too much memory is replaced, and only the file
 * it had is marked; a crash is tried once more in a fresh process first. `process` rejects (code `internal`) only when
 * no process can be started at all, and with `cancelled` when the pool is closed.
 */
export function createMediaPool(options: MediaPoolOptions): MediaDecoder & PictureRenderer {
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
  /** How many groups each has, and whether all are quick. */
  const busy = new Map<MediaWorker, { groups: number; readonly quick: boolean }>()
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
  const takeWorker = (quick: boolean): MediaWorker | null => {
    for (let entry = idle.pop(); entry !== undefined; entry = idle.pop()) {
      clearTimeout(entry.timer)
      if (entry.worker.usable) return entry.worker
    }
    if (busy.size < size) return start()
    if (!quick) return null
    const free = [...busy].filter(([worker, has]) => worker.usable && has.quick && has.groups < QUICK_GROUPS)
    return free.sort(([, one], [, other]) => one.groups - other.groups)[0]?.[0] ?? null
  }
  const serve = async (worker: MediaWorker, group: readonly Waiting[], quick: boolean): Promise<void> => {
    const has = busy.get(worker) ?? { groups: 0, quick }
    busy.set(worker, has)
    has.groups++
    const end = await worker.run(group.map(({ job }) => job))
    has.groups--
    if (has.groups === 0) busy.delete(worker)
    if (end.kind === 'answered') {
      failedStarts = 0
      // Memory that one file leaves behind must not be held against the next.
      if (closed || end.rss > memoryLimitBytes / 2) void worker.kill()
      else if (has.groups === 0) rest(worker)
    }
    if (closed) for (const item of group) item.reject(cancelled())
    else settle(group, end)
    dispatch()
  }
  const settle = (group: readonly Waiting[], end: GroupEnd): void => {
    const [first] = group
    if (end.kind === 'answered') {
      for (const [index, item] of group.entries()) {
        const answer = end.answers[index]
        if (answer !== undefined) item.resolve(answer)
      }
    } else if (end.kind === 'not-reached') waiting.unshift(...group)
    else if (end.kind === 'not-started') {
      failedStarts++
      if (failedStarts < STARTS_BEFORE_GIVING_UP) waiting.unshift(...group)
      else for (const item of group) item.reject(cannotStart(end.detail))
    } else if (group.length > 1) waiting.unshift(...group.map((item) => ({ ...item, alone: true })))
    else if (first === undefined) return
    else if (end.kind === 'crashed' && first.attempt < CRASHES_BEFORE_BLAME) {
      waiting.unshift({ ...first, attempt: first.attempt + 1 })
    } else first.resolve(blame(end, timeoutMs, memoryLimitBytes))
  }
  const dispatch = (): void => {
    while (!closed) {
      const [first] = waiting
      if (first === undefined) return
      const quick = isQuick(first)
      const worker = takeWorker(quick)
      if (worker === null) return
      void serve(worker, nextGroup(waiting, size), quick)
    }
  }
  let dispatching = false
  /** After whatever else is asked for in the same breath, so that it can go together. */
  const dispatchSoon = (): void => {
    if (dispatching) return
    dispatching = true
    queueMicrotask(() => {
      dispatching = false
      dispatch()
    })
  }

  const handOver = (job: MediaJob): Promise<MediaAnswer | Blame> =>
    new Promise((resolve, reject) => {
      if (closed) return reject(cancelled())
      waiting.push({ job, attempt: 1, alone: false, resolve, reject })
      dispatchSoon()
    })

  if (warm) rest(start())
  return {
    concurrency: size,
    async process(task) {
      const answer = await handOver({
        kind: 'read',
        task: { ...task, sizes: task.sizes, sidecars: [...task.sidecars] },
      })
      if (answer.kind === 'render') throw mixedUp()
      return answer.outcome
    },
    async render(task) {
      const answer = await handOver({ kind: 'render', task })
      if (answer.kind === 'read') throw mixedUp()
      return answer.outcome
    },
    async close() {
      closed = true
      for (const item of waiting.splice(0)) item.reject(cancelled())
      for (const { timer } of idle) clearTimeout(timer)
      await Promise.all([...idle.splice(0).map(({ worker }) => worker), ...busy.keys()].map((worker) => worker.kill()))
    },
  }
}

/** A file that is only read, of a kind that is read in next to no time. */
function isQuick({ job, alone }: Waiting): boolean {
  if (alone || job.kind === 'render') return false
  const { task } = job
  return task.sizes.length === 0 && task.sidecars.length === 0 && quickTypes.test(task.mimeType)
}

/** Takes what a process is to do next: one task, or quick ones together, but no more than a fair part of them. */
function nextGroup(waiting: Waiting[], processes: number): readonly Waiting[] {
  const other = waiting.findIndex((item) => !isQuick(item))
  const quick = other < 0 ? waiting.length : other
  return waiting.splice(0, Math.max(1, Math.min(QUICK_GROUP, Math.ceil(quick / processes))))
}

function blame(
  end: Extract<GroupEnd, { kind: 'crashed' | 'timeout' | 'memory' }>,
  timeoutMs: number,
  memoryLimitBytes: number,
): Blame {
  return { kind: 'blame', outcome: blamed(end, timeoutMs, memoryLimitBytes) }
}

function blamed(
  end: Extract<GroupEnd, { kind: 'crashed' | 'timeout' | 'memory' }>,
  timeoutMs: number,
  memoryLimitBytes: number,
): Blame['outcome'] {
  switch (end.kind) {
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

function mixedUp(): VitrineError {
  return new VitrineError('internal', 'A decoder answered another question than it was asked.')
}

function cancelled(): VitrineError {
  return new VitrineError('cancelled', 'The decoders were shut down.')
}

function cannotStart(detail: string): VitrineError {
  return new VitrineError('internal', `The picture decoder can't be started. Reinstall Vitrine. (${detail})`)
}
