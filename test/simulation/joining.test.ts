import { describe, expect, it } from 'vitest'
import { simulateJoin } from './simulateJoin.ts'

/** Many more of them: `npm run simulate -- --joining`. */
const RUNS = 10

describe('a device that begins with a checkpoint', () => {
  it.each(['store', 'journals'] as const)(
    'is equal to those that have read every log, and stays so whatever comes late (%s)',
    async (through) => {
      let joined = 0
      for (let seed = 1; seed <= RUNS; seed++) {
        const outcome = await simulateJoin(seed, through)
        expect({ seed, problems: outcome.problems }).toEqual({ seed, problems: [] })
        joined += outcome.joined
      }
      expect(joined).toBeGreaterThan(RUNS / 2)
    },
  )
})
