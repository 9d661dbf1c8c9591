import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { KeptReason } from '../../../../shared/domain/cloudCare.ts'
import { standingOf } from '../../catalog/objectStanding.ts'
import type { RemoteObject } from '../../catalog/remotes.repository.ts'
import type { ObjectStore, PutFile } from '../../ports.ts'
import { type AssetPlaces, originalFile } from '../cloudOnlyAssets.ts'

interface DoubtContext extends Pick<AssetPlaces, 'catalog' | 'root'> {
  readonly store: Pick<ObjectStore, 'head' | 'confirm'>
  readonly now: () => number
}

/**
 * What speaks against the bucket holding a file of the library; null when it was just shown to. Throws what the store says when
 * it can't be asked.
 */
export async function doubtIn(
  { catalog, store, root, now }: DoubtContext,
  object: RemoteObject | undefined,
  file: Pick<PutFile, 'sha256' | 'size' | 'contentType'> & { readonly storagePath: string },
): Promise<Extract<KeptReason, 'unsynced' | 'bucket' | 'damaged'> | null> {
  if (object === undefined || object.sha256 !== file.sha256) return 'unsynced'
  const standing = standingOf(object, await store.head(object.key))
  if (standing === 'missing' || standing === 'different') return 'bucket'
  if (standing === 'same') return null
  try {
    const { storagePath, size, sha256, contentType } = file
    const proof = await store.confirm(object.key, {
      path: originalFile(root, { storagePath }),
      size,
      sha256,
      contentType,
    })
    if (proof === null) return 'bucket'
    const { info, verified } = proof
    catalog.remotes.recordObject({ ...object, size: info.size, etag: info.etag, verified, verifiedAt: now() })
    return null
  } catch (error) {
    // The file here is not what it was: there is nothing to compare the bucket with.
    if (error instanceof VitrineError && LOCAL_TROUBLE.has(error.code)) return 'damaged'
    throw error
  }
}

const LOCAL_TROUBLE: ReadonlySet<string> = new Set(['file_vanished', 'file_changing', 'io_error', 'empty_file'])
