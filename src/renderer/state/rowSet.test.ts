import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RowSet } from './rowSet.ts'

describe('a set of row ids', () => {
  it('behaves like a Set of numbers for any additions and removals', () => {
    const rowIds = fc.array(fc.integer({ min: 1, max: 200_000 }), { maxLength: 60 })
    fc.assert(
      fc.property(fc.array(fc.record({ add: rowIds, remove: rowIds }), { maxLength: 6 }), (changes) => {
        let set = RowSet.empty
        const model = new Set<number>()
        for (const { add, remove } of changes) {
          set = set.with(add).without(remove)
          for (const rowId of add) model.add(rowId)
          for (const rowId of remove) model.delete(rowId)
          expect(set.size).toBe(model.size)
        }
        for (const rowId of model) expect(set.has(rowId)).toBe(true)
        for (const { remove } of changes.slice(-1)) for (const rowId of remove) expect(set.has(rowId)).toBe(false)
      }),
    )
  })

  it('never changes a set that somebody holds', () => {
    const before = RowSet.of([1, 2, 40_000])
    const after = before.with([3]).without([40_000])
    expect([before.has(3), before.has(40_000), before.size]).toEqual([false, true, 3])
    expect([after.has(3), after.has(40_000), after.size]).toEqual([true, false, 3])
  })

  it('stays the same object when nothing changes, so that nothing is drawn again', () => {
    const set = RowSet.of([5])
    expect(set.with([5])).toBe(set)
    expect(set.without([6, 99_999_999])).toBe(set)
  })

  it('holds a million, and the largest row id that a catalogue can have', () => {
    const ordered = Int32Array.from({ length: 1_000_000 }, (_, i) => i + 1)
    const set = RowSet.of(ordered).with([2_147_483_647])
    expect(set.size).toBe(1_000_001)
    expect(set.has(2_147_483_647)).toBe(true)
    expect(set.pick(ordered)).toEqual(ordered)
  })

  it('picks its rows in the order of a view', () => {
    expect([...RowSet.of([3, 1, 7]).pick(Int32Array.of(9, 7, 3, 2))]).toEqual([7, 3])
  })
})
