import fc from 'fast-check'
import { expect, it } from 'vitest'
import { likenessBands, likenessDistance, likenessProbes, SIMILAR_BITS } from './likeness.ts'

const hash = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })
const hex = (value: bigint) => value.toString(16).padStart(16, '0')

it('finds every hash within the distance by some band', () => {
  const bits = fc.uniqueArray(fc.integer({ min: 0, max: 63 }), { maxLength: SIMILAR_BITS })
  fc.assert(
    fc.property(hash, bits, (value, flipped) => {
      const other = flipped.reduce((changed, bit) => changed ^ (1n << BigInt(bit)), value)
      expect(likenessDistance(hex(value), hex(other))).toBe(flipped.length)
      const bands = new Set(likenessBands(hex(other)))
      expect(likenessProbes(hex(value)).some((probe) => bands.has(probe))).toBe(true)
    }),
  )
})

it('has nothing to say about what is no hash', () => {
  expect(likenessBands('xyz')).toEqual([])
  expect(likenessProbes(null)).toEqual([])
  expect(likenessDistance('00', null)).toBeNull()
})
