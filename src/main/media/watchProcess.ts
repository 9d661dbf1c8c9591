import { writeSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import { memoryLimitMarker } from '../../shared/contract/mediaWire.ts'

/** What the decoder's main thread hands to its watchdog. */
export interface WatchdogData {
  readonly memoryLimitBytes: number
  /** Milliseconds a task may take before the process ends itself; later than the pool's own limit. */
  readonly taskLimitMs: number
  /** One Float64: when the running task began (ms since the epoch), 0 while there is none. */
  readonly startedAt: SharedArrayBuffer
}

const INTERVAL_MS = 100

/**
 * Runs in a thread of the decoder process, because the main thread can be stuck inside a decoder. Ends the process when
 * it holds too much memory, when its engine is gone, or when a task has run far past its time.
 */
export function watchProcess(): void {
  const { memoryLimitBytes, taskLimitMs, startedAt } = workerData as WatchdogData
  const started = new Float64Array(startedAt)
  const engine = process.ppid
  setInterval(() => {
    if (process.memoryUsage.rss() > memoryLimitBytes) end(`${memoryLimitMarker}\n`)
    if (process.ppid !== engine) end('vitrine-media: the engine is gone\n')
    const start = started[0] ?? 0
    if (start > 0 && Date.now() - start > taskLimitMs) end('vitrine-media: the task does not end\n')
  }, INTERVAL_MS)
}

function end(reason: string): void {
  try {
    writeSync(2, reason)
  } finally {
    process.kill(process.pid, 'SIGKILL')
  }
}
