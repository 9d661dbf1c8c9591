import type { GridLayoutKind } from '../../state/browse.ts'
import { CAPTION_HEIGHT } from './Cell.tsx'
import { type GridLayout, type Grouped, justifiedLayout, squareLayout, uniformLayout } from './gridLayout.ts'

/** Room between cells, in CSS pixels. */
export const GAP = { justified: 6, squares: 12, list: 0 } as const

/**
 * The layout of a kind for assets of these proportions; `cellSize` is the wished height of a row or side of a square, `listRow`
 * the height of a line of the list.
 */
export function layoutOf(
  kind: GridLayoutKind,
  aspects: Float32Array,
  width: number,
  cellSize: number,
  grouped: Grouped | null,
  listRow: number,
): GridLayout {
  switch (kind) {
    case 'justified':
      return justifiedLayout(aspects, width, cellSize, GAP.justified, grouped)
    case 'squares':
      return squareLayout(aspects.length, width, cellSize, GAP.squares, CAPTION_HEIGHT, grouped)
    case 'list':
      return uniformLayout(aspects.length, 1, { width: Math.max(1, width), height: listRow }, GAP.list, grouped)
  }
}
