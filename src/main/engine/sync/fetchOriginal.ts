import { join } from 'node:path'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { AssetId } from '../../../shared/domain/ids.ts'
import type { StoredAsset } from '../catalog/assetRecords.ts'
import { isStoredPath } from '../catalog/sync/usableOperation.ts'
import { fetchSidecars } from './beside/fetchSidecars.ts'
import { isHere, originalFile } from './cloudOnlyAssets.ts'
import type { FetchContext } from './fetchContext.ts'
import { originalKey } from './objectKeys.ts'
import { download } from './transfer/download.ts'

/**
 * Brings the original of an asset that is cloud-only to its place in the library: half-made file, SHA-256, fsync, rename. One
 * that is here already is only said to be. Throws `not_found`, `remote_checksum`, `cancelled`, what the store says, or what
 * the disk does; the asset is then cloud-only as before, with the reason.
 */
export async function fetchOriginal(context: FetchContext, assetId: AssetId): Promise<'fetched' | 'here'> {
  const { catalog, root } = context
  const asset = catalog.assets.findById(assetId)
  if (asset === undefined) throw new VitrineError('not_found', 'That asset does not exist any more.')
  if (isHere(root, asset)) {
    settle(context, asset)
    return 'here'
  }
  catalog.assets.setSyncState([{ id: assetId, state: 'downloading', reason: null }])
  try {
    await fetchTo(context, asset)
  } catch (thrown) {
    const error = explained(thrown)
    catalog.assets.setSyncState([
      { id: assetId, state: 'cloud-only', reason: isStopped(error) ? null : messageOf(error) },
    ])
    throw error
  }
  settle(context, asset)
  await fetchSidecars(context, asset).catch((error: unknown) => {
    // The original is what was asked for; it is whole without them.
    if (!(error instanceof VitrineError)) throw error
  })
  return 'fetched'
}

async function fetchTo(context: FetchContext, asset: StoredAsset): Promise<void> {
  const { store, owner, root, remoteId, catalog } = context
  if (!isStoredPath(asset.storagePath)) {
    throw new VitrineError('name_invalid', `“${asset.storagePath}” is no place for an original, so it was not fetched.`)
  }
  const known = catalog.remotes.object(remoteId, asset.id, 'original')
  await download({
    store,
    key: known?.sha256 === asset.sha256 ? known.key : originalKey(owner, asset),
    sha256: asset.sha256,
    size: asset.fileSizeBytes,
    target: originalFile(root, asset),
    partial: join(root, 'cache', 'downloads', `${asset.sha256}.part`),
    signal: context.signal,
    onBytes: context.onBytes,
    pace: context.pace,
    lanes: context.lanes,
  })
}

/** Every asset that shares the file is here now. */
function settle({ catalog, remoteId }: FetchContext, asset: StoredAsset): void {
  const shared = catalog.assets.findByStoragePath(asset.storagePath)
  const cards = catalog.assets.cards(shared.map(({ rowId }) => rowId))
  const away = cards.filter(({ sync_state: state }) => state === 'cloud-only' || state === 'downloading')
  const confirmed = new Set(
    shared
      .filter(({ id, sha256 }) => catalog.remotes.object(remoteId, id, 'original')?.sha256 === sha256)
      .map(({ id }) => id),
  )
  catalog.assets.setSyncState(
    away.map(({ id }) => ({ id, state: confirmed.has(id) ? 'synced' : 'local', reason: null })),
  )
  // What was current again before its file was here has still to be read.
  for (const { id } of away) catalog.queue.retry('media', id, 0)
}

function explained(thrown: unknown): unknown {
  if (!(thrown instanceof VitrineError) || thrown.code !== 'not_found') return thrown
  return new VitrineError(
    'not_found',
    'The bucket does not hold the original any more. Look whether another device still has the file, and let it sync.',
    undefined,
    { cause: thrown },
  )
}

function isStopped(error: unknown): boolean {
  return error instanceof VitrineError && (error.code === 'cancelled' || error.code === 'remote_unreachable')
}

function messageOf(error: unknown): string {
  return error instanceof VitrineError ? error.message : 'The original could not be fetched. The log has the details.'
}
