import { type AssetType, assetTypeSchema } from '../../../../shared/domain/asset.ts'
import type { CollectionId, TagId } from '../../../../shared/domain/ids.ts'
import type { Db } from '../database.ts'
import {
  type Common,
  partOf,
  type RowsSummary,
  type SummaryColumn,
  type SummaryValue,
  summariseRows,
  summaryColumns,
  together,
} from '../selectionSummary.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { FacetCounter } from './facetCounter.ts'
import type { LibraryReader } from './libraryReader.ts'
import { MOST_ROWS } from './rowColumns.ts'
import { said } from './rowFlags.ts'

/** Rows read between two looks at whether to go on. */
const STEP = 8192
/** A selection with fewer than one row in so many that lie between its first and last is read row by row. */
const SPARSE = 8

/**
 * What selected rows have in common. Only inside of `inSnapshot`, on a thread that may take its time.
 * @param selected row ids in any order; those that do not exist are left out
 * @throws what `checkpoint` throws
 */
export function summariseSelected(
  db: Db,
  reader: LibraryReader,
  facets: FacetCounter,
  selected: Int32Array,
  checkpoint: Checkpoint,
): RowsSummary {
  const rows = distinct(selected)
  const first = rows[0] ?? 0
  const last = rows.at(-1) ?? 0
  if (last > MOST_ROWS || rows.length * SPARSE < last - first) return rowByRow(db, rows, checkpoint)
  const columns = reader.columnsNow(checkpoint)
  const present = rows.filter((row) => (columns.flags[row] ?? 0) !== 0)
  if (present.length === 0) return rowByRow(db, present, checkpoint)
  const sizes = columns.keysOf({ kind: 'column', field: 'file_size_bytes' }, checkpoint)
  let bytes = 0
  let deleted = 0
  const types = new Map<AssetType, number>()
  const typesByLetter = new Map(assetTypeSchema.options.map((type) => [type.charCodeAt(0) & 31, type]))
  const counts = new Float64Array(32)
  for (const row of present) {
    const flags = columns.flags[row] ?? 0
    bytes += sizes[row] ?? 0
    if (said.deleted(flags)) deleted++
    const letter = said.typeLetter(flags)
    counts[letter] = (counts[letter] ?? 0) + 1
  }
  for (const [letter, type] of typesByLetter) {
    const count = counts[letter] ?? 0
    if (count > 0) types.set(type, count)
  }
  const links = facets.links(present, checkpoint)
  return {
    total: present.length,
    bytes,
    deleted,
    types,
    columns: commonValues(db, present, checkpoint),
    tags: existing<TagId>(db, 'tags', links.tags),
    collections: existing<CollectionId>(db, 'collections', links.collections),
  }
}

function rowByRow(db: Db, rows: Int32Array, checkpoint: Checkpoint): RowsSummary {
  const summarise = summariseRows(db)
  let summary = summarise(partOf(rows, 0, STEP))
  for (let start = STEP; start < rows.length; start += STEP) {
    checkpoint()
    summary = together(summary, summarise(partOf(rows, start, STEP)))
  }
  return summary
}

/**
 * The values that all rows share. What the first row has is looked for in the others: only rows that differ come out of
 * SQLite, and a column is not read any more once one does.
 * @param rows ascending, at least one
 */
function commonValues(db: Db, rows: Int32Array, checkpoint: Checkpoint): ReadonlyMap<SummaryColumn, Common> {
  const first = db.prepare(`SELECT ${summaryColumns.join(', ')} FROM assets WHERE row_id = ?`).get(rows[0]) as Record<
    SummaryColumn,
    SummaryValue
  >
  const common = new Map<SummaryColumn, Common>(
    summaryColumns.map((column) => [column, { kind: 'same', value: first[column] }]),
  )
  let at = 0
  let same = sharedOf(common)
  let read = differing(db, same)
  while (at < rows.length && same.length > 0) {
    const from = rows[at] ?? 0
    const to = from + STEP - 1
    const values = Object.fromEntries(same.map((column, index) => [`v${index}`, first[column]]))
    for (const [row = 0, ...differs] of read.all({ from, to, ...values }) as number[][]) {
      while ((rows[at] ?? row) < row) at++
      if (rows[at] !== row) continue
      for (const [index, column] of same.entries()) if (differs[index] === 1) common.set(column, { kind: 'mixed' })
    }
    while (at < rows.length && (rows[at] ?? 0) <= to) at++
    const left = sharedOf(common)
    if (left.length < same.length) {
      same = left
      read = differing(db, same)
    }
    checkpoint()
  }
  return common
}

function sharedOf(common: ReadonlyMap<SummaryColumn, Common>): SummaryColumn[] {
  return summaryColumns.filter((column) => common.get(column)?.kind === 'same')
}

/** Rows of a span of which some column is not what it is said to be, and which. */
function differing(db: Db, columns: readonly SummaryColumn[]) {
  if (columns.length === 0) return db.prepare('SELECT row_id FROM assets WHERE @from > @to').raw()
  const differ = columns.map((column, index) => `${column} IS NOT @v${index}`)
  return db
    .prepare(
      `SELECT row_id, ${differ.join(', ')} FROM assets WHERE row_id BETWEEN @from AND @to AND (${differ.join(' OR ')}) ORDER BY row_id`,
    )
    .raw()
}

function existing<K extends string>(
  db: Db,
  table: 'tags' | 'collections',
  counts: ReadonlyMap<string, number>,
): Map<K, number> {
  const ids = db.prepare(`SELECT id FROM ${table} WHERE deleted_at IS NULL`).pluck().all() as K[]
  return new Map(ids.flatMap((id): [K, number][] => (counts.has(id) ? [[id, counts.get(id) ?? 0]] : [])))
}

/** Ascending, each once. */
function distinct(selected: Int32Array): Int32Array {
  const rows = selected.slice().sort()
  let kept = 0
  for (const row of rows) if (kept === 0 || rows[kept - 1] !== row) rows[kept++] = row
  return rows.subarray(0, kept)
}
