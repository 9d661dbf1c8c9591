import { type QueryOrder, type SortColumn, sortExpressions } from '../query/compileQuery.ts'
import { findRows, inMemory, probeRows, type Snapshot } from './findRows.ts'
import type { FlagTest } from './flagTests.ts'
import type { SearchParts, TimeSpan } from './searchParts.ts'
import { type Direction, firstRows } from './sortRows.ts'

const none = new Int32Array()

const orderIndexes: Readonly<Partial<Record<SortColumn, string>>> = {
  imported_at: 'assets_imported',
  captured_at: 'assets_captured',
  created_at: 'assets_created',
  file_size_bytes: 'assets_size',
  file_name: 'assets_file_name',
  custom_title: 'assets_title',
}

/**
 * The first rows of what is answered from memory, in an order whose keys are not there yet: from an index that has it. None
 * when there is no such index, or when it would be gone through for too few.
 */
export function firstInOrder(
  { db, columns, limits }: Snapshot,
  parts: SearchParts,
  order: QueryOrder,
  direction: Direction,
): Int32Array {
  const index = order.kind === 'column' ? orderIndexes[order.field] : undefined
  if (order.kind !== 'column' || index === undefined || parts.sources.length > 0) return none
  const rows = db
    .prepare(
      `SELECT row_id FROM assets INDEXED BY ${index} ORDER BY ${sortExpressions[order.field]} ${direction}, row_id ${direction}`,
    )
    .pluck()
  const passes = inMemory(columns, parts)
  const first: number[] = []
  let passed = 0
  for (const row of rows.iterate() as IterableIterator<number>) {
    if (passes(row)) first.push(row)
    else if (++passed > limits.passed) break
    if (first.length === limits.firstPart) break
  }
  return first.length < limits.worth ? none : Int32Array.from(first)
}

/** The beginning of an order of rows that what is in memory lets pass. It stands until any row changes. */
export interface Beginning {
  readonly test: FlagTest
  readonly imported: TimeSpan
  readonly keys: Float64Array
  readonly direction: Direction
  readonly rows: Int32Array
}

/** Null when sources say nothing, or when the whole answer is there as soon. Somebody who types asks for the same again. */
export function beginningOf(
  snapshot: Snapshot,
  { test, imported, sources }: SearchParts,
  keys: Float64Array,
  direction: Direction,
  known: Beginning | null,
): Beginning | null {
  const { columns, limits } = snapshot
  if (sources.length === 0 || columns.end < limits.small) return null
  if (
    known?.keys === keys &&
    known.direction === direction &&
    known.imported.from === imported.from &&
    known.imported.to === imported.to &&
    known.test.every((passes, flags) => passes === test[flags])
  ) {
    return known
  }
  const possible = findRows(snapshot, { test, imported, sources: [] })
  return { test, imported, keys, direction, rows: firstRows(possible, keys, direction, limits.lookedAt) }
}

/**
 * The first rows of a search that finds many, before it is known what all of them are: sources are asked only for what lies
 * at the beginning of the order. None when few of that are found.
 */
export function firstFound(snapshot: Snapshot, parts: SearchParts, { rows }: Beginning): Int32Array {
  const { limits } = snapshot
  const found = foundAmong(snapshot, parts, rows)
  return found.length < limits.worth ? none : found.subarray(0, limits.firstPart)
}

function foundAmong(snapshot: Snapshot, parts: SearchParts, candidates: Int32Array): Int32Array {
  let from = Number.POSITIVE_INFINITY
  let to = 0
  for (const row of candidates) {
    if (row < from) from = row
    if (row > to) to = row
  }
  if (candidates.length === 0) return none
  if (to - from > snapshot.limits.widest) {
    return parts.sources.every(({ seekable }) => seekable)
      ? probeRows(snapshot, parts, candidates.subarray(0, snapshot.limits.probed))
      : none
  }
  const isFound = new Uint8Array(to - from + 1)
  for (const row of findRows(snapshot, parts, { from, to })) isFound[row - from] = 1
  return candidates.filter((row) => isFound[row - from] === 1)
}
