import { join } from 'node:path'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { VersionId } from '../../../../shared/domain/version.ts'
import { isStoredPath } from '../../catalog/sync/usableOperation.ts'
import { isHere, originalFile } from '../cloudOnlyAssets.ts'
import type { FetchContext } from '../fetchContext.ts'
import { download } from '../transfer/download.ts'
import { versionKeys } from './besideFiles.ts'

/**
 * Brings the file of an earlier version to its place in the library: half-made file, SHA-256, fsync, rename. Throws
 * `not_found` with who may have it when the bucket does not, `remote_checksum`, what the store says or what the disk does.
 */
export async function fetchVersion(context: FetchContext, id: VersionId): Promise<'fetched' | 'here'> {
  const { catalog, root, owner } = context
  const version = catalog.versions.get(id)
  if (version === undefined) throw new VitrineError('not_found', 'That version does not exist any more.', { id })
  const { sha256, storage_path: storagePath, file_size_bytes: size } = version
  if (isHere(root, { storagePath, fileSizeBytes: size })) return 'here'
  if (!isStoredPath(storagePath)) {
    throw new VitrineError('file_vanished', `“${storagePath}” is not there any more. Put the file back.`)
  }
  const known = catalog.remotes.object(context.remoteId, version.asset_id, 'version', sha256)?.key
  const keys = versionKeys(owner, version, catalog.assets.findById(version.asset_id))
  let failure: VitrineError | null = null
  for (const key of new Set(known === undefined ? keys : [known, ...keys])) {
    try {
      await download({
        store: context.store,
        key,
        sha256,
        size,
        target: originalFile(root, { storagePath }),
        partial: join(root, 'cache', 'downloads', `${sha256}.part`),
        signal: context.signal,
        onBytes: context.onBytes,
        pace: context.pace,
      })
      return 'fetched'
    } catch (error) {
      // Another program may have put something else, or nothing, where it was.
      if (!(error instanceof VitrineError) || !ELSEWHERE.has(error.code)) throw error
      if (failure === null || failure.code === 'not_found') failure = error
    }
  }
  if (failure?.code === 'remote_checksum') throw failure
  throw new VitrineError(
    'not_found',
    `The bucket does not hold version ${version.version_number} of this asset yet. ${whoHas(context, version.device_id)}`,
    { id },
    { cause: failure },
  )
}

const ELSEWHERE: ReadonlySet<string> = new Set(['not_found', 'remote_checksum'])

function whoHas({ catalog }: FetchContext, device: string): string {
  if (device === catalog.deviceId) return 'It was made on this computer: put its file back, or check the library.'
  const name = catalog.remoteLog.devices().find(({ id }) => id === device)?.name
  return `It was made on ${name == null ? 'another device' : `“${name}”`}: let that sync.`
}
