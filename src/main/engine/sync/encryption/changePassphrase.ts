import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { Credentials } from '../../../../shared/domain/remote.ts'
import type { RemoteEncryption } from '../../../../shared/domain/remoteEncryption.ts'
import type { RemoteRow } from '../../catalog/remotes.repository.ts'
import type { OpenStore } from '../testRemote.ts'
import { encryptionOf, otherDescription, readEncryption, replaceEncryption, unlock } from './encryptionManifest.ts'
import type { KeyRing } from './keyRing.ts'
import { checkPassphrase, sealWithPassphrase } from './passphrase.ts'

/**
 * Gives an encrypted remote another passphrase: the key stays, only `encryption.json` wraps it anew, so every device goes on with
 * the key that it has. Whatever is killed when, the remote opens with the old passphrase or with the new one. Throws
 * `invalid_request`, `remote_no_key`, `remote_bucket` when the remote is described otherwise by now, and what the store says.
 */
export async function changePassphrase(
  { location }: Pick<RemoteRow, 'location'>,
  passphrase: string,
  credentials: Credentials | null,
  keys: Pick<KeyRing, 'identityOf'>,
  openPlain: OpenStore,
): Promise<RemoteEncryption> {
  const { encryption } = location
  if (encryption === undefined) throw new VitrineError('invalid_request', 'This remote is not encrypted.')
  checkPassphrase(passphrase)
  const identity = keys.identityOf(encryption)
  if (identity === null) {
    throw new VitrineError('remote_no_key', 'The key of this remote is not known here. Unlock it first.')
  }
  const store = openPlain({ ...location, encryption: undefined }, credentials)
  try {
    const manifest = await readEncryption(store)
    if (manifest === null || manifest.check !== encryption.check) throw otherDescription()
    const sealed = await sealWithPassphrase(identity, passphrase)
    const changed = { ...manifest, key: { kind: 'passphrase' as const, sealed } }
    // Shown to open it before anybody has to rely on that.
    await unlock(changed, { kind: 'passphrase', passphrase })
    await replaceEncryption(store, changed)
    return encryptionOf(changed)
  } finally {
    store.close()
  }
}
