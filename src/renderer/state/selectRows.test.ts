import { describe, expect, it } from 'vitest'
import type { RowSet } from './rowSet.ts'
import {
  carrySelection,
  invertSelection,
  noSelection,
  selectAll,
  selectedShare,
  selectOnly,
  selectRange,
  toggleRow,
  toggleRows,
} from './selectRows.ts'

const view = Int32Array.of(50, 40, 30, 20, 10)
const rows = (selection: { selected: RowSet }) => [...selection.selected.pick(view)]

describe('selecting', () => {
  it('takes one with a click', () => {
    expect(rows(selectOnly(30))).toEqual([30])
  })

  it('adds and removes single ones with Ctrl', () => {
    const two = toggleRow(selectOnly(30), 10)
    expect(rows(two)).toEqual([30, 10])
    expect(rows(toggleRow(two, 30))).toEqual([10])
  })

  it('takes everything from the anchor with Shift, in either direction, again and again', () => {
    const down = selectRange(selectOnly(40), view, 20)
    expect(rows(down)).toEqual([40, 30, 20])
    expect(rows(selectRange(down, view, 50))).toEqual([50, 40])
  })

  it('keeps what was selected before with Ctrl and Shift', () => {
    const apart = toggleRow(selectOnly(50), 20)
    expect(rows(selectRange(apart, view, 10, true))).toEqual([50, 20, 10])
  })

  it('starts anew when the anchor is not in the view any more', () => {
    expect(rows(selectRange(selectOnly(99), view, 20))).toEqual([20])
  })

  it('turns itself around', () => {
    const inverse = invertSelection(selectRange(selectOnly(40), view, 20), view)
    expect(rows(inverse)).toEqual([50, 10])
    expect(inverse.focus).toBe(20)
    expect(rows(invertSelection(noSelection, view))).toEqual([...view])
  })

  it('takes a group, or gives it back when all of it is taken', () => {
    const group = Int32Array.of(40, 30)
    const taken = toggleRows(selectOnly(30), group)
    expect(rows(taken)).toEqual([40, 30])
    expect(taken.focus).toBe(40)
    expect(rows(toggleRows(toggleRow(taken, 10), group))).toEqual([10])
  })

  it('says how much of a group is taken', () => {
    const { selected } = selectRange(selectOnly(40), view, 20)
    expect([selectedShare(selected, view, 1, 4), selectedShare(selected, view, 0, 2)]).toEqual(['all', 'some'])
    expect(selectedShare(selected, view, 4, 5)).toBe('none')
  })

  it('takes all that a cell stands for', () => {
    const stack = (from: number, to: number) =>
      Int32Array.of(...view.subarray(from, to), ...(from <= 2 && to > 2 ? [99] : []))
    const ordered = Int32Array.of(...view, 99)
    const pick = ({ selected }: { selected: RowSet }) => [...selected.pick(ordered)]
    expect(pick(selectRange(selectOnly(40), view, 20, false, stack))).toEqual([40, 30, 20, 99])
    expect(pick(toggleRow(selectOnly(30, [30, 99]), 30, [30, 99]))).toEqual([])
  })

  it('takes a million at once, and a range of them', () => {
    const million = Int32Array.from({ length: 1_000_000 }, (_, i) => 1_000_000 - i)
    expect(selectAll(noSelection, million).selected.size).toBe(1_000_000)
    expect(selectRange(selectOnly(900_000), million, 100_001).selected.size).toBe(800_000)
  })
})

describe('when the view changes under a selection', () => {
  it('keeps what is still there and forgets what has left', () => {
    const before = toggleRow(selectOnly(50), 30)
    const after = carrySelection(before, view, Int32Array.of(60, 50, 20))
    expect([...after.selected.pick(Int32Array.of(60, 50, 20))]).toEqual([50])
    expect(after.selected.size).toBe(1)
  })

  it('goes on to the next asset when all that was selected is gone, so that K, K, K works through a Workspace', () => {
    const after = carrySelection(selectOnly(40), view, Int32Array.of(50, 30, 20, 10))
    expect(after).toMatchObject({ focus: 30, anchor: 30 })
    expect(after.selected.has(30)).toBe(true)
  })

  it('goes back to the last one when the end of the view is gone', () => {
    expect(carrySelection(selectOnly(10), view, Int32Array.of(50, 40)).focus).toBe(40)
  })

  it('ends when the view is empty', () => {
    const after = carrySelection(selectOnly(10), view, new Int32Array())
    expect(after).toMatchObject({ focus: null, anchor: null })
    expect(after.selected.size).toBe(0)
  })

  it('is the same selection when only other assets came or went', () => {
    const before = selectOnly(30)
    expect(carrySelection(before, view, Int32Array.of(60, 50, 40, 30)).selected).toBe(before.selected)
  })
})
