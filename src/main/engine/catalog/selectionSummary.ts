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
