import { VitrineError } from '../../../shared/contract/errors.ts'
import type { JoinedRemote } from '../../../shared/contract/requests/remoteRequests.ts'
import { findAnyLibrary, type LibraryIdentity } from './libraryManifest.ts'
import type { OpenStore } from './testRemote.ts'

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
        'There is no library in this place. Check the bucket and the prefix: the first device shows them in its sync centre, and with “vitrine remote list”.',
      )
    }
    return library
  } finally {
    store.close()
  }
}
