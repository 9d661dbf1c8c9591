import { assetsBetween, assetsOfRows, toggleStack, useShown } from '../queries/shown.ts'
import { setSelection, useSelection } from '../state/selection.ts'
import { selectOnly, selectRange, toggleRow } from '../state/selectRows.ts'

// A folded stack is chosen as a whole: what is done to its cell is done to all of it.

/** This cell and no other. */
export function chooseOnly(rowId: number): void {
  setSelection(selectOnly(rowId, assetsOfRows([rowId])))
}

/** In or out; the rest stays. */
export function chooseToo(rowId: number): void {
  setSelection(toggleRow(useSelection.getState(), rowId, assetsOfRows([rowId])))
}

/** From where a choice began to this cell; with `add`, what was chosen before stays too. */
export function chooseUpTo(rowId: number, add: boolean): void {
  setSelection(selectRange(useSelection.getState(), useShown.getState().rowIds, rowId, add, assetsBetween))
}

/** Opens the stack of a cell where it stands, or folds it. @returns false for a cell in no stack */
export function openOrFold(rowId: number): boolean {
  const cell = toggleStack(rowId)
  if (cell !== null) chooseOnly(cell)
  return cell !== null
}
