import { expect, it } from 'vitest'
import { simulateRemovals } from './simulateRemovals.ts'

const RUNS = 8

it('removes from the bucket what nothing refers to, and never what anybody relies on, whatever happens between two requests', async () => {
  let [removed, reused] = [0, 0]
  for (let seed = 1; seed <= RUNS; seed++) {
    const outcome = await simulateRemovals(seed)
    expect({ seed, problems: outcome.problems }).toEqual({ seed, problems: [] })
    removed += outcome.removed
    reused += outcome.reused
  }
  expect(removed).toBeGreaterThan(RUNS)
  expect(reused).toBeGreaterThan(RUNS)
})
