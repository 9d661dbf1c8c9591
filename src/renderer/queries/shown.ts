import { create } from 'zustand'
import type { RowIds } from '../state/rowSet.ts'
import { setSelection, useSelection } from '../state/selection.ts'
import { selectOnly } from '../state/selectRows.ts'
import { assetsOf, foldStacks, inStack, type Shown } from './foldStacks.ts'
import { useVector } from './vector.ts'

interface ShownState extends Shown {
  /** Assets whose stacks are open. */
  readonly open: ReadonlySet<number>
}

/** The cells of the view: its assets, with folded stacks as one cell each. Follows the vector. */
export const useShown = create<ShownState>()(() => fold(new Set()))

useVector.subscribe((now, before) => {
  if (now.rowIds === before.rowIds && now.aspects === before.aspects && now.arrangement === before.arrangement) return
  // Another place has other stacks; one that was opened there is not meant here.
  const elsewhere = viewOf(now.key) !== viewOf(before.key)
  useShown.setState(fold(elsewhere ? new Set() : useShown.getState().open))
  focusOnCell()
})

/** The keyboard is on a cell: for an asset inside of a folded stack that is the cell of the stack. */
function focusOnCell(): void {
  const { rowIds, stacks } = useShown.getState()
  const selection = useSelection.getState()
  const { focus, anchor, selected } = selection
  if (stacks === null || focus === null || rowIds.includes(focus)) return
  const whole = useVector.getState()
  const number = whole.arrangement?.stacks?.[whole.rowIds.indexOf(focus)] ?? 0
  const cell = number === 0 ? -1 : stacks.numbers.indexOf(number)
  const rowId = rowIds[cell]
  if (rowId === undefined) return
  const alone = selected.size === 1 && selected.has(focus)
  if (alone) setSelection(selectOnly(rowId, assetsOfRows([rowId])))
  else setSelection({ selected, focus: rowId, anchor: anchor === focus ? rowId : anchor })
}

function fold(open: ReadonlySet<number>): ShownState {
  return { ...foldStacks(useVector.getState(), open), open }
}

const viewOf = (key: string | null) => key?.slice(0, key.indexOf('\n'))

/**
 * Opens the stack of a cell, or folds it.
 * @returns the asset that is at its place then; null when the cell is in no stack
 */
export function toggleStack(rowId: number): number | null {
  const { rowIds, stacks, open } = useShown.getState()
  const cell = rowIds.indexOf(rowId)
  const role = stacks?.roles[cell]
  const number = stacks?.numbers[cell]
  if (stacks === null || role === undefined || role === inStack.none) return null
  const next = new Set(open)
  if (role === inStack.folded) next.add(rowId)
  else for (const [at, row] of rowIds.entries()) if (stacks.numbers[at] === number) next.delete(row)
  useShown.setState(fold(next))
  focusOnCell()
  const folded = useShown.getState()
  const at = folded.stacks?.numbers.indexOf(number ?? 0) ?? -1
  return folded.rowIds[at] ?? rowId
}

/** The assets that a cell stands for: one, or all of a folded stack. */
export function assetsOfRows(rowIds: Iterable<number>): RowIds {
  const shown = useShown.getState()
  if (shown.stacks === null) return Int32Array.from(rowIds)
  const wanted = new Set(rowIds)
  const cells: number[] = []
  for (let cell = 0; cell < shown.rowIds.length; cell++) if (wanted.has(shown.rowIds[cell] ?? 0)) cells.push(cell)
  return assetsOf(shown, useVector.getState(), cells)
}

/** The assets of neighbouring cells. */
export function assetsBetween(from: number, to: number): RowIds {
  const shown = useShown.getState()
  if (shown.stacks === null) return shown.rowIds.subarray(from, to)
  return assetsOf(
    shown,
    useVector.getState(),
    Array.from({ length: to - from }, (_, at) => from + at),
  )
}
