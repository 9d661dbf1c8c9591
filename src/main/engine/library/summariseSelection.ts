import type { AssetSelection } from '../../../shared/domain/asset.ts'
import { MOST_SHARED, type SelectionSummary, selectionSummarySchema } from '../../../shared/domain/selectionSummary.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { CatalogReader } from '../catalog/reader/catalogReader.ts'
import type { SummaryColumn } from '../catalog/selectionSummary.ts'

/**
 * What a selection of any size has in common.
 * @param asker who asks, when its newer question is to end this one
 */
export async function summariseSelection(
  catalog: Catalog,
  reader: Pick<CatalogReader, 'summary'>,
  selection: AssetSelection,
  asker: string | null = null,
): Promise<SelectionSummary> {
  const rows = 'ids' in selection ? catalog.assets.resolve(selection) : Int32Array.from(selection.rowIds)
  const summary = await reader.summary(rows, asker)
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
