import { basename } from 'node:path'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { MutationResult } from '../../../../shared/contract/requests/requestMap.ts'
import type { AssetId } from '../../../../shared/domain/ids.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { StoredFile } from '../import/storeFile.ts'
import { changeContent, requireAsset } from './changeContent.ts'

/**
 * Gives an asset the content of a file; what it had stays as an earlier version. `now` in ms. Throws `not_found`,
 * `invalid_request` for the bytes that it has already, and what `store` throws.
 */
export async function addVersion(
  catalog: Catalog,
  store: (path: string) => Promise<StoredFile>,
  id: AssetId,
  path: string,
  description: string | undefined,
  now: () => number,
): Promise<MutationResult> {
  requireAsset(catalog, id)
  const { read, type, storagePath } = await store(path)
  // Looked at again: copying takes a while.
  const asset = requireAsset(catalog, id)
  if (asset.sha256 === read.sha256) {
    throw new VitrineError('invalid_request', `“${basename(path)}” is what “${asset.fileName}” shows already.`)
  }
  const content = {
    ...type,
    sha256: read.sha256,
    storagePath,
    fileName: basename(path),
    bytes: read.size,
    createdAt: Math.round(read.mtimeMs),
  }
  const at = now()
  return catalog.mutate(
    { kind: 'version', label: () => `Gave “${asset.fileName}” a new version`, undoable: true, now: at },
    (writer) => changeContent(catalog, writer, asset, content, description || null, at),
  )
}
