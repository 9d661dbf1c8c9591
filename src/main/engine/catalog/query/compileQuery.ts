import type { CollectionId } from '../../../../shared/domain/ids.ts'
import type { LibraryQuery, SortField, View } from '../../../../shared/domain/query.ts'
import { parseSearch } from '../../../../shared/domain/search/parseSearch.ts'
import { compileSearch } from './compileSearch.ts'
import { whereOf } from './sqlFragment.ts'

export interface CompiledQuery {
  readonly sql: string
  readonly parameters: readonly (string | number)[]
}

/** How long an asset counts as recent, ms. */
export const RECENT_MS = 30 * 24 * 3_600_000

/** Fields that an asset has by itself. */
export type SortColumn = Exclude<SortField, 'manual'>

/** What each field orders by; never null. */
export const sortExpressions: Readonly<Record<SortColumn, string>> = {
  imported_at: 'imported_at',
  captured_at: 'coalesce(captured_at, created_at)',
  created_at: 'created_at',
  updated_at: 'updated_at',
  file_name: 'file_name COLLATE NOCASE',
  custom_title: 'coalesce(custom_title, file_name) COLLATE NOCASE',
  file_size_bytes: 'file_size_bytes',
  rating: 'rating',
  width: 'coalesce(width, 0)',
  height: 'coalesce(height, 0)',
  duration_seconds: 'coalesce(duration_seconds, 0)',
  asset_type: 'asset_type',
  model_used: "coalesce(model_used, '') COLLATE NOCASE",
}

/** What gives a query its order: a column of the assets, or their places in a collection. */
export type QueryOrder =
  | { readonly kind: 'column'; readonly field: SortColumn }
  | { readonly kind: 'places'; readonly collectionId: CollectionId }

/** Places are of collections that people fill; everywhere else there are none. */
export function orderOf({ view, sort }: LibraryQuery, unsorted: CollectionId): QueryOrder {
  if (sort.field !== 'manual') return { kind: 'column', field: sort.field }
  return view.kind === 'collection' && view.collectionId !== unsorted
    ? { kind: 'places', collectionId: view.collectionId }
    : { kind: 'column', field: 'imported_at' }
}

/**
 * SQL that gives `(row_id, aspect)` of every asset a query means, in its total order. `now` in ms; `timeZone` is the IANA
 * name of the zone whose days count. It calls functions of `registerSqlFunctions`.
 */
export function compileQuery(
  query: LibraryQuery,
  unsorted: CollectionId,
  now: number,
  timeZone: string = localTimeZone(),
): CompiledQuery {
  const parameters: (string | number)[] = []
  const where = [viewCondition(query.view, unsorted, now, parameters)]
  const text = textCondition(query.text, unsorted, parameters, now, timeZone)
  if (text !== null) where.push(text)
  const direction = query.sort.direction === 'asc' ? 'ASC' : 'DESC'
  const order = orderOf(query, unsorted)
  const key =
    order.kind === 'column'
      ? sortExpressions[order.field]
      : '(SELECT position FROM collection_assets WHERE collection_id = ? AND asset_row = row_id)'
  if (order.kind === 'places') parameters.push(order.collectionId)
  const sql = `SELECT row_id, aspect FROM assets WHERE ${where.join(' AND ')} ORDER BY ${key} ${direction}, row_id ${direction}`
  return { sql, parameters }
}

/** The condition of what was typed; null when it narrows nothing. What can't be understood in it is left out. */
export function textCondition(
  text: string,
  unsorted: CollectionId,
  parameters: (string | number)[],
  now: number,
  timeZone: string = localTimeZone(),
): string | null {
  if (text.trim() === '') return null
  const condition = compileSearch(parseSearch(text).tree, { unsorted, now, timeZone })
  if (condition === null) return null
  const where = whereOf(condition)
  parameters.push(...where.parameters)
  return where.sql
}

function localTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** The condition of a view. Its text repeats the partial indexes' conditions, so that the planner can use them. */
export function viewCondition(
  view: View,
  unsorted: CollectionId,
  now: number,
  parameters: (string | number)[],
): string {
  switch (view.kind) {
    case 'workspace': {
      const where = ["space = 'workspace' AND deleted_at IS NULL"]
      if (view.jobId !== undefined) {
        where.push('job_id = ?')
        parameters.push(view.jobId)
      }
      if (view.session !== undefined) {
        where.push('imported_at BETWEEN ? AND ?')
        parameters.push(Date.parse(view.session.from), Date.parse(view.session.to))
      }
      return where.join(' AND ')
    }
    case 'library':
      return "space = 'library' AND deleted_at IS NULL"
    case 'favorites':
      return "space = 'library' AND deleted_at IS NULL AND is_favorite = 1"
    case 'recent':
      parameters.push(now - RECENT_MS)
      return "space = 'library' AND deleted_at IS NULL AND imported_at >= ?"
    case 'untagged':
      return "space = 'library' AND deleted_at IS NULL AND tag_count = 0"
    case 'collection': {
      if (view.collectionId === unsorted) return "space = 'library' AND deleted_at IS NULL AND membership_count = 0"
      parameters.push(view.collectionId)
      return 'deleted_at IS NULL AND row_id IN (SELECT asset_row FROM collection_assets WHERE collection_id = ?)'
    }
    case 'trash':
      return 'deleted_at IS NOT NULL'
    case 'everything':
      return 'deleted_at IS NULL'
  }
}
