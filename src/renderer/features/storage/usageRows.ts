import type { View } from '../../../shared/domain/query.ts'
import type { FieldName } from '../../../shared/domain/search/searchFields.ts'
import type { SearchOperator } from '../../../shared/domain/search/searchNode.ts'
import type { Usage } from '../../../shared/domain/storage.ts'

/** Where a bar leads to. */
export type Leads =
  | { readonly kind: 'view'; readonly view: View }
  | { readonly kind: 'search'; readonly field: FieldName; readonly value: string; readonly operator: SearchOperator }

/** One bar. */
export interface UsageRow {
  readonly key: string
  readonly name: string
  /** Assets, or objects in a bucket. */
  readonly count: number
  readonly bytes: number
  /** Null where there is nothing to go to. */
  readonly leads: Leads | null
}

/** Rows that are drawn before somebody asks for more, and at most. */
export const FEW = 6
export const MOST = 100

function search(field: FieldName, value: string, operator: SearchOperator = ':'): Leads {
  return { kind: 'search', field, value, operator }
}

const largestFirst = (rows: readonly UsageRow[]) =>
  rows.toSorted((a, b) => b.bytes - a.bytes || b.count - a.count || a.name.localeCompare(b.name))

export function typeRows({ byType }: Pick<Usage, 'byType'>, nameOf: (type: string) => string): readonly UsageRow[] {
  return largestFirst(
    Object.entries(byType)
      .filter(([, { assets }]) => assets > 0)
      .map(([type, { assets, bytes }]) => ({
        key: type,
        name: nameOf(type),
        count: assets,
        bytes,
        leads: search('type', type),
      })),
  )
}

export function collectionRows({ byCollection }: Pick<Usage, 'byCollection'>): readonly UsageRow[] {
  return largestFirst(
    byCollection
      .filter(({ assets }) => assets > 0)
      .map(({ id, name, assets, bytes }) => ({
        key: id,
        name,
        count: assets,
        bytes,
        leads: { kind: 'view', view: { kind: 'collection', collectionId: id } },
      })),
  )
}

/** Models or tools: names of which one may be a part of the other, so they are searched for whole. */
export function namedRows(field: 'model' | 'generator', named: Usage['byModel']): readonly UsageRow[] {
  return largestFirst(
    named.map(({ name, assets, bytes }) => ({
      key: name,
      name,
      count: assets,
      bytes,
      leads: search(field, name, '='),
    })),
  )
}

/** Years stay in their order: they are read as a history. */
export function yearRows({ byYear }: Pick<Usage, 'byYear'>): readonly UsageRow[] {
  return byYear.map(({ name, assets, bytes }) => ({
    key: name,
    name,
    count: assets,
    bytes,
    leads: search('imported', name),
  }))
}

/** What is in the only bucket can be searched for; with several the language does not tell them apart. */
export function bucketRows({ byRemote }: Pick<Usage, 'byRemote'>): readonly UsageRow[] {
  const leads = byRemote.length === 1 ? search('sync', 'synced') : null
  return largestFirst(byRemote.map(({ id, name, objects, bytes }) => ({ key: id, name, count: objects, bytes, leads })))
}

export interface ShownRows {
  readonly rows: readonly UsageRow[]
  /** What the rows left out add up to; null when none is. */
  readonly others: { readonly rows: number; readonly count: number; readonly bytes: number } | null
  /** What a full bar stands for, bytes; never 0. */
  readonly full: number
}

/** The first `limit` rows, and the rest as one. One row more than the limit is shown rather than summed up. */
export function shownRows(rows: readonly UsageRow[], limit: number): ShownRows {
  const cut = rows.length <= limit + 1 ? rows.length : limit
  const rest = rows.slice(cut)
  const sum = (of: 'count' | 'bytes') => rest.reduce((total, row) => total + row[of], 0)
  const others = rest.length === 0 ? null : { rows: rest.length, count: sum('count'), bytes: sum('bytes') }
  const largest = Math.max(1, others?.bytes ?? 0, ...rows.slice(0, cut).map(({ bytes }) => bytes))
  return { rows: rows.slice(0, cut), others, full: largest }
}
