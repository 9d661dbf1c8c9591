import type { AssetSelection } from '../../../shared/domain/asset.ts'
import type { StoredAsset } from '../catalog/assetRecords.ts'
import type { Catalog } from '../catalog/catalog.ts'

/** The assets of a selection that exist, in the order of their rows. */
export function* selectedAssets(catalog: Catalog, selection: AssetSelection): Generator<StoredAsset> {
  for (const rowId of catalog.assets.resolve(selection)) {
    const asset = catalog.assets.findByRow(rowId)
    if (asset !== undefined) yield asset
  }
}
