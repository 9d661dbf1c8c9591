import { type Credentials, credentialsSchema, type Remote } from '../../shared/domain/remote.ts'
import type { Log } from './log.ts'
import { type Keychain, openSealed, type SealedStore } from './sealedStore.ts'

export type CredentialStore = SealedStore<Credentials>

/** The keys of buckets. */
export function openCredentials(path: string, keychain: Keychain, log: Log): CredentialStore {
  return openSealed(path, credentialsSchema, secretTexts, keychain, log)
}

function secretTexts({ secretAccessKey, sessionToken }: Credentials): readonly string[] {
  return sessionToken === undefined ? [secretAccessKey] : [secretAccessKey, sessionToken]
}

/** What a person hands over or withdraws in a request to the engine, kept in step with what the engine answered. */
export async function keepInStep(store: CredentialStore, name: string, input: unknown, output: unknown): Promise<void> {
  if (name === 'remotes.add') {
    const { credentials } = input as { credentials?: Credentials }
    if (credentials !== undefined) await store.set((output as Remote).id, credentials)
  } else if (name === 'remotes.remove') {
    await store.set((input as { id: string }).id, null)
  } else if (name === 'remotes.setCredentials') {
    const { id, credentials } = input as { id: string; credentials: Credentials | null }
    await store.set(id, credentials)
  }
}
