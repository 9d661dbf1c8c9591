import { create } from 'zustand'
import type { RowIds } from './rowSet.ts'

/** Marks a drag inside the window as one of assets, so that places that take files don't react to it. */
export const ASSET_DRAG_TYPE = 'application/x-vitrine-assets'

/** What is being dragged inside the window; null when nothing is. */
export const useAssetDrag = create<{ readonly rowIds: RowIds | null }>()(() => ({ rowIds: null }))

export function startAssetDrag(rowIds: RowIds): void {
  useAssetDrag.setState({ rowIds })
}

export function endAssetDrag(): void {
  useAssetDrag.setState({ rowIds: null })
}
