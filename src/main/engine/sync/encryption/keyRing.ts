import { join } from 'node:path'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { RemoteEncryption } from '../../../../shared/domain/remoteEncryption.ts'
import type { ObjectStore } from '../../ports.ts'
import type { OpenStore } from '../testRemote.ts'
import { encryptedStore } from './encryptedStore.ts'
import { type Identity, type RemoteKey, remoteKey } from './remoteKey.ts'
import { removeStaged } from './stagedObjects.ts'

/** The keys of encrypted remotes. They are held in memory only; a restart needs them again. */
export interface KeyRing {
  has(encryption: RemoteEncryption): boolean
  identityOf(encryption: RemoteEncryption): Identity | null
  hold(encryption: RemoteEncryption, identity: Identity): Promise<void>
  forget(encryption: RemoteEncryption): void
  /** Opens any place, an encrypted one with its key. Throws `remote_no_key` when that is not here. */
  readonly openStore: OpenStore
  /** Removes encrypted copies of files whose upload will not go on. */
  tidy(wanted: readonly string[]): void
}

/** `root` is the folder of the library. */
export function keyRing(openPlain: OpenStore, root: string): KeyRing {
  const keys = new Map<string, RemoteKey>()
  const folder = join(root, 'cache', 'encrypted')
  return {
    has: ({ check }) => keys.has(check),
    identityOf: ({ check }) => keys.get(check)?.identity ?? null,
    async hold({ check }, identity) {
      keys.set(check, await remoteKey(identity))
    },
    forget: ({ check }) => void keys.delete(check),
    openStore(location, credentials): ObjectStore {
      const { encryption } = location
      if (encryption === undefined) return openPlain(location, credentials)
      const key = keys.get(encryption.check)
      if (key === undefined) throw noKey(encryption)
      return encryptedStore(openPlain({ ...location, encryption: undefined }, credentials), key, folder)
    },
    tidy: (wanted) => removeStaged(folder, wanted),
  }
}

function noKey({ kind }: RemoteEncryption): VitrineError {
  return new VitrineError(
    'remote_no_key',
    kind === 'passphrase'
      ? 'This remote is encrypted, and its passphrase is not known here. Enter it in the sync centre, or set VITRINE_REMOTE_PASSPHRASE.'
      : 'This remote is encrypted, and its key file is not known here. Choose it in the sync centre, or set VITRINE_REMOTE_KEY_FILE.',
  )
}
