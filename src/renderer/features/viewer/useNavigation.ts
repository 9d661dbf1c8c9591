import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { RowIds } from '../../state/rowSet.ts'
import { openViewer } from '../../state/viewer.ts'

export type Direction = 'next' | 'previous' | 'first' | 'last'

export interface Navigation {
  /** Place of the asset among the rows; null when it has left them (it was kept, or the search does not find it now). */
  readonly index: number | null
  /** Place of the asset, or where it last was. */
  readonly position: number
  readonly total: number
  /** The row in that direction; null at the end. */
  rowAt(direction: Direction): number | null
  go(direction: Direction): void
}

/** Where the viewer is among these rows, and the ways from there. */
export function useNavigation(rowIds: RowIds, rowId: number): Navigation {
  const found = useMemo(() => rowIds.indexOf(rowId), [rowIds, rowId])
  const last = useRef(0)
  useEffect(() => {
    if (found >= 0) last.current = found
  }, [found])

  const index = found < 0 ? null : found
  const position = index ?? Math.min(last.current, Math.max(0, rowIds.length - 1))

  const rowAt = useCallback(
    (direction: Direction): number | null => {
      // What stood behind an asset that left has moved up into its place.
      const targets = {
        next: index === null ? last.current : index + 1,
        previous: (index ?? last.current) - 1,
        first: 0,
        last: rowIds.length - 1,
      }
      return rowIds[targets[direction]] ?? null
    },
    [rowIds, index],
  )
  const go = useCallback(
    (direction: Direction) => {
      const row = rowAt(direction)
      if (row !== null) openViewer(row)
    },
    [rowAt],
  )
  return { index, position, total: rowIds.length, rowAt, go }
}
