import type { Catalog } from '../../catalog/catalog.ts'
import type { RemoteRow } from '../../catalog/remotes.repository.ts'
import type { AssetFiles } from '../../catalog/verification.repository.ts'
import type { ObjectStore } from '../../ports.ts'
import { fetchOriginal } from './fetchOriginal.ts'
import type { Findings } from './findings.ts'

/** Opens the library's bucket for as long as `work` takes; null when there is none. Rejects when it can't be reached. */
export interface LibraryBucket {
  withLibraryStore<T>(work: (store: ObjectStore, remote: RemoteRow) => Promise<T>): Promise<T | null>
}

const PAGE = 200
/** Objects asked for at once. */
const AT_ONCE = 8

/** Brings the original of an asset from the library's bucket; false when that does not have it, or can't be reached. */
export async function fetchFromBucket(
  catalog: Catalog,
  bucket: LibraryBucket,
  asset: AssetFiles,
  target: string,
): Promise<boolean> {
  const fetched = await bucket.withLibraryStore(async (store, remote) => {
    const object = catalog.remotes.object(remote.id, asset.id, 'original')
    if (object === undefined || object.sha256 !== asset.sha256) return false
    await fetchOriginal(store, object.key, { sha256: asset.sha256, size: asset.fileSizeBytes }, target)
    return true
  })
  return fetched === true
}

/**
 * Asks the bucket for everything that it was shown to hold. With `repair` what it has lost is forgotten, so that the
 * next sync stores it again.
 */
export async function verifyRemote(
  catalog: Catalog,
  bucket: LibraryBucket,
  findings: Findings,
  repair: boolean,
  signal: AbortSignal,
): Promise<void> {
  await bucket.withLibraryStore(async (store, remote) => {
    let after = ''
    for (;;) {
      const page = catalog.verification.objects(remote.id, after, PAGE)
      const last = page.at(-1)
      if (last === undefined) return
      after = last.assetId
      const queue = [...page]
      const work = async (): Promise<void> => {
        for (let object = queue.shift(); object !== undefined && !signal.aborted; object = queue.shift()) {
          const problem = await problemOf(store, object)
          if (problem === null) continue
          findings.add('remote', { id: object.assetId, path: object.key, remote: remote.id, key: object.key, problem })
          if (!repair) continue
          catalog.verification.forgetObject(object)
          catalog.assets.setSyncState([{ id: object.assetId, state: 'local', reason: null }])
          findings.add('repaired', { path: object.key, how: 'will be stored again by the next sync' })
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, work))
      signal.throwIfAborted()
    }
  })
}

async function problemOf(
  store: ObjectStore,
  { key, size }: { readonly key: string; readonly size: number },
): Promise<'missing' | 'different' | null> {
  const info = await store.head(key)
  if (info === null) return 'missing'
  return info.size === size ? null : 'different'
}
