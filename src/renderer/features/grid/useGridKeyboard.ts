import { type KeyboardEvent, useRef } from 'react'
import { useVector } from '../../queries/vector.ts'
import { clearSelection, setSelection, useSelection } from '../../state/selection.ts'
import { selectAll, selectOnly, selectRange, toggleRow } from '../../state/selectRows.ts'
import { openViewer } from '../../state/viewer.ts'
import { type GridStep, moveForKey, moveInGrid } from './gridKeys.ts'
import type { GridLayout } from './gridLayout.ts'

/** The keys of the grid: arrows and pages move, Shift selects on the way, Ctrl moves without selecting. */
export function useGridKeyboard(
  layout: GridLayout,
  viewportHeight: number,
  reveal: (index: number) => void,
): (event: KeyboardEvent) => void {
  const last = useRef<GridStep>({ index: 0, column: null })

  return (event) => {
    const { rowIds } = useVector.getState()
    const selection = useSelection.getState()
    const control = event.ctrlKey || event.metaKey
    const move = moveForKey(event.key)

    if (move !== undefined && !event.altKey && rowIds.length > 0) {
      event.preventDefault()
      const at = selection.focus === null ? -1 : rowIds.indexOf(selection.focus)
      const from = at === last.current.index ? last.current : { index: at, column: null }
      // Without a place to start from, the first key goes to the first asset.
      const jump = move === 'home' || move === 'end'
      const step = at < 0 && !jump ? { index: 0, column: null } : moveInGrid(layout, from, move, viewportHeight)
      last.current = step
      const rowId = rowIds[step.index]
      if (rowId === undefined) return
      if (event.shiftKey) setSelection(selectRange(selection, rowIds, rowId, control))
      else if (control) setSelection({ ...selection, focus: rowId })
      else setSelection(selectOnly(rowId))
      reveal(step.index)
      return
    }

    if (control && event.key.toLowerCase() === 'a') {
      event.preventDefault()
      setSelection(selectAll(selection, rowIds))
    } else if (event.key === 'Escape') {
      clearSelection()
    } else if (event.key === ' ' && control && selection.focus !== null) {
      event.preventDefault()
      setSelection(toggleRow(selection, selection.focus))
    } else if ((event.key === 'Enter' || event.key === ' ') && !control && !event.altKey) {
      event.preventDefault()
      const rowId = selection.focus ?? rowIds[0]
      if (rowId === undefined) return
      if (!selection.selected.has(rowId)) setSelection(selectOnly(rowId))
      openViewer(rowId)
    }
  }
}
