import { setImmediate } from 'node:timers/promises'
import type { CollectionId, RowId, TagId } from '../../../shared/domain/ids.ts'
import { type Db, statementCache } from './database.ts'

/** Columns whose common value is asked for. */
export const summaryColumns = [
  'custom_title',
  'description',
  'rating',
  'color_label',
  'is_favorite',
  'visibility',
  'content_category',
  'space',
  'model_used',
  'generator',
  'original_prompt',
] as const
export type SummaryColumn = (typeof summaryColumns)[number]

export type SummaryValue = string | number | null
/** What some rows have in a column. */
export type Common = { readonly kind: 'same'; readonly value: SummaryValue } | { readonly kind: 'mixed' }

export interface RowsSummary {
  readonly total: number
  readonly bytes: number
  readonly deleted: number
  readonly types: ReadonlyMap<string, number>
  readonly columns: ReadonlyMap<SummaryColumn, Common>
  readonly tags: ReadonlyMap<TagId, number>
  readonly collections: ReadonlyMap<CollectionId, number>
}

/** Reads what rows have in common, all in SQL. For some thousand rows at a time; `total` is of those that exist. */
export function summariseRows(db: Db): (rows: readonly RowId[]) => RowsSummary {
  const statement = statementCache(db)
  const chosen = 'FROM json_each(?) j CROSS JOIN assets a ON a.row_id = j.value'
  const aggregates = summaryColumns.map(
    (column) =>
      `min(a.${column}) AS ${column}, count(a.${column}) AS ${column}_set, min(a.${column}) IS max(a.${column}) AS ${column}_same`,
  )
  return (rows) => {
    const list = JSON.stringify(rows)
    const all = statement(
      `SELECT count(*) AS total, total(a.file_size_bytes) AS bytes, count(a.deleted_at) AS deleted, ${aggregates.join(', ')} ${chosen}`,
    ).get(list) as Record<string, SummaryValue>
    const total = Number(all.total)
    const groups = <K>(sql: string) =>
      new Map((statement(sql).all(list) as { key: K; count: number }[]).map(({ key, count }) => [key, count]))
    return {
      total,
      bytes: Number(all.bytes),
      deleted: Number(all.deleted),
      types: groups<string>(`SELECT a.asset_type AS key, count(*) AS count ${chosen} GROUP BY 1`),
      columns: new Map(
        summaryColumns.map((column) => {
          const set = Number(all[`${column}_set`])
          const isSame = set === 0 || (set === total && all[`${column}_same`] === 1)
          return [column, isSame ? { kind: 'same', value: all[column] ?? null } : { kind: 'mixed' }]
        }),
      ),
      tags: groups<TagId>(
        `SELECT x.tag_id AS key, count(*) AS count FROM json_each(?) j CROSS JOIN asset_tags x ON x.asset_row = j.value
         JOIN tags t ON t.id = x.tag_id WHERE t.deleted_at IS NULL GROUP BY 1`,
      ),
      collections: groups<CollectionId>(
        `SELECT x.collection_id AS key, count(*) AS count FROM json_each(?) j CROSS JOIN collection_assets x ON x.asset_row = j.value
         JOIN collections c ON c.id = x.collection_id WHERE c.deleted_at IS NULL GROUP BY 1`,
      ),
    }
  }
}

/** Rows that are read before others may have the thread. */
const PART = 2000

/** Sums the summaries of parts, and lets other work in between. */
export async function summariseInParts(
  rows: Int32Array,
  summarise: (rows: readonly RowId[]) => RowsSummary,
): Promise<RowsSummary> {
  let summary = summarise(partOf(rows, 0, PART))
  for (let start = PART; start < rows.length; start += PART) {
    await setImmediate()
    summary = together(summary, summarise(partOf(rows, start, PART)))
  }
  return summary
}

/** Row ids `[start, start + length)` of a selection. */
export function partOf(rows: Int32Array, start: number, length: number): RowId[] {
  return Array.from(rows.subarray(start, start + length), (row) => row as RowId)
}

/** The summary of the rows of both. */
export function together(a: RowsSummary, b: RowsSummary): RowsSummary {
  if (a.total === 0 || b.total === 0) return a.total === 0 ? b : a
  return {
    total: a.total + b.total,
    bytes: a.bytes + b.bytes,
    deleted: a.deleted + b.deleted,
    types: sum(a.types, b.types),
    columns: new Map([...a.columns].map(([column, common]) => [column, alike(common, b.columns.get(column))])),
    tags: sum(a.tags, b.tags),
    collections: sum(a.collections, b.collections),
  }
}

function alike(a: Common, b: Common | undefined): Common {
  return a.kind === 'same' && b?.kind === 'same' && a.value === b.value ? a : { kind: 'mixed' }
}

function sum<K>(a: ReadonlyMap<K, number>, b: ReadonlyMap<K, number>): ReadonlyMap<K, number> {
  const total = new Map(a)
  for (const [key, count] of b) total.set(key, (total.get(key) ?? 0) + count)
  return total
}
