import { type Arrange, type Arrangement, isTimeField } from '../../../../shared/domain/arrangement.ts'
import type { CollectionId } from '../../../../shared/domain/ids.ts'
import type { LibraryQuery } from '../../../../shared/domain/query.ts'
import type { Db } from '../database.ts'
import { orderOf, type SortColumn, sortExpressions } from '../query/compileQuery.ts'
import { groupRows, type RowKey } from './rowGroups.ts'

/** Up to here stacks are told by the keys of their prompts alone. */
const KEYS_AT_ONCE = 1000

/**
 * What a window wants to know of a vector beside its rows.
 * @param rowIds the vector of the query
 * @param keyOf by what the rows of an order are ordered
 * @param stacksOf the numbers of the rows' stacks; asked only when they are wanted
 */
export function arrangeRows(
  rowIds: Int32Array,
  query: LibraryQuery,
  unsorted: CollectionId,
  wanted: Arrange,
  keyOf: (field: SortColumn) => RowKey,
  stacksOf: (rowIds: Int32Array) => Int32Array<ArrayBuffer>,
): Arrangement {
  const order = orderOf(query, unsorted)
  const stacks = wanted.stacks ? stacksOf(rowIds) : null
  if (order.kind === 'places') return { groups: null, marks: null, stacks }
  const read = keyOf(order.field)
  const usual = isTimeField(order.field) ? 'month' : 'value'
  const marks = groupRows(rowIds, order.field, usual, read)
  const groups = wanted.groups === usual ? marks : groupRows(rowIds, order.field, wanted.groups, read)
  return { groups, marks, stacks }
}

/** The same of some thousand rows, with nothing in memory. */
export function arrangeAtOnce(
  db: Db,
  rowIds: Int32Array,
  query: LibraryQuery,
  unsorted: CollectionId,
  wanted: Arrange,
): Arrangement {
  const keys = (field: SortColumn) => keysFromRows(db, field)
  return arrangeRows(rowIds, query, unsorted, wanted, keys, (rows) => stacksAmong(db, rows))
}

/** The sort keys of single rows, one statement a row: for what needs few of them. */
export function keysFromRows(db: Db, field: SortColumn): RowKey {
  const read = db.prepare(
    `SELECT ${sortExpressions[field].replace(/ COLLATE NOCASE$/, '')} FROM assets WHERE row_id = ?`,
  )
  const key = read.pluck()
  return (row) => {
    const found = key.get(row)
    return typeof found === 'string' || typeof found === 'number' ? found : ''
  }
}

/** Which of some rows were made of the same prompt, by number, without looking at any other; 0 for those without one. */
function stacksAmong(db: Db, rowIds: Int32Array): Int32Array<ArrayBuffer> {
  const read = db
    .prepare(
      'SELECT a.row_id, a.prompt_key FROM json_each(?) j CROSS JOIN assets a ON a.row_id = j.value WHERE a.prompt_key IS NOT NULL',
    )
    .raw()
  const numbers = new Map<string, number>()
  const byRow = new Map<number, number>()
  for (let start = 0; start < rowIds.length; start += KEYS_AT_ONCE) {
    const rows = JSON.stringify([...rowIds.subarray(start, start + KEYS_AT_ONCE)])
    for (const [row, key] of read.all(rows) as [number, string][]) {
      const number = numbers.get(key) ?? numbers.size + 1
      numbers.set(key, number)
      byRow.set(row, number)
    }
  }
  return Int32Array.from(rowIds, (row) => byRow.get(row) ?? 0)
}
