import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { patchNumbers } from '../../../../shared/domain/vectorPatch.ts'
import { patchVector } from './patchVector.ts'
import { type Direction, sortRows } from './sortRows.ts'

const state = fc.record({ key: fc.integer({ min: 0, max: 9 }), found: fc.boolean() })

describe('a vector that is patched', () => {
  it('is the one that a new query would give, and so is what the window makes of the patch', () => {
    fc.assert(
      fc.property(
        fc.array(state, { minLength: 1, maxLength: 60 }),
        fc.array(fc.tuple(fc.nat({ max: 59 }), state), { maxLength: 30 }),
        fc.constantFrom<Direction>('asc', 'desc'),
        (rows, changes, direction) => {
          const now = rows.map((row) => ({ ...row }))
          for (const [at, to] of changes) if (at < now.length) now[at] = to
          const query = (of: readonly { key: number; found: boolean }[]) => {
            const keys = Float64Array.from(of, ({ key }) => key)
            return sortRows(Int32Array.from([...of.keys()].filter((row) => of[row]?.found)), keys, direction)
          }
          const before = query(rows)
          const changed = new Set(changes.map(([at]) => at).filter((at) => at < now.length))
          const { rowIds, patch } = patchVector(before, {
            changed,
            found: Int32Array.from([...changed].filter((row) => now[row]?.found)).sort(),
            keys: Float64Array.from(now, ({ key }) => key),
            aspects: Float32Array.from(now, ({ key }) => key + 1),
            direction,
          })
          expect([...rowIds]).toEqual([...query(now)])
          if (patch === null) return
          expect([...patchNumbers(before, patch, new Int32Array(patch.rowIds))]).toEqual([...rowIds])
          const aspects = Float32Array.from(before, (row) => (rows[row]?.key ?? 0) + 1)
          expect([...patchNumbers(aspects, patch, new Float32Array(patch.aspects))]).toEqual(
            [...rowIds].map((row) => (now[row]?.key ?? 0) + 1),
          )
        },
      ),
      { numRuns: 300 },
    )
  })

  it('is the very same when nothing that it shows has changed', () => {
    const before = Int32Array.of(3, 2, 1)
    const change = { keys: new Float64Array(10), aspects: new Float32Array(10), direction: 'desc' } as const
    const patched = patchVector(before, { ...change, changed: new Set([7]), found: new Int32Array() })
    expect(patched).toEqual({ rowIds: before, patch: null })
    expect(patched.rowIds).toBe(before)
  })
})

describe('a patch of another vector', () => {
  const patch = (removed: number[], inserted: number[]) => ({
    removed: Int32Array.from(removed),
    inserted: Int32Array.from(inserted),
  })
  it.each([
    ['takes out more than there is', patch([5], [])],
    ['takes out what is gone', patch([1, 1], [])],
    ['puts in beyond the end', patch([], [4])],
    ['puts in twice at one place', patch([], [1, 1])],
  ])('is refused when it %s', (_, wrong) => {
    expect(() => patchNumbers(Int32Array.of(1, 2, 3), wrong, Int32Array.of(8, 9))).toThrow(RangeError)
  })
})
