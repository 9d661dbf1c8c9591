import { type MouseEvent, type PointerEvent, useRef } from 'react'
import { chooseOnly, chooseToo, chooseUpTo, openOrFold } from '../../actions/choose.ts'
import { dragAssets } from '../../actions/dragAssets.ts'
import { targets } from '../../actions/targets.ts'
import { useSelection } from '../../state/selection.ts'
import { setPressed } from '../../state/steady.ts'
import { openViewer } from '../../state/viewer.ts'

/** What the mouse does to cells: press selects, Ctrl and Shift add, double click opens, drag carries. */
export function useGridPointer(beginMarquee: (event: PointerEvent, keep: boolean) => void) {
  /** Pressed on something selected: it may become a drag of all, else the release selects this one only. */
  const collapseTo = useRef<number | null>(null)

  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0 || isControl(event)) return
      const rowId = rowUnder(event)
      const control = event.ctrlKey || event.metaKey
      collapseTo.current = null
      if (rowId === null) {
        if (!onScrollBar(event)) beginMarquee(event, control || event.shiftKey)
        return
      }
      // Until it is let go, what it was pressed on stays where it is: it may become a drag.
      holdUntilReleased()
      dragAssets(event, () => {
        collapseTo.current = null
        if (!useSelection.getState().selected.has(rowId)) chooseOnly(rowId)
        return targets()
      })
      if (event.shiftKey) chooseUpTo(rowId, control)
      else if (control) chooseToo(rowId)
      else if (useSelection.getState().selected.has(rowId)) collapseTo.current = rowId
      else chooseOnly(rowId)
    },
    onClick: (event: MouseEvent) => {
      const rowId = rowUnder(event)
      if (rowId !== null && isStackButton(event)) {
        openOrFold(rowId)
      } else if (rowId !== null && rowId === collapseTo.current) chooseOnly(rowId)
      collapseTo.current = null
    },
    onDoubleClick: (event: MouseEvent) => {
      const rowId = rowUnder(event)
      if (rowId !== null && !isStackButton(event)) openViewer(rowId)
    },
    /** The menu acts on the selection, so what is under the pointer must be part of it. */
    onContextMenu: (event: MouseEvent) => {
      const rowId = rowUnder(event)
      if (rowId !== null && !useSelection.getState().selected.has(rowId)) chooseOnly(rowId)
    },
  }
}

/** The asset whose cell an event came from. */
export function rowUnder(event: { readonly target: EventTarget }): number | null {
  if (!(event.target instanceof Element)) return null
  const cell = event.target.closest<HTMLElement>('[data-row-id]')
  return cell?.dataset.rowId === undefined ? null : Number(cell.dataset.rowId)
}

/** The mark of a stack, which opens and folds it. */
function isStackButton({ target }: { readonly target: EventTarget }): boolean {
  return target instanceof Element && target.closest('[data-stack-button]') !== null
}

/** What stands over the cells and takes its clicks itself. */
function isControl({ target }: { readonly target: EventTarget }): boolean {
  return target instanceof Element && target.closest('button') !== null
}

/** The release may be anywhere; the browser cancels the press when the system takes the pointer. */
function holdUntilReleased(): void {
  setPressed(true)
  const release = () => {
    window.removeEventListener('pointerup', release)
    window.removeEventListener('pointercancel', release)
    setPressed(false)
  }
  window.addEventListener('pointerup', release)
  window.addEventListener('pointercancel', release)
}

function onScrollBar(event: PointerEvent): boolean {
  const { currentTarget } = event
  return event.clientX - currentTarget.getBoundingClientRect().left > currentTarget.clientWidth
}
