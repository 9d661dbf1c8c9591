import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { type Credentials, credentialsSchema, type Remote, remoteSchema } from '../../shared/domain/remote.ts'
import { atomicFile } from './atomicFile.ts'
import type { Log } from './log.ts'

/** The system's keychain, as far as it is needed: `safeStorage` in the app. */
export interface Keychain {
  /** False where the system offers none that protects anything. */
  readonly available: boolean
  encrypt(text: string): Buffer
  /** Throws when the keychain can't open it: another user, another machine, a reset keychain. */
  decrypt(sealed: Buffer): string
}

export interface CredentialStore {
  /** Undefined when there are none, or when they can't be opened any more. */
  get(remoteId: string): Credentials | undefined
  /** Null forgets them. Resolves when that is on disk, if it goes there at all. */
  set(remoteId: string, credentials: Credentials | null): Promise<void>
  settled(): Promise<void>
}

const fileSchema = z.object({ version: z.literal(1), remotes: z.record(z.string(), z.base64()) })

/**
 * The keys of remotes, sealed by the system's keychain in a file that its owner alone can read. Without a keychain
 * they are held in memory for this session and nothing is written.
 */
export function openCredentials(path: string, keychain: Keychain, log: Log): CredentialStore {
  mkdirSync(dirname(path), { recursive: true })
  const memory = new Map<string, Credentials>()
  const sealed = new Map(Object.entries(readSealed(path, log)))
  const file = atomicFile(path)

  const unseal = (remoteId: string): Credentials | undefined => {
    const text = sealed.get(remoteId)
    if (text === undefined || !keychain.available) return undefined
    try {
      return credentialsSchema.parse(JSON.parse(keychain.decrypt(Buffer.from(text, 'base64'))))
    } catch (error) {
      // The error may quote what was decrypted, so only its kind is written down.
      const kind = error instanceof Error ? error.name : typeof error
      log.warn('credentials', `The keychain can't open the keys of remote ${remoteId} (${kind}); enter them again`)
      return undefined
    }
  }

  return {
    get(remoteId) {
      const credentials = memory.get(remoteId) ?? unseal(remoteId)
      if (credentials !== undefined) {
        memory.set(remoteId, credentials)
        hideFrom(log, credentials)
      }
      return credentials
    },
    async set(remoteId, credentials) {
      if (credentials === null) {
        memory.delete(remoteId)
        if (!sealed.delete(remoteId)) return
      } else {
        memory.set(remoteId, credentials)
        hideFrom(log, credentials)
        if (!keychain.available) return
        sealed.set(remoteId, keychain.encrypt(JSON.stringify(credentials)).toString('base64'))
      }
      await file.write(`${JSON.stringify({ version: 1, remotes: Object.fromEntries(sealed) }, null, 2)}\n`)
    },
    settled: () => file.settled(),
  }
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

/** Keeps the keys that a library was joined with: its remote has got its id only then. The engine has them already. */
export async function keepKeysOfJoined(
  engine: { request(name: string, input: unknown): Promise<unknown> },
  store: CredentialStore,
  credentials: Credentials,
): Promise<void> {
  const remotes = z.array(remoteSchema).parse(await engine.request('remotes.list', undefined))
  const joined = remotes.find(({ role }) => role === 'library')
  if (joined !== undefined) await store.set(joined.id, credentials)
}

function hideFrom(log: Log, { secretAccessKey, sessionToken }: Credentials): void {
  log.hide(secretAccessKey)
  if (sessionToken !== undefined) log.hide(sessionToken)
}

function readSealed(path: string, log: Log): Record<string, string> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') log.error('credentials', `${path} can't be read`, error)
    return {}
  }
  try {
    return fileSchema.parse(JSON.parse(text)).remotes
  } catch {
    const aside = `${path.replace(/\.json$/, '')}.set-aside-${Date.now()}.json`
    copyFileSync(path, aside)
    log.error(
      'credentials',
      `${path} can't be understood; the keys have to be entered again. It was copied to ${aside}`,
    )
    return {}
  }
}
