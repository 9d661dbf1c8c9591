import { VitrineError } from '../../../shared/contract/errors.ts'
import type { RemoteId } from '../../../shared/domain/ids.ts'
import type { Credentials } from '../../../shared/domain/remote.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { RemoteRow } from '../catalog/remotes.repository.ts'
import type { ObjectStore } from '../ports.ts'
import { ensureLibrary, type LibraryIdentity } from './libraryManifest.ts'
import type { OpenStore } from './testRemote.ts'

/**
 * Shows that a remote is there and holds this library, creating its `library.json` the first time. Throws the
 * `VitrineError` that says why it cannot be used now.
 */
export async function checkConnection(
  store: ObjectStore,
  remote: RemoteRow,
  catalog: Catalog,
  library: LibraryIdentity,
): Promise<void> {
  const setting = createdSetting(remote)
  const known = catalog.getSetting(setting) === true
  try {
    await ensureLibrary(store, library, known)
  } catch (error) {
    // A folder without its library is most likely a mount point whose disk is not there: that is being offline.
    if (known && remote.location.kind === 'folder' && error instanceof VitrineError && error.code === 'remote_bucket') {
      throw new VitrineError('remote_unreachable', error.message, undefined, { cause: error })
    }
    throw error
  }
  if (!known) catalog.setSetting(setting, true)
}

/** Opens the store of a remote and checks it; on failure the store is closed again. */
export async function connect(
  remote: RemoteRow,
  credentials: Credentials | null,
  catalog: Catalog,
  library: LibraryIdentity,
  openStore: OpenStore,
  onOpened: (store: ObjectStore) => void,
): Promise<ObjectStore> {
  const store = openStore(remote.location, credentials)
  onOpened(store)
  try {
    await checkConnection(store, remote, catalog, library)
    return store
  } catch (error) {
    store.close()
    throw error
  }
}

/** Name of the setting that remembers that `library.json` was created on a remote. */
export function createdSetting(remote: Pick<RemoteRow, 'id'>): string {
  return `remote.${remote.id}.created`
}

/** Remembers that a remote held nothing of this library when it was added here. */
export function markFresh(catalog: Pick<Catalog, 'setSetting'>, remoteId: RemoteId): void {
  catalog.setSetting(`remote.${remoteId}.fresh`, true)
}

export function isFresh(catalog: Pick<Catalog, 'getSetting'>, remoteId: RemoteId): boolean {
  return catalog.getSetting(`remote.${remoteId}.fresh`) === true
}
