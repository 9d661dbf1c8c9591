import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { Pace } from '../../ports.ts'

/** How much may go at once after a pause, seconds of the rate. */
const BURST_SECONDS = 0.2

/** A pace whose rate can be changed while transfers are under way. */
export interface AdjustablePace extends Pace {
  /** Bytes per second, null for no limit. Whoever waits goes on at the new rate. */
  setLimit(bytesPerSecond: number | null): void
}

interface Waiter {
  readonly bytes: number
  readonly go: () => void
}

/**
 * A token bucket that all transfers of one direction share: tokens are bytes, and it fills at the limit. Takers are
 * served in the order in which they came, and one may take more than there is: the next then waits until the debt is
 * paid, so that no size is too large for a small limit. `elapsedMs` must not jump, unlike a wall clock.
 */
export function tokenBucket(
  elapsedMs: () => number,
  after: (ms: number, callback: () => void) => () => void,
): AdjustablePace {
  const waiting: Waiter[] = []
  let limit: number | null = null
  let tokens = 0
  let filledAt = elapsedMs()
  let cancelTimer: (() => void) | null = null

  function fill(): void {
    const now = elapsedMs()
    if (limit !== null) tokens = Math.min(limit * BURST_SECONDS, tokens + ((now - filledAt) / 1000) * limit)
    filledAt = now
  }

  function serve(): void {
    cancelTimer?.()
    cancelTimer = null
    fill()
    while (limit === null || tokens >= 0) {
      const next = waiting.shift()
      if (next === undefined) return
      if (limit !== null) tokens -= next.bytes
      next.go()
    }
    if (waiting.length > 0) cancelTimer = after(Math.ceil((-tokens / limit) * 1000), serve)
  }

  return {
    take(bytes, signal) {
      if (limit === null) return Promise.resolve()
      return new Promise<void>((resolve, reject) => {
        const stop = (): void => {
          const index = waiting.indexOf(waiter)
          if (index >= 0) waiting.splice(index, 1)
          reject(new VitrineError('cancelled', 'The transfer was stopped.'))
        }
        const waiter: Waiter = {
          bytes,
          go() {
            signal?.removeEventListener('abort', stop)
            resolve()
          },
        }
        if (signal?.aborted) return stop()
        signal?.addEventListener('abort', stop, { once: true })
        waiting.push(waiter)
        serve()
      })
    },
    setLimit(bytesPerSecond) {
      fill()
      if (bytesPerSecond === limit) return
      limit = bytesPerSecond
      tokens = 0
      serve()
    },
  }
}
