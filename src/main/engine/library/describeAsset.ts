import { existsSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'
import { thumbnailSizes } from '../../../shared/domain/asset.ts'
import type { AssetId } from '../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { thumbnailPath } from '../catalog/thumbnailPath.ts'
import { assetActivity } from './history/assetActivity.ts'
import type { LibraryFolder } from './libraryFolder.ts'

const HISTORY_ENTRIES = 50

/** Everything about one asset, also what only the file system and the bucket know. Throws `not_found`. */
export function describeAsset(catalog: Catalog, folder: LibraryFolder, id: AssetId): AssetDetail {
  const asset = catalog.assets.get(id, true)
  if (asset === undefined) throw new VitrineError('not_found', 'That asset does not exist any more.', { id })
  const thumbnails = thumbnailSizes
    .map((size) => [String(size), join(folder.root, thumbnailPath(asset.sha256, size))] as const)
    .filter(([, path]) => existsSync(path))
  return {
    ...asset,
    thumbnails: Object.fromEntries(thumbnails),
    original_path: isAbsolute(asset.storage_path) ? asset.storage_path : join(folder.root, asset.storage_path),
    remote_key: remoteKey(catalog, id),
    history: assetActivity(catalog, folder, id, HISTORY_ENTRIES, null),
  }
}

function remoteKey(catalog: Catalog, id: AssetId): string | null {
  const library = catalog.remotes.list().find(({ role }) => role === 'library')
  return (library && catalog.remotes.object(library.id, id, 'original')?.key) ?? null
}
