import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildHashIndex, type Hashes, hashDistance, MAX_DISTANCE } from './hashIndex.ts'

function hashesOf(values: readonly bigint[]): Hashes {
  return {
    high: Uint32Array.from(values, (value) => Number(value >> 32n)),
    low: Uint32Array.from(values, (value) => Number(value & 0xffffffffn)),
  }
}

const hash = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })
const flips = fc.uniqueArray(fc.integer({ min: 0, max: 63 }), { maxLength: 8 })
/** A hash and others that differ from it in a few bits each, among hashes that have nothing to do with it. */
const family = fc
  .tuple(hash, fc.array(flips, { maxLength: 12 }), fc.array(hash, { maxLength: 12 }))
  .map(([base, changes, others]) => [
    base,
    ...others,
    ...changes.map((bits) => bits.reduce((value, bit) => value ^ (1n << BigInt(bit)), base)),
  ])

describe('the index of perceptual hashes', () => {
  it('counts the bits in which two hashes differ', () => {
    const hashes = hashesOf([0n, 2n ** 64n - 1n, 0x8000000000000001n])
    expect(hashDistance(hashes, 0, 1)).toBe(64)
    expect(hashDistance(hashes, 0, 2)).toBe(2)
    expect(hashDistance(hashes, 1, 1)).toBe(0)
  })

  it('finds exactly what a comparison of all pairs finds, at every distance up to five bits', () => {
    fc.assert(
      fc.property(family, fc.integer({ min: 0, max: MAX_DISTANCE }), (values, distance) => {
        const hashes = hashesOf(values)
        const index = buildHashIndex(hashes)
        for (let place = 0; place < values.length; place++) {
          const expected = values.flatMap((_, other) =>
            other > place && hashDistance(hashes, place, other) <= distance ? [other] : [],
          )
          expect([...index.after(place, distance)].sort((a, b) => a - b)).toEqual(expected)
        }
      }),
    )
  })
})
