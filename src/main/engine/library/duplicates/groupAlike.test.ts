import { describe, expect, it } from 'vitest'
import { groupAlike } from './groupAlike.ts'

function groups(pictures: readonly (readonly [hash: bigint, aspect: number])[]): number[][] {
  const work = groupAlike({
    high: Uint32Array.from(pictures, ([hash]) => Number(hash >> 32n)),
    low: Uint32Array.from(pictures, ([hash]) => Number(hash & 0xffffffffn)),
    aspect: Float32Array.from(pictures, ([, aspect]) => aspect),
  })
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
  }
}

describe('pictures that look alike', () => {
  it('form groups, and those that are like no other form none', () => {
    expect(
      groups([
        [0xff00ff00ff00ff00n, 1.5],
        [0x0123456789abcdefn, 1.5],
        [0xff00ff00ff00ff03n, 1.5],
        [0xff00ff00ff00ff01n, 1.5],
      ]),
    ).toEqual([[0, 3, 2]])
  })

  it('are not grouped when they have another shape, because a crop is another picture', () => {
    expect(
      groups([
        [0xff00ff00ff00ff00n, 1.5],
        [0xff00ff00ff00ff00n, 1],
        [0xff00ff00ff00ff00n, 1.51],
      ]),
    ).toEqual([[0, 2]])
  })

  it('are not chained: each of a group is like its first', () => {
    const slowlyChanging = Array.from({ length: 12 }, (_, step) => [(1n << BigInt(step * 3)) - 1n, 1] as const)
    for (const [first = 0, ...others] of groups(slowlyChanging)) {
      for (const other of others) expect(other - first).toBeLessThanOrEqual(1)
    }
  })

  it('are found among many with the same hash', () => {
    expect(groups(Array.from({ length: 3_000 }, () => [5n, 1] as const))[0]).toHaveLength(3_000)
  })
})
