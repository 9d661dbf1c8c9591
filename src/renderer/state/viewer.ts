import { create } from 'zustand'

/** Which asset the viewer shows; null while it is closed. Next and previous follow the order of the vector. */
export const useViewer = create<{ readonly rowId: number | null }>()(() => ({ rowId: null }))

export function openViewer(rowId: number): void {
  useViewer.setState({ rowId })
}

export function closeViewer(): void {
  useViewer.setState({ rowId: null })
}
