import { create } from 'zustand'
import { noSelection, type Selection } from './selectRows.ts'

/** The selection of the grid. Change it with the pure functions of `selectRows.ts`. */
export const useSelection = create<Selection>()(() => noSelection)

/** Replaces the selection. */
export function setSelection(selection: Selection): void {
  useSelection.setState(selection, true)
}

/** Nothing is selected any more; the keyboard stays where it was. */
export function clearSelection(): void {
  const { focus } = useSelection.getState()
  setSelection({ ...noSelection, focus })
}
