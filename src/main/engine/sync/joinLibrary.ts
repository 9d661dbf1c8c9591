import { VitrineError } from '../../../shared/contract/errors.ts'
import type { JoinedRemote } from '../../../shared/contract/requests/remoteRequests.ts'
import { fetchCheckpoint } from './checkpoints/fetchCheckpoint.ts'
import type { CheckpointRefusal } from './checkpoints/readCheckpoints.ts'
import { openToJoin } from './encryption/openToJoin.ts'
import { findAnyLibrary, type LibraryIdentity } from './libraryManifest.ts'
import type { OpenStore } from './testRemote.ts'

/**
 * The library that a place holds, for a new device of it, with its newest checkpoint brought into the folder of the journal:
 * the catalogue is made from that, and of the logs only what follows is read. May be done again after a kill. Throws
 * `library_not_found` when the place holds none, `library_newer`, what `openToJoin` does, and what the store or the disk says.
 */
export async function beginCopy(
  joined: JoinedRemote,
  openStore: OpenStore,
  journal: string,
  {
    onProgress,
    onRefused,
  }: {
    readonly onProgress: (done: number, total: number) => void
    readonly onRefused: (refusal: CheckpointRefusal) => void
  },
): Promise<LibraryIdentity> {
  const { store, library: only } = await openToJoin(joined, openStore)
  try {
    const library = await findAnyLibrary(store, only)
    if (library === null) {
      throw new VitrineError(
        'library_not_found',
        'There is no library in this place. Check the bucket and the prefix: the first device shows them in its sync centre, and with “vitrine remote list”.',
      )
    }
    const { refused } = await fetchCheckpoint({ store, owner: library.id, journal, onProgress })
    for (const refusal of refused) onRefused(refusal)
    return library
  } finally {
    store.close()
  }
}
