import { type RefObject, useEffect, useRef } from 'react'
import { chooseOnly, chooseToo, chooseUpTo } from '../../actions/choose.ts'
import { useShown } from '../../queries/shown.ts'
import { comparedRow } from '../../state/compare.ts'
import { usePanels } from '../../state/panels.ts'
import { clearSelection, setSelection, useSelection } from '../../state/selection.ts'
import { openViewer, useViewer } from '../../state/viewer.ts'
import { type GridStep, moveForKey, moveInGrid } from './gridKeys.ts'
import type { GridLayout } from './gridLayout.ts'

/** The part of a keyboard event that the grid needs; React's and the browser's own both have it. */
export type GridKeyEvent = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'preventDefault'>

/**
 * The keys of the grid: arrows and pages move, Shift selects on the way, Ctrl moves without selecting. What is a command
 * elsewhere in the window is left to it.
 * @param typeAhead takes what is typed to go to a name; false for what it leaves
 */
export function useGridKeyboard(
  layout: GridLayout,
  viewportHeight: number,
  reveal: (index: number) => void,
  typeAhead: (event: GridKeyEvent) => boolean,
): (event: GridKeyEvent) => void {
  const last = useRef<GridStep>({ index: 0, column: null })

  return (event) => {
    if (typeAhead(event)) return
    const { rowIds } = useShown.getState()
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
      if (event.shiftKey) chooseUpTo(rowId, control)
      else if (control) setSelection({ ...selection, focus: rowId })
      else chooseOnly(rowId)
      reveal(step.index)
      return
    }

    if (event.key === 'Escape') {
      clearSelection()
    } else if (event.key === ' ' && control && selection.focus !== null) {
      event.preventDefault()
      chooseToo(selection.focus)
    } else if ((event.key === 'Enter' || event.key === ' ') && !control && !event.altKey) {
      event.preventDefault()
      const rowId = selection.focus ?? rowIds[0]
      if (rowId === undefined) return
      if (!selection.selected.has(rowId)) chooseOnly(rowId)
      openViewer(rowId)
    }
  }
}

/** Keys that nothing else has the focus for are the grid's: after a start, or after a button that is gone. */
export function useKeysOfNobody(
  scroller: RefObject<HTMLElement | null>,
  onKeyDown: (event: GridKeyEvent) => void,
): void {
  const latest = useRef(onKeyDown)
  useEffect(() => {
    latest.current = onKeyDown
  })
  useEffect(() => {
    const take = (event: KeyboardEvent) => {
      const nobody = document.activeElement === null || document.activeElement === document.body
      const covered =
        usePanels.getState().dialog !== null || useViewer.getState().rowId !== null || comparedRow() !== null
      if (!nobody || covered || event.defaultPrevented) return
      scroller.current?.focus({ preventScroll: true })
      latest.current(event)
    }
    window.addEventListener('keydown', take)
    return () => window.removeEventListener('keydown', take)
  }, [scroller])
}
