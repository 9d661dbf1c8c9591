import type { AssetSelection } from '../../../shared/domain/asset.ts'
import type { RowId } from '../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'

/** The rows of a selection as it lists them, which is as a person sees them; for what counts through them. */
export function rowsInOrder(catalog: Catalog, selection: AssetSelection): readonly RowId[] {
  if ('rowIds' in selection) return Array.from(selection.rowIds)
  return selection.ids.flatMap((id) => catalog.assets.findById(id)?.rowId ?? [])
}
