import { describe, expect, it } from 'vitest'
import { type GridMove, moveInGrid } from './gridKeys.ts'
import { justifiedLayout, uniformLayout } from './gridLayout.ts'

describe('the keyboard in rows of equal cells', () => {
  const layout = uniformLayout(10, 4, { width: 100, height: 100 }, 10)
  const from = (index: number, move: GridMove) => moveInGrid(layout, { index, column: null }, move, 250).index

  it('goes to neighbours, over the ends of rows', () => {
    expect([from(3, 'right'), from(4, 'left'), from(1, 'down'), from(5, 'up')]).toEqual([4, 3, 5, 1])
  })

  it('stays at the ends of the view', () => {
    expect([from(0, 'left'), from(9, 'right'), from(2, 'up'), from(9, 'down')]).toEqual([0, 9, 2, 9])
  })

  it('goes to the nearest cell of a last row that is not full', () => {
    expect(from(7, 'down')).toBe(9)
  })

  it('goes to the first, the last, and a page on', () => {
    expect([from(5, 'home'), from(5, 'end'), from(0, 'page-down'), from(9, 'page-up')]).toEqual([0, 9, 4, 5])
  })
})

describe('the keyboard in rows of unequal cells', () => {
  // Row 0: four squares; row 1: one panorama; row 2: four squares.
  const layout = justifiedLayout(Float32Array.of(1, 1, 1, 1, 4, 1, 1, 1, 1), 418, 100, 6)

  it('keeps the column in which the way began', () => {
    const start = { index: 2, column: null }
    const panorama = moveInGrid(layout, start, 'down', 300)
    expect(panorama.index).toBe(4)
    expect(moveInGrid(layout, panorama, 'down', 300).index).toBe(7)
  })

  it('forgets the column after a move to the side', () => {
    const panorama = moveInGrid(layout, { index: 0, column: null }, 'down', 300)
    const beside = moveInGrid(layout, panorama, 'right', 300)
    expect(beside).toEqual({ index: 5, column: null })
  })
})

describe('the keyboard in a million', () => {
  it('reaches the end, and pages back from there', () => {
    const layout = justifiedLayout(new Float32Array(1_000_000).fill(1.5), 1180, 176, 6)
    const end = moveInGrid(layout, { index: 12, column: null }, 'end', 800)
    expect(end.index).toBe(999_999)
    const back = moveInGrid(layout, end, 'page-up', 800)
    expect(layout.rowOf(end.index) - layout.rowOf(back.index)).toBeGreaterThan(1)
  })
})
