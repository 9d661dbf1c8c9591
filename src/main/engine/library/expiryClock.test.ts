import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BELIEVE_MS, type ExpiryClock, JUMP_MS, lookAtClock } from './expiryClock.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const START = Date.UTC(2026, 10, 21)

function looksAt(times: readonly number[]): ExpiryClock {
  return times.reduce<ExpiryClock | null>((clock, now) => lookAtClock(clock, now), null) as ExpiryClock
}

describe('the clock of expiry', () => {
  it('lets go what is due while the program looks now and then', () => {
    const clock = looksAt([START, START + HOUR, START + 20 * HOUR, START + 60 * HOUR])
    expect(clock).toEqual({ seenAt: START + 60 * HOUR, confirmedUntil: START + 60 * HOUR, jump: null })
  })

  it('holds what fell due while it could not look, for a day', () => {
    const back = START + 21 * DAY
    const clock = looksAt([START, back])
    expect(clock).toEqual({ seenAt: back, confirmedUntil: START, jump: { from: START, to: back } })
    expect(lookAtClock(clock, back + BELIEVE_MS - 1).confirmedUntil).toBe(START)
    expect(lookAtClock(clock, back + BELIEVE_MS)).toMatchObject({ confirmedUntil: back + BELIEVE_MS, jump: null })
  })

  it('forgets a jump of years once the clock is right again', () => {
    const clock = looksAt([START, START + 3650 * DAY, START + 3650 * DAY + HOUR, START + 2 * HOUR, START + 3 * HOUR])
    expect(clock).toEqual({ seenAt: START + 3 * HOUR, confirmedUntil: START + 3 * HOUR, jump: null })
  })

  it('believes a week that is over when the next one is, for somebody who comes once a week', () => {
    const weekly = looksAt([START, START + 7 * DAY, START + 14 * DAY])
    expect(weekly.confirmedUntil).toBe(START + 7 * DAY)
  })

  it('never lets go what is due later than any look, or within a jump that was just made', () => {
    const step = fc.integer({ min: -400 * 24, max: 400 * 24 }).map((hours) => hours * HOUR)
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
        let clock: ExpiryClock | null = null
        let now = START
        for (const ms of steps) {
          const before = clock
          now += ms
          clock = lookAtClock(before, now)
          expect(clock.confirmedUntil).toBeLessThanOrEqual(now)
          if (before !== null && ms > JUMP_MS)
            expect(clock.confirmedUntil).toBeLessThanOrEqual(Math.max(before.seenAt, 0))
        }
      }),
      { numRuns: 200 },
    )
  })
})
