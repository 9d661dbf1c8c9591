import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { Lane, Lanes } from '../../ports.ts'
import { backoffMs } from '../retryPolicy.ts'
import { afterFailure, afterSuccess, initialConcurrency } from './concurrency.ts'

/** Room for requests whose number follows what the line and the server bear. */
export interface AdaptiveLanes {
  readonly limit: number
  /** Lanes for one transfer: a higher priority is served first, equal ones in the order of asking. */
  of(priority: number): Lanes
}

interface Waiter {
  readonly priority: number
  readonly go: () => void
  readonly refuse: (error: VitrineError) => void
}

/** Who would have to wait longer gives up its turn and comes back later: files are not kept open for an hour. */
const LONGEST_WAIT_MS = 15_000

export interface LanesOptions {
  /** Milliseconds that never jump. */
  readonly elapsedMs: () => number
  readonly after: (ms: number, callback: () => void) => () => void
  /** In [0, 1). */
  readonly random: () => number
}

/**
 * A server that asks to slow down (429, 503) is left in peace by all requests for the time that it names, else for one
 * that doubles from 1 s.
 */
export function adaptiveLanes({ elapsedMs, after, random }: LanesOptions): AdaptiveLanes {
  let held: (() => void) | null = null
  let heldUntil = 0
  let throttled = 0
  let state = initialConcurrency(elapsedMs())
  let taken = 0
  const waiting: Waiter[] = []

  function hold(error: VitrineError): void {
    const asked = error.details?.retryAfterMs
    const ms = typeof asked === 'number' ? asked : backoffMs(throttled, random())
    throttled++
    const until = elapsedMs() + ms
    if (until <= heldUntil) return
    heldUntil = until
    held?.()
    held = after(ms, () => {
      held = null
      serve()
    })
    if (ms > LONGEST_WAIT_MS) for (const waiter of waiting.splice(0)) waiter.refuse(error)
  }

  /** The error for who comes while the server wants to be left in peace for long, null when it is not long. */
  function refusal(): VitrineError | null {
    const retryAfterMs = held === null ? 0 : Math.ceil(heldUntil - elapsedMs())
    if (retryAfterMs <= LONGEST_WAIT_MS) return null
    return new VitrineError('remote_throttled', 'The server asks to slow down.', { retryAfterMs })
  }

  function serve(): void {
    if (held !== null) return
    while (taken < state.limit) {
      const next = waiting.shift()
      if (next === undefined) return
      taken++
      next.go()
    }
  }

  function lane(): Lane {
    let ended = false
    return {
      end(bytes, failure) {
        if (ended) return
        ended = true
        taken--
        if (failure === undefined) {
          if (bytes > 0) state = afterSuccess(state, bytes, waiting.length > 0, elapsedMs())
          throttled = 0
        } else if (isOverload(failure)) {
          state = afterFailure(state, elapsedMs())
          if (failure.code === 'remote_throttled') hold(failure)
        }
        serve()
      },
    }
  }

  function take(priority: number, signal: AbortSignal | undefined): Promise<Lane> {
    const refused = refusal()
    if (refused) return Promise.reject(refused)
    return new Promise<Lane>((resolve, reject) => {
      const stop = (): void => {
        const index = waiting.indexOf(waiter)
        if (index >= 0) waiting.splice(index, 1)
        reject(new VitrineError('cancelled', 'The transfer was stopped.'))
      }
      const waiter: Waiter = {
        priority,
        go() {
          signal?.removeEventListener('abort', stop)
          resolve(lane())
        },
        refuse(error) {
          signal?.removeEventListener('abort', stop)
          reject(error)
        },
      }
      if (signal?.aborted) return stop()
      signal?.addEventListener('abort', stop, { once: true })
      const behind = waiting.findIndex((other) => other.priority < priority)
      waiting.splice(behind < 0 ? waiting.length : behind, 0, waiter)
      serve()
    })
  }

  return {
    get limit() {
      return state.limit
    },
    of: (priority) => ({ take: (signal) => take(priority, signal) }),
  }
}

/** Whether fewer requests at once may help. */
function isOverload(failure: unknown): failure is VitrineError {
  if (!(failure instanceof VitrineError)) return false
  return (
    failure.code === 'remote_throttled' || failure.code === 'remote_server' || failure.code === 'remote_unreachable'
  )
}
