import { type GridLayout, rowAt } from './gridLayout.ts'

export type GridMove = 'left' | 'right' | 'up' | 'down' | 'home' | 'end' | 'page-up' | 'page-down'

/** Where the keyboard goes, and the column it keeps while it goes up and down. */
export interface GridStep {
  readonly index: number
  /** Centre of the column in CSS pixels; null after a move to the side. */
  readonly column: number | null
}

/**
 * The cell that a key leads to. Rows differ in how many cells they have, so up and down look for the cell under the
 * column where the way began instead of drifting sideways.
 * @param pageHeight height of what is visible, in CSS pixels
 */
export function moveInGrid(layout: GridLayout, from: GridStep, move: GridMove, pageHeight: number): GridStep {
  const last = layout.count - 1
  const index = Math.min(last, Math.max(0, from.index))
  switch (move) {
    case 'left':
      return { index: Math.max(0, index - 1), column: null }
    case 'right':
      return { index: Math.min(last, index + 1), column: null }
    case 'home':
      return { index: 0, column: null }
    case 'end':
      return { index: last, column: null }
  }
  const place = layout.place(index)
  const column = from.column ?? place.x + place.width / 2
  const row = layout.rowOf(index)
  const target = verticalTarget(layout, row, move, pageHeight)
  if (target === row) return { index, column }
  return { index: nearestInRow(layout, target, column), column }
}

function verticalTarget(layout: GridLayout, row: number, move: GridMove, pageHeight: number): number {
  const last = layout.rowCount - 1
  if (move === 'up') return Math.max(0, row - 1)
  if (move === 'down') return Math.min(last, row + 1)
  const way = Math.max(layout.rowHeight(row), pageHeight - layout.rowHeight(row))
  if (move === 'page-up') {
    const goal = layout.rowTop(row) - way
    const at = rowAt(layout, goal)
    return Math.max(0, Math.min(row - 1, layout.rowTop(at) < goal ? at + 1 : at))
  }
  return Math.min(last, Math.max(row + 1, rowAt(layout, layout.rowTop(row) + way)))
}

/** The cell of a row whose span the column runs through, or that comes closest to it. */
function nearestInRow(layout: GridLayout, row: number, column: number): number {
  let nearest = layout.rowStart(row)
  let distance = Number.POSITIVE_INFINITY
  for (let index = layout.rowStart(row); index < layout.rowStart(row + 1); index++) {
    const { x, width } = layout.place(index)
    const away = column < x ? x - column : column > x + width ? column - x - width : 0
    if (away < distance) {
      nearest = index
      distance = away
    }
  }
  return nearest
}

const keys = new Map<string, GridMove>(
  Object.entries<GridMove>({
    ArrowLeft: 'left',
    ArrowRight: 'right',
    ArrowUp: 'up',
    ArrowDown: 'down',
    Home: 'home',
    End: 'end',
    PageUp: 'page-up',
    PageDown: 'page-down',
  }),
)

/** What a key of the keyboard means in the grid; undefined when nothing. */
export function moveForKey(key: string): GridMove | undefined {
  return keys.get(key)
}
