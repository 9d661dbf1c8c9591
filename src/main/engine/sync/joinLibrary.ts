import { VitrineError } from '../../../shared/contract/errors.ts'
import type { Credentials, RemoteLocation } from '../../../shared/domain/remote.ts'
import { findAnyLibrary, type LibraryIdentity } from './libraryManifest.ts'
import type { OpenStore } from './testRemote.ts'

/** A remote that holds a library which this device is to have too. */
export interface JoinedRemote {
  readonly name?: string | undefined
  readonly location: RemoteLocation
  readonly credentials?: Credentials | undefined
}

/**
 * The library that a place holds, for a new device of it. Throws `library_not_found` when it holds none, `library_newer`, and
 * what the store says.
 */
export async function findLibraryToJoin(
  { location, credentials }: JoinedRemote,
  openStore: OpenStore,
): Promise<LibraryIdentity> {
  const store = openStore(location, credentials ?? null)
  try {
    const library = await findAnyLibrary(store)
    if (library === null) {
      throw new VitrineError(
        'library_not_found',
        'There is no library in this place. Check the bucket and the prefix; on the first device, `vitrine remote list` shows them.',
      )
    }
    return library
  } finally {
    store.close()
  }
}
