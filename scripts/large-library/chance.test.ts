import { describe, expect, it } from 'vitest'
import { chanceFor, heavyTailed, purposes, uuidAt, zipf } from './chance.ts'

const draw = <T>(count: number, one: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => one(index))

describe('chance', () => {
  it('is the same for the same seed, purpose and number, and another for any other', () => {
    const first = (...of: [number, number, number]) => chanceFor(...of).next()
    expect(first(1, purposes.asset, 5)).toBe(first(1, purposes.asset, 5))
    const all = [
      ...draw(50, (index) => first(1, purposes.asset, index)),
      ...draw(50, (index) => first(1, purposes.tag, index)),
      ...draw(50, (index) => first(2, purposes.asset, index)),
    ]
    expect(new Set(all).size).toBe(all.length)
  })

  it('draws the first of a list the most often, the second half as often', () => {
    const random = chanceFor(3, purposes.tag, 0)
    const pick = zipf(100, 1)
    const counts = new Map<number, number>()
    for (const number of draw(20_000, () => pick(random))) counts.set(number, (counts.get(number) ?? 0) + 1)
    const [first = 0, second = 0, tenth = 0] = [counts.get(0), counts.get(1), counts.get(9)]
    expect(first / second).toBeCloseTo(2, 0)
    expect(first / tenth).toBeGreaterThan(7)
    expect(Math.max(...counts.keys())).toBeLessThan(100)
  })

  it('keeps sizes between their ends, most of them small', () => {
    const random = chanceFor(3, purposes.burst, 0)
    const sizes = draw(5_000, () => heavyTailed(random, 1, 1_000, 1.6)).sort((a, b) => a - b)
    expect(sizes[0]).toBe(1)
    expect(sizes.at(-1)).toBeLessThanOrEqual(1_000)
    expect(sizes.at(-1)).toBeGreaterThan(300)
    expect(sizes[2_500]).toBeLessThan(10)
  })

  it('makes ids of version 7 that sort by time', () => {
    const random = chanceFor(3, purposes.asset, 0)
    const ids = draw(50, (index) => uuidAt(random, 1_700_000_000_000 + index))
    expect(ids).toEqual([...ids].sort())
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})
