import { join } from 'node:path'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { StoredAsset } from '../../catalog/assetRecords.ts'
import { isStoredPath } from '../../catalog/sync/usableOperation.ts'
import { isHere, originalFile } from '../cloudOnlyAssets.ts'
import type { FetchContext } from '../fetchContext.ts'
import { sidecarKey } from '../objectKeys.ts'
import { download } from '../transfer/download.ts'

/**
 * Brings the sidecars of an asset that are not here, beside its original. One that the bucket does not hold, because the
 * device that has it has not sent it yet, is left out. Throws what the store or the disk says.
 */
export async function fetchSidecars(context: FetchContext, asset: StoredAsset): Promise<void> {
  const { root, owner } = context
  for (const { path: storagePath, sha256, bytes: size } of asset.sidecars) {
    if (!isStoredPath(storagePath) || isHere(root, { storagePath, fileSizeBytes: size })) continue
    try {
      await download({
        store: context.store,
        key: sidecarKey(owner, sha256),
        sha256,
        size,
        target: originalFile(root, { storagePath }),
        partial: join(root, 'cache', 'downloads', `${sha256}.part`),
        signal: context.signal,
        pace: context.pace,
      })
    } catch (error) {
      if (!(error instanceof VitrineError) || error.code !== 'not_found') throw error
    }
  }
}
