import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Sha256 } from '../../../shared/domain/ids.ts'
import type { StoredAsset } from '../catalog/assetRecords.ts'
import type { LibraryFolder } from './libraryFolder.ts'

/** Where the frame is kept that a window drew of a film; rebuildable like a thumbnail. */
export function posterPath(folder: LibraryFolder, sha256: Sha256): string {
  return join(folder.posters, sha256.slice(0, 2), `${sha256}.webp`)
}

/** Path of the frame that a window drew of an asset, undefined if there is none. */
export function posterOf({ mimeType, sha256 }: StoredAsset, folder: LibraryFolder): string | undefined {
  if (!mimeType.startsWith('video/')) return undefined
  const path = posterPath(folder, sha256)
  return existsSync(path) ? path : undefined
}
