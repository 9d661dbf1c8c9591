import { VitrineError } from '../../../shared/contract/errors.ts'
import type { RequestOutput } from '../../../shared/contract/requests.ts'
import type { AssetId } from '../../../shared/domain/ids.ts'
import type { VersionId } from '../../../shared/domain/version.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Pace } from '../ports.ts'
import { fetchVersion } from './beside/fetchVersion.ts'
import { isHere } from './cloudOnlyAssets.ts'
import type { OriginalFetches } from './fetchOriginals.ts'
import type { LibraryConnection } from './libraryConnection.ts'
import type { Owner } from './objectKeys.ts'
import { isOnRemote } from './planUploads.ts'
import type { Remotes } from './remotes.ts'

export interface FetchingOptions {
  readonly catalog: Catalog
  readonly owner: Owner
  /** Folder of the library. */
  readonly root: string
  readonly connection: LibraryConnection
  readonly libraryRemote: Remotes['libraryRemote']
  readonly originals: OriginalFetches
  readonly pace: Pace
  /** Fetches what lies in a workspace bucket; null for what doesn't. */
  readonly fetchUndecided: (id: AssetId) => Promise<RequestOutput<'sync.fetch'> | null>
  /** Somebody wanted these. */
  readonly onUse: (ids: readonly AssetId[]) => void
}

/** Brings here what somebody wants to have now. */
export interface Fetching {
  /** Originals, from wherever they are. Throws `not_found` without a remote; what fails is in the report. */
  fetch(ids: readonly AssetId[]): Promise<RequestOutput<'sync.fetch'>>
  /** The file of an earlier version. */
  bringVersion(id: VersionId): Promise<'fetched' | 'here'>
}

export function createFetching(options: FetchingOptions): Fetching {
  const { catalog, owner, root, connection, libraryRemote, originals, pace } = options

  /** What lies in a workspace bucket and not yet in the library's. */
  async function fetchUndecided(ids: readonly AssetId[]) {
    const fetched: RequestOutput<'sync.fetch'> = { fetched: [], here: [], failed: [] }
    const rest: AssetId[] = []
    const library = libraryRemote()
    for (const id of ids) {
      const asset = catalog.assets.findById(id)
      const isKeptThere = library !== undefined && asset !== undefined && isOnRemote(catalog, library.id, asset)
      const report = isKeptThere ? null : await options.fetchUndecided(id)
      if (report === null) rest.push(id)
      fetched.fetched.push(...(report?.fetched ?? []))
      fetched.here.push(...(report?.here ?? []))
      fetched.failed.push(...(report?.failed ?? []))
    }
    return { fetched, rest }
  }

  async function fetchFromLibrary(ids: readonly AssetId[]): Promise<RequestOutput<'sync.fetch'>> {
    const report = await connection.withStore((store, remote) =>
      originals.fetch(store, { catalog, remoteId: remote.id, owner, root }, ids),
    )
    if (report === null) throw new VitrineError('not_found', 'This library has no remote to fetch originals from.')
    options.onUse(ids)
    return report
  }

  return {
    async fetch(ids) {
      const { fetched, rest } = await fetchUndecided(ids)
      if (rest.length === 0) return fetched
      const report = await fetchFromLibrary(rest)
      return {
        fetched: [...fetched.fetched, ...report.fetched],
        here: [...fetched.here, ...report.here],
        failed: [...fetched.failed, ...report.failed],
      }
    },
    async bringVersion(id) {
      const version = catalog.versions.get(id)
      if (version && isHere(root, { storagePath: version.storage_path, fileSizeBytes: version.file_size_bytes })) {
        return 'here'
      }
      return connection.withRemote((remote) => fetchVersion({ catalog, owner, root, pace, ...remote }, id))
    },
  }
}
