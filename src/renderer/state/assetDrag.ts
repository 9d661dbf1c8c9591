import { create } from 'zustand'
import type { RowIds } from './rowSet.ts'

/** Names what is dragged inside the window in the events of a drag. */
export const ASSET_DRAG_TYPE = 'application/x-vitrine-assets'

/** What is being dragged over this window, from it or from another of ours; null when nothing is. */
export const useAssetDrag = create<{ readonly rowIds: RowIds | null }>()(() => ({ rowIds: null }))

/**
 * Whether what is dragged are assets of ours. Outside of our windows they are carried as files, so that a drag that comes
 * back looks like one of files.
 */
export function isAssetDrag(): boolean {
  return useAssetDrag.getState().rowIds !== null
}

export function startAssetDrag(rowIds: RowIds): void {
  useAssetDrag.setState({ rowIds })
}

export function endAssetDrag(): void {
  useAssetDrag.setState({ rowIds: null })
}

/** Of a drag of the system, the drop may be told after its end: so long is it waited for (milliseconds). */
const LATEST_DROP_MS = 3_000

/**
 * Ends a drag that the system carried: with its drop on this window, or soon after its end. Not every system tells that, but none
 * lets the window hear of the mouse with no button down before.
 * @param over whether the system has said that it is over
 */
export function endCarriedDrag(over: boolean): void {
  const listeners = new AbortController()
  const { signal } = listeners
  const end = () => {
    listeners.abort()
    endAssetDrag()
  }
  const endSoon = () => setTimeout(() => signal.aborted || end(), LATEST_DROP_MS)
  if (over) endSoon()
  else window.addEventListener('pointermove', ({ buttons }) => buttons === 0 && endSoon(), { signal })
  window.addEventListener('pointerdown', end, { signal, capture: true })
  // What takes the assets reads them while it is told of the drop.
  window.addEventListener('drop', () => setTimeout(end), { signal, capture: true })
}

/** Another window's assets are carried, or are no longer. */
export function receiveAssetDrag(rowIds: RowIds | null): void {
  if (rowIds !== null) useAssetDrag.setState({ rowIds })
  if (isAssetDrag()) endCarriedDrag(rowIds === null)
}
