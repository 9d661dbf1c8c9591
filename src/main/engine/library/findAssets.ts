import type { StoredAsset } from '../catalog/assetRecords.ts'
import type { Catalog } from '../catalog/catalog.ts'

/** Digits of an id from which on its beginning is taken for one. */
const SHORTEST_PREFIX = 4
const MOST = 10

/**
 * The assets that a person may mean: by a full id, the beginning of one, or a path (inside the library, of the source,
 * or a file name that only one asset has). At most ten; none when nothing fits.
 */
export function findAssets(catalog: Catalog, reference: string): readonly StoredAsset[] {
  const byPath = catalog.assets.findByPath(reference)
  if (byPath !== undefined) return [byPath]
  const id = reference.toLowerCase()
  if (id.length < SHORTEST_PREFIX || !/^[0-9a-f-]+$/.test(id)) return []
  return catalog.assets.findByIdPrefix(id, MOST)
}
