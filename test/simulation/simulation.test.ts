import { describe, expect, it } from 'vitest'
import { simulate } from './simulate.ts'

/** Runs in which something was wrong once, when segments went from journal to journal. */
const kept: readonly number[] = [
  16, 1025, 1042, 1043, 1045, 2001, 2043, 2048, 3022, 3024, 10026, 10105, 20006, 20036, 30033, 30163, 30182, 50129,
  50172, 514, 2175, 3157, 3565, 4034, 4304, 4812, 7628, 8880, 9487, 9674, 10919, 11229, 11828, 50184, 7294, 100410,
]
/** The same of what is published and pulled. */
const keptOfStore: readonly number[] = [3054, 15740]
/** Many more of them: `npm run simulate -- --runs 20000`. */
const RUNS = 30

describe('devices that edit offline, with wrong clocks, killed at any request, over a store that loses requests', () => {
  it('are equal in the end, and nothing is lost', async () => {
    for (let seed = 1; seed <= RUNS; seed++) expect(await simulate(seed)).toMatchObject({ seed, problems: [] })
  })

  it('are so, too, when segments go from journal to journal as they are', async () => {
    for (let seed = 1; seed <= RUNS; seed++)
      expect(await simulate(seed, 'journals')).toMatchObject({ seed, problems: [] })
  })

  it('are so, too, over an encrypted store', async () => {
    for (let seed = 1; seed <= RUNS / 3; seed++)
      expect(await simulate(seed, 'encrypted')).toMatchObject({ seed, problems: [] })
  })

  it.each(kept)('are so in run %i, which has failed before', async (seed) => {
    expect(await simulate(seed, 'journals')).toMatchObject({ problems: [] })
  })

  it.each(keptOfStore)('are so in run %i through a store, which has failed before', async (seed) => {
    expect(await simulate(seed)).toMatchObject({ problems: [] })
  })

  it('do the same when the same happens to them', async () => {
    for (const seed of [3, 17, 91]) expect(await simulate(seed)).toEqual(await simulate(seed))
  })
})
