/** How many requests may be under way at once, and what that number has been learnt from. Times are ms that never jump. */
export interface Concurrency {
  readonly limit: number
  /** Since when it is measured, and what went through since then. */
  readonly since: number
  readonly bytes: number
  readonly requests: number
  /** Score of the measurement before, null when there is none to compare with. */
  readonly before: number | null
  /** What the last change was: up, down, or none. */
  readonly step: -1 | 0 | 1
  /** Measurements since the last try of another number. */
  readonly steady: number
  readonly cutAt: number
}

const FIRST = 4
/** Each may hold a part in memory. */
const MOST = 16
const SHORTEST_MEASURE_MS = 500
/** Requests that end together because of the same trouble count as one. */
const ONE_CUT_MS = 1000
/** A request costs about as much as this many bytes, so that small files count too. */
const REQUEST_BYTES = 64 * 1024
const CLEARLY_BETTER = 1.05
const CLEARLY_WORSE = 0.9
/** After this many measurements without a change, another number is tried. */
const STEADY_MEASURES = 8

export function initialConcurrency(now: number): Concurrency {
  return {
    limit: FIRST,
    since: now,
    bytes: 0,
    requests: 0,
    before: null,
    step: 0,
    steady: 0,
    cutAt: Number.NEGATIVE_INFINITY,
  }
}

/**
 * A request went through. More are allowed for as long as that makes it faster, fewer when it made it slower: additive
 * increase, guided by throughput. `busy` is whether others waited for room; without that nothing is learnt.
 */
export function afterSuccess(state: Concurrency, bytes: number, busy: boolean, now: number): Concurrency {
  const measured = { ...state, bytes: state.bytes + bytes, requests: state.requests + 1 }
  const elapsed = now - state.since
  if (measured.requests < 2 * state.limit || elapsed < SHORTEST_MEASURE_MS) return measured
  const fresh = { ...measured, since: now, bytes: 0, requests: 0 }
  if (!busy) return { ...fresh, before: null, step: 0 }
  const score = (measured.bytes + measured.requests * REQUEST_BYTES) / elapsed
  return nextStep({ ...fresh, before: score }, state.before, score)
}

function nextStep(state: Concurrency, before: number | null, score: number): Concurrency {
  const go = (step: -1 | 0 | 1): Concurrency => {
    const limit = Math.min(MOST, Math.max(1, state.limit + step))
    const taken = limit === state.limit ? 0 : step
    return { ...state, limit, step: taken, steady: taken === 0 ? state.steady + 1 : 0 }
  }
  if (before === null) return go(1)
  if (state.step === 0) return go(state.steady >= STEADY_MEASURES ? 1 : 0)
  if (score > before * CLEARLY_BETTER) return go(state.step)
  // A step up that brought nothing is taken back: fewer connections for the same.
  if (state.step === 1) return go(-1)
  return go(score < before * CLEARLY_WORSE ? 1 : 0)
}

/** A request failed because there is too much, or nothing gets through: half as many (multiplicative decrease). */
export function afterFailure(state: Concurrency, now: number): Concurrency {
  if (now - state.cutAt < ONE_CUT_MS) return state
  const limit = Math.max(1, Math.floor(state.limit / 2))
  return { ...state, limit, since: now, bytes: 0, requests: 0, before: null, step: 0, steady: 0, cutAt: now }
}
