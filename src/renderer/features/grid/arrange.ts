import type { GridLayout, Place } from './gridLayout.ts'

/** The gap between two cells where something would be put: before the cell `before`, marked beside the cell `beside`. */
export interface ArrangeGap {
  /** An index from 0 to the count of cells. */
  readonly before: number
  /** The cell that the mark stands beside, and on which side. */
  readonly beside: number
  readonly after: boolean
}

/** The asset before which what is carried goes: the first at or behind a place that is not carried itself; null: the end. */
export function arrangeBefore(rowIds: Int32Array, before: number, carried: ReadonlySet<number>): number | null {
  for (let index = before; index < rowIds.length; index++) {
    const rowId = rowIds[index]
    if (rowId !== undefined && !carried.has(rowId)) return rowId
  }
  return null
}

/** Where the mark of a gap is: a line beside a cell, or above or below it in a list. `room` is the gap between cells. */
export function gapMark(layout: GridLayout, { beside, after }: ArrangeGap, list: boolean, room: number): Place {
  const { x, y, width, height } = layout.place(beside)
  if (list) return { x, y: (after ? y + height : y) - 1, width, height: 2 }
  return { x: Math.max(-4, (after ? x + width + room / 2 : x - room / 2) - 1), y, width: 2, height }
}
