import { patchNumbers, type VectorPatch } from '../../../../shared/domain/vectorPatch.ts'
import { comesBefore, type Direction, sortRows } from './sortRows.ts'

export interface Patched {
  readonly rowIds: Int32Array<ArrayBuffer>
  /** Null when nothing that the vector holds or should hold has changed. */
  readonly patch: VectorPatch | null
}

export interface RowChange {
  /** Rows of which anything changed, in the vector or not. */
  readonly changed: ReadonlySet<number>
  /** Those of `changed` that the query finds now, ascending. */
  readonly found: Int32Array
  /** Sort keys by row, as they are now. */
  readonly keys: Float64Array
  /** By row, as they are now. */
  readonly aspects: Float32Array
  readonly direction: Direction
}

/**
 * Brings the vector of a query up to date when rows changed: these are taken out, and put back where they belong now if
 * the query still finds them. All others keep their order, so each place is a binary search.
 */
export function patchVector(before: Int32Array<ArrayBuffer>, change: RowChange): Patched {
  const { changed, found, keys, direction } = change
  const removed = positionsOf(before, changed)
  if (removed.length === 0 && found.length === 0) return { rowIds: before, patch: null }
  const kept = patchNumbers(before, { removed, inserted: new Int32Array() }, new Int32Array())
  const rowIds = sortRows(found, keys, direction)
  const inserted = new Int32Array(rowIds.length)
  let from = 0
  for (let i = 0; i < rowIds.length; i++) {
    from = placeOf(rowIds[i] ?? 0, kept, from, keys, direction)
    inserted[i] = from + i
  }
  const aspects = Float32Array.from(rowIds, (row) => change.aspects[row] ?? 1)
  const after = patchNumbers(kept, { removed: new Int32Array(), inserted }, rowIds)
  return { rowIds: after, patch: { removed, inserted, rowIds, aspects } }
}

function positionsOf(vector: Int32Array, rows: ReadonlySet<number>): Int32Array<ArrayBuffer> {
  if (rows.size === 0) return new Int32Array()
  let most = 0
  for (const row of rows) if (row > most) most = row
  const marks = new Uint8Array(most + 1)
  for (const row of rows) marks[row] = 1
  const positions: number[] = []
  for (let at = 0; at < vector.length; at++) if (marks[vector[at] ?? 0] === 1) positions.push(at)
  return Int32Array.from(positions)
}

/** How many rows of the vector come before this one; at least `from`. */
function placeOf(row: number, vector: Int32Array, from: number, keys: Float64Array, direction: Direction): number {
  let low = from
  let high = vector.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const other = vector[middle] ?? 0
    const otherFirst = direction === 'asc' ? comesBefore(other, row, keys) : comesBefore(row, other, keys)
    if (otherFirst) low = middle + 1
    else high = middle
  }
  return low
}
