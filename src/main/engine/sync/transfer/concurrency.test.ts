import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterFailure, afterSuccess, type Concurrency, initialConcurrency } from './concurrency.ts'

/** Sends for a while over a line that gives `rate(limit)` bytes a second. */
function run(rate: (limit: number) => number, seconds: number): readonly number[] {
  let state: Concurrency = initialConcurrency(0)
  const limits: number[] = []
  const bytes = 1_000_000
  for (let now = 0; now < seconds * 1000; ) {
    now += (bytes / rate(state.limit)) * 1000
    state = afterSuccess(state, bytes, true, now)
    limits.push(state.limit)
  }
  return limits
}

describe('the number of requests at once', () => {
  it('grows while more of them are faster', () => {
    expect(run((limit) => limit * 2e6, 60).at(-1)).toBeGreaterThan(10)
  })

  it('stays about where more bring nothing', () => {
    const limits = run((limit) => Math.min(limit, 6) * 2e6, 300)
    const late = limits.slice(limits.length / 2)
    const mean = late.reduce((sum, limit) => sum + limit, 0) / late.length
    expect(mean).toBeGreaterThan(4.5)
    expect(mean).toBeLessThan(8)
  })

  it('does not grow on a line that one request fills', () => {
    expect(Math.max(...run(() => 5e6, 120))).toBeLessThanOrEqual(5)
  })

  it('halves on a failure, once for failures that come together, and never below one', () => {
    let state = initialConcurrency(0)
    state = afterFailure(state, 5000)
    state = afterFailure(state, 5100)
    expect(state.limit).toBe(2)
    for (let now = 7000; now < 20_000; now += 2000) state = afterFailure(state, now)
    expect(state.limit).toBe(1)
  })

  it('learns nothing while nobody waits for room', () => {
    let state = initialConcurrency(0)
    for (let now = 0; now < 60_000; now += 100) state = afterSuccess(state, 1e6, false, now)
    expect(state.limit).toBe(4)
  })

  it('is from 1 to 16 whatever happens', () => {
    const event = fc.record({
      ms: fc.nat(3000),
      bytes: fc.nat(2 ** 30),
      kind: fc.constantFrom('busy' as const, 'idle' as const, 'failed' as const),
    })
    fc.assert(
      fc.property(fc.array(event, { maxLength: 300 }), (events) => {
        let state = initialConcurrency(0)
        let now = 0
        for (const { ms, bytes, kind } of events) {
          now += ms
          state = kind === 'failed' ? afterFailure(state, now) : afterSuccess(state, bytes, kind === 'busy', now)
          expect(state.limit).toBeGreaterThanOrEqual(1)
          expect(state.limit).toBeLessThanOrEqual(16)
        }
      }),
      { numRuns: 100 },
    )
  })
})
