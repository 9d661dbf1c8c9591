import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Direction, firstRows, sortRows } from './sortRows.ts'

const key = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 1e300, -1e300, 5e-324),
)

function expected(keys: readonly number[], rows: Int32Array, direction: Direction): number[] {
  const sorted = [...rows].sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b)
  return direction === 'asc' ? sorted : sorted.reverse()
}

describe('rows in the order of their keys', () => {
  it('are the same however many there are, ties by row', () => {
    fc.assert(
      fc.property(
        fc.array(key, { minLength: 1, maxLength: 1500, size: 'max' }),
        fc.constantFrom<Direction>('asc', 'desc'),
        (keys, direction) => {
          const rows = Int32Array.from(keys.keys())
          expect([...sortRows(rows, Float64Array.from(keys), direction)]).toEqual(expected(keys, rows, direction))
        },
      ),
      { numRuns: 60 },
    )
  })

  it('begin with the rows that a whole sort begins with', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 31 - 1 }),
        fc.constantFrom(1, 3, 100, 1e9),
        fc.constantFrom<Direction>('asc', 'desc'),
        (seed, distinct, direction) => {
          let state = seed
          const keys = Float64Array.from({ length: 9000 }, () => {
            state = Math.imul(state, 1_103_515_245) + 12_345
            return (state >>> 8) % distinct
          })
          const rows = Int32Array.from(keys.keys())
          const first = firstRows(rows, keys, direction, 40)
          expect([...first]).toEqual([...sortRows(rows, keys, direction).subarray(0, 40)])
        },
      ),
      { numRuns: 30 },
    )
  })
})
