import { type DragEvent, type MouseEvent, type PointerEvent, useRef } from 'react'
import { chooseOnly, chooseToo, chooseUpTo, openOrFold } from '../../actions/choose.ts'
import { dragOut } from '../../actions/files.ts'
import { targets } from '../../actions/targets.ts'
import { ASSET_DRAG_TYPE, endAssetDrag, startAssetDrag } from '../../state/assetDrag.ts'
import { useSelection } from '../../state/selection.ts'
import { setPressed } from '../../state/steady.ts'
import { openViewer } from '../../state/viewer.ts'
import { grid } from '../../strings/grid.ts'

/** What the mouse does to cells: press selects, Ctrl and Shift add, double click opens, drag carries, with Alt to other programs. */
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
    onDragStart: (event: DragEvent) => {
      const rowId = rowUnder(event)
      if (rowId === null) return
      collapseTo.current = null
      if (!useSelection.getState().selected.has(rowId)) chooseOnly(rowId)
      const rowIds = targets()
      if (event.altKey) {
        event.preventDefault()
        void dragOut(rowIds)
        return
      }
      startAssetDrag(rowIds)
      event.dataTransfer.effectAllowed = 'copyMove'
      event.dataTransfer.setData(ASSET_DRAG_TYPE, String(rowIds.length))
      showDragImage(event, rowIds.length)
    },
    onDragEnd: endAssetDrag,
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

/** The release may be anywhere; the browser cancels the press when its own drag begins. */
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

/** How many are carried, beside the pointer. The element must be in the page while the browser takes its picture. */
function showDragImage(event: DragEvent, count: number): void {
  const label = document.createElement('div')
  label.textContent = grid.dragging(count)
  label.dataset.dragLabel = ''
  document.body.append(label)
  event.dataTransfer.setDragImage(label, -12, -8)
  setTimeout(() => label.remove())
}
