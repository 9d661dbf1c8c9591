import { expect, it } from 'vitest'
import { simulateClones } from './simulateClones.ts'

/** Many more of them: `npm run simulate -- --cloning`. */
const RUNS = 15

it('makes each copy of a device’s folder a device of its own, and nothing that only one of them had is lost', async () => {
  let renewed = 0
  for (let seed = 1; seed <= RUNS; seed++) {
    const outcome = await simulateClones(seed)
    expect({ seed, problems: outcome.problems }).toEqual({ seed, problems: [] })
    renewed += outcome.renewed
  }
  expect(renewed).toBeGreaterThan(RUNS / 2)
})
