import { remoteRequests } from '../../shared/contract/requests/remoteRequests.ts'
import type { Remote } from '../../shared/domain/remote.ts'
import { type KeyInput, keyInputSchema } from '../../shared/domain/remoteEncryption.ts'
import type { Log } from './log.ts'
import { type Keychain, openSealed, type SealedStore } from './sealedStore.ts'

/** What opens encrypted remotes, as the engine gives it: never a passphrase. */
export type RemoteKeyStore = SealedStore<KeyInput>

interface Engine {
  request(name: string, input: unknown): Promise<unknown>
}

export function openRemoteKeys(path: string, keychain: Keychain, log: Log): RemoteKeyStore {
  return openSealed(path, keyInputSchema, secretTexts, keychain, log)
}

function secretTexts(key: KeyInput): readonly string[] {
  return [key.kind === 'passphrase' ? key.passphrase : key.text]
}

/** Keeps the key of a remote that a request has just encrypted or opened, and forgets that of one that was removed. */
export async function keepKeysInStep(
  engine: Engine,
  store: RemoteKeyStore,
  name: string,
  input: unknown,
  output: unknown,
): Promise<void> {
  if (name === 'remotes.add') {
    const { encryption } = input as { encryption?: unknown }
    if (encryption !== undefined) await keepKeyOf(engine, store, (output as Remote).id)
  } else if (name === 'remotes.unlock') {
    await keepKeyOf(engine, store, (input as { id: string }).id)
  } else if (name === 'remotes.remove') {
    await store.set((input as { id: string }).id, null)
  }
}

/** Keeps the key of a remote as the engine holds it. */
export async function keepKeyOf(engine: Engine, store: RemoteKeyStore, id: string): Promise<void> {
  const { key } = remoteRequests['remotes.key'].output.parse(await engine.request('remotes.key', { id }))
  if (key !== null) await store.set(id, key)
}
