import { setImmediate } from 'node:timers/promises'
import type { AssetSelection } from '../../../shared/domain/asset.ts'
import { MOST_SHARED, type SelectionSummary, selectionSummarySchema } from '../../../shared/domain/selectionSummary.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Common, RowsSummary, SummaryColumn } from '../catalog/selectionSummary.ts'

/** Rows that are read before others may have the engine. */
const PART = 5000

/** What a selection of any size has in common, part by part, so that nothing waits for a large one. */
export async function summariseSelection(catalog: Catalog, selection: AssetSelection): Promise<SelectionSummary> {
  const rows = catalog.assets.resolve(selection)
  let summary = catalog.summarise([...rows.subarray(0, PART)])
  for (let start = PART; start < rows.length; start += PART) {
    await setImmediate()
    summary = together(summary, catalog.summarise([...rows.subarray(start, start + PART)]))
  }
  const { total, bytes, deleted, types, columns } = summary
  const field = (column: SummaryColumn): unknown => columns.get(column)
  const favorite = columns.get('is_favorite')
  return selectionSummarySchema.parse({
    total,
    bytes,
    deleted,
    types: Object.fromEntries(types),
    fields:
      total === 0
        ? null
        : {
            ...Object.fromEntries([...columns.keys()].map((column) => [column, field(column)])),
            is_favorite: favorite?.kind === 'same' ? { kind: 'same', value: favorite.value === 1 } : favorite,
          },
    tags: mostUsed(summary.tags).flatMap(([id, count]) => {
      const tag = catalog.tags.get(id)
      return tag === undefined ? [] : [{ id, name: tag.name, color: tag.color, with: count }]
    }),
    collections: mostUsed(summary.collections).flatMap(([id, count]) => {
      const collection = catalog.collections.get(id)
      return collection === undefined ? [] : [{ id, name: collection.name, with: count }]
    }),
  })
}

function mostUsed<K extends string>(counts: ReadonlyMap<K, number>): (readonly [K, number])[] {
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_SHARED)
}

/** The summary of the rows of both. */
function together(a: RowsSummary, b: RowsSummary): RowsSummary {
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
