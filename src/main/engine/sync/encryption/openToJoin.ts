import type { JoinedRemote } from '../../../../shared/contract/requests/remoteRequests.ts'
import type { LibraryId } from '../../../../shared/domain/ids.ts'
import type { ObjectStore } from '../../ports.ts'
import type { OpenStore } from '../testRemote.ts'
import { encryptionOf, needsKey, readEncryption, unlock } from './encryptionManifest.ts'
import { keyRing } from './keyRing.ts'

/**
 * The store of a place that a new device reads a library from, opened with its key if it is encrypted; then `library` is the one
 * that it can only hold. Nothing may be stored with it. Throws `remote_encrypted`, `remote_wrong_key`, and what the store says.
 */
export async function openToJoin(
  { location, credentials, encryption }: JoinedRemote,
  openStore: OpenStore,
): Promise<{ readonly store: ObjectStore; readonly library: LibraryId | null }> {
  const place = { ...location, encryption: undefined }
  const plain = openStore(place, credentials ?? null)
  try {
    const manifest = await readEncryption(plain)
    if (manifest === null) return { store: plain, library: null }
    if (encryption === undefined) throw needsKey(manifest)
    const mark = encryptionOf(manifest)
    const keys = keyRing(openStore, '')
    await keys.hold(mark, await unlock(manifest, encryption))
    plain.close()
    return { store: keys.openStore({ ...place, encryption: mark }, credentials ?? null), library: manifest.library }
  } catch (error) {
    plain.close()
    throw error
  }
}
