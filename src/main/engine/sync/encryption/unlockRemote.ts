import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { LibraryId } from '../../../../shared/domain/ids.ts'
import type { Credentials } from '../../../../shared/domain/remote.ts'
import type { KeyInput } from '../../../../shared/domain/remoteEncryption.ts'
import type { RemoteRow } from '../../catalog/remotes.repository.ts'
import type { OpenStore } from '../testRemote.ts'
import { otherDescription, readEncryption, unlock, wrongKey } from './encryptionManifest.ts'
import type { KeyRing } from './keyRing.ts'
import { checkOf, identityIn } from './remoteKey.ts'

/**
 * Takes what opens an encrypted remote. A key file is checked here; for a passphrase the remote has to be asked. Throws
 * `remote_wrong_key`, `remote_bucket` when the remote is encrypted no more, and what the store says.
 */
export async function unlockRemote(
  { location }: RemoteRow,
  given: KeyInput,
  credentials: Credentials | null,
  library: LibraryId,
  keys: KeyRing,
  openPlain: OpenStore,
): Promise<void> {
  const { encryption } = location
  if (encryption === undefined) throw new VitrineError('invalid_request', 'This remote is not encrypted.')
  if (given.kind === 'key-file') {
    const identity = await identityIn(given.text)
    if (checkOf(identity, library) !== encryption.check) throw wrongKey()
    return keys.hold(encryption, identity)
  }
  const store = openPlain({ ...location, encryption: undefined }, credentials)
  try {
    const manifest = await readEncryption(store)
    if (manifest === null || manifest.check !== encryption.check) {
      throw otherDescription()
    }
    await keys.hold(encryption, await unlock(manifest, given))
  } finally {
    store.close()
  }
}
