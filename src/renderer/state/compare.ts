import { create } from 'zustand'

/** How many assets stand side by side at most; a fifth would be smaller than its thumbnail. */
export const MOST_COMPARED = 4

/** Assets side by side: in this order, one of which the keyboard is on. */
export interface Comparison {
  readonly rowIds: readonly number[]
  /** Where the keyboard is: a place in `rowIds`. */
  readonly active: number
  /** The row that a person prefers. */
  readonly winner: number | null
  readonly differences: boolean
}

const nothing: Comparison = { rowIds: [], active: 0, winner: null, differences: true }

/** The comparison on screen; without rows while there is none. */
export const useCompare = create<Comparison>()(() => nothing)

/** Whether so many assets can be compared. */
export function canCompare(count: number): boolean {
  return count >= 2 && count <= MOST_COMPARED
}

/** Puts two to four assets side by side; other numbers change nothing. */
export function openCompare(rowIds: readonly number[]): void {
  const different = [...new Set(rowIds)]
  if (!canCompare(different.length)) return
  useCompare.setState(({ differences }) => ({ ...nothing, rowIds: different, differences }), true)
}

export function closeCompare(): void {
  useCompare.setState(({ differences }) => ({ ...nothing, differences }), true)
}

/** The row that the keyboard is on; null while nothing is compared. */
export function comparedRow(): number | null {
  const { rowIds, active } = useCompare.getState()
  return rowIds[active] ?? null
}

/** Changes the comparison on screen by one of the functions below. */
export function changeComparison(change: (comparison: Comparison) => Comparison): void {
  useCompare.setState(change, true)
}

/** Moves the keyboard to a place. */
export function activated(comparison: Comparison, place: number): Comparison {
  return comparison.rowIds[place] === undefined ? comparison : { ...comparison, active: place }
}

/** Moves the keyboard one on, or back; after the last comes the first. */
export function steppedBy(comparison: Comparison, step: 1 | -1): Comparison {
  const count = comparison.rowIds.length
  return count === 0 ? comparison : { ...comparison, active: (comparison.active + step + count) % count }
}

/** Changes places with the next one (the last with the first); the keyboard stays with its asset. */
export function swapped(comparison: Comparison): Comparison {
  const { rowIds, active } = comparison
  const other = (active + 1) % rowIds.length
  const [mine, its] = [rowIds[active], rowIds[other]]
  if (mine === undefined || its === undefined || active === other) return comparison
  return { ...comparison, rowIds: rowIds.with(active, its).with(other, mine), active: other }
}

/** Without the asset at a place. With less than two left there is nothing to compare, and the comparison ends. */
export function without(comparison: Comparison, place: number): Comparison {
  const rowIds = comparison.rowIds.toSpliced(place, 1)
  if (rowIds.length < 2) return { ...nothing, differences: comparison.differences }
  const active = comparison.active > place ? comparison.active - 1 : Math.min(comparison.active, rowIds.length - 1)
  const winner = comparison.winner !== null && rowIds.includes(comparison.winner) ? comparison.winner : null
  return { ...comparison, rowIds, active, winner }
}

/** Makes an asset the preferred one, or takes that back. */
export function preferred(comparison: Comparison, rowId: number): Comparison {
  return { ...comparison, winner: comparison.winner === rowId ? null : rowId }
}
