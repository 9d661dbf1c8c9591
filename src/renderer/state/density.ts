import { create } from 'zustand'
import type { Preferences } from '../../shared/contract/requests/shellRequests.ts'

export type Density = Preferences['density']

interface Heights {
  /** A line of a tree, `--row` in the tokens. */
  readonly line: number
  /** A row of the grid when it is a list. */
  readonly listRow: number
}

/** What the styles can't tell those who place things themselves, CSS pixels. */
const heights: Readonly<Record<Density, Heights>> = {
  compact: { line: 24, listRow: 38 },
  usual: { line: 28, listRow: 44 },
  roomy: { line: 34, listRow: 58 },
}

export const useDensity = create<{ readonly density: Density } & Heights>()(() => ({
  density: 'usual',
  ...heights.usual,
}))

/** Shows the window with as much room as a person wants to have around things. */
export function applyDensity(density: Density): void {
  useDensity.setState({ density, ...heights[density] })
  document.documentElement.dataset.density = density
}
