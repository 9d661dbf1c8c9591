import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { RequestOutput } from '../../../../shared/contract/requests.ts'
import type { AssetId, RemoteId } from '../../../../shared/domain/ids.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { isStoredPath } from '../../catalog/sync/usableOperation.ts'

/**
 * Fetches the original of an asset whose file left this device while it was an earlier version, and which is current again by an
 * undo. `away`: the bucket has it and it could not be fetched now; it is cloud-only then. `unknown`: nobody says that the bucket
 * has it.
 */
export async function bringBack(
  { assets, remotes }: Pick<Catalog, 'assets' | 'remotes'>,
  remoteId: RemoteId | undefined,
  fetch: (ids: readonly AssetId[]) => Promise<RequestOutput<'sync.fetch'>>,
  id: AssetId,
): Promise<'here' | 'away' | 'unknown'> {
  const asset = assets.findById(id)
  if (asset === undefined || remoteId === undefined || !isStoredPath(asset.storagePath)) return 'unknown'
  // An undo takes the record of the version back, too; what the bucket holds stays known.
  const isThere = remotes
    .objectsOf(remoteId, id)
    .some(({ kind, sha256 }) => (kind === 'version' || kind === 'original') && sha256 === asset.sha256)
  if (!isThere) return 'unknown'
  assets.setSyncState([{ id, state: 'cloud-only', reason: null }])
  try {
    const { failed } = await fetch([id])
    return failed.length === 0 ? 'here' : 'away'
  } catch (error) {
    if (!(error instanceof VitrineError)) throw error
    return 'away'
  }
}
