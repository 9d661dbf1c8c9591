import { create } from 'zustand'

export type Background = 'dark' | 'light' | 'checker'
const backgrounds: readonly Background[] = ['dark', 'light', 'checker']

export interface ViewerView {
  /** Null until a person chooses: the theme's own. */
  readonly background: Background | null
  readonly info: boolean
}

/** How the viewer shows things; stays from one opening to the next. */
export const useViewerView = create<ViewerView>()(() => ({ background: null, info: false }))

/** The background after this one. */
export function nextBackground(shown: Background): Background {
  return backgrounds[(backgrounds.indexOf(shown) + 1) % backgrounds.length] ?? 'dark'
}

/** Shows or hides the info overlay. */
export function toggleInfo(): void {
  useViewerView.setState(({ info }) => ({ info: !info }))
}
