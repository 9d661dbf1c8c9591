import { Worker } from 'node:worker_threads'
import {
  type FromMedia,
  type MediaAnswer,
  type MediaJob,
  mediaEnvironment,
  toMediaSchema,
} from '../../shared/contract/mediaWire.ts'
import { injectFault } from './injectFault.ts'
import { type MediaLimits, readLimits } from './limits.ts'
import { lookClosely } from './lookClosely.ts'
import { readMedia } from './readMedia.ts'
import type { WatchdogData } from './watchProcess.ts'

/**
 * Answers tasks from the parent process in the order in which they come, one file at a time, until the channel closes.
 * @param entryUrl the file to start again as a thread, for the watchdog
 */
export function serveTasks(entryUrl: string): void {
  const limits = readLimits(process.env)
  const residentBytes = residentMemory()
  const startedAt = new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT))
  startWatchdog(entryUrl, limits, startedAt)

  process.on('disconnect', () => process.exit(0))
  const answer = async (message: unknown): Promise<void> => {
    const { id, jobs } = toMediaSchema.parse(message)
    const answers: MediaAnswer[] = []
    for (const job of jobs) {
      startedAt[0] = Date.now()
      answers.push(await run(job, limits))
    }
    startedAt[0] = 0
    send({ type: 'done', id, answers, rss: residentBytes() })
  }
  let answered = Promise.resolve()
  process.on('message', (message) => {
    // What is thrown past `run` is a defect: the process ends, and the pool treats it as a crash.
    answered = answered.then(() => answer(message)).catch(abort)
  })
  send({ type: 'ready' })
}

async function run(job: MediaJob, limits: MediaLimits): Promise<MediaAnswer> {
  if (process.env[mediaEnvironment.faults] === '1') await injectFault(job.task.path)
  if (job.kind === 'read') {
    const { task } = job
    const outcome = task.wanted === undefined ? await readMedia(task, limits) : await lookClosely(task, limits)
    return { kind: 'read', outcome }
  }
  const { renderPicture } = await import('./render/renderPicture.ts')
  return { kind: 'render', outcome: await renderPicture(job.task, limits) }
}

/** Not measured after each of many quick tasks: the system takes longer to tell than some of them to be done. */
const MEASURED_EVERY_MS = 20

/** The resident memory of this process in bytes, as it was at most 20 ms ago. */
function residentMemory(): () => number {
  let measuredAt = Number.NEGATIVE_INFINITY
  let bytes = 0
  return () => {
    const now = performance.now()
    if (now - measuredAt > MEASURED_EVERY_MS) {
      bytes = process.memoryUsage.rss()
      measuredAt = now
    }
    return bytes
  }
}

function startWatchdog(entryUrl: string, limits: MediaLimits, startedAt: Float64Array<SharedArrayBuffer>): void {
  const workerData: WatchdogData = {
    memoryLimitBytes: limits.memoryBytes,
    taskLimitMs: limits.timeoutMs + 5_000,
    startedAt: startedAt.buffer,
  }
  const watchdog = new Worker(new URL(entryUrl), { workerData })
  watchdog.unref()
  watchdog.on('error', abort)
}

function send(message: FromMedia): void {
  // After a disconnect nobody is left to tell; the process is about to end.
  if (process.connected) process.send?.(message)
}

function abort(error: unknown): void {
  console.error(error)
  process.exit(70)
}
