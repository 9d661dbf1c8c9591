import type { RowId } from '../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { expandSmartCollections } from './smartQuery.ts'

/** Rows of the collections that stay on this computer, with all that is below them; smart ones hold what they find at `now` (ms). */
export function pinnedRows(catalog: Catalog, now: number): ReadonlySet<RowId> {
  const rows = new Set<RowId>()
  for (const collectionId of catalog.localOriginals.pinned()) {
    const query = expandSmartCollections(catalog, {
      view: { kind: 'collection', collectionId, deep: true },
      text: '',
      sort: { field: 'imported_at', direction: 'desc' },
    })
    for (const row of catalog.assets.query(query, now).rowIds) rows.add(row)
  }
  return rows
}
