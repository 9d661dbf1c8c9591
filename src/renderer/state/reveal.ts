import { create } from 'zustand'

/** The asset that the grid was last asked to bring into sight; a new object each time. */
export const useReveal = create<{ readonly asked: { readonly rowId: number } | null }>()(() => ({ asked: null }))

/** Scrolls the grid to an asset, if it is in its view. */
export function reveal(rowId: number): void {
  useReveal.setState({ asked: { rowId } })
}
