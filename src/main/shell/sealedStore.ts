import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
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

/** One secret for each remote. */
export interface SealedStore<Secret> {
  /** Undefined when there is none, or when it can't be opened any more. */
  get(remoteId: string): Secret | undefined
  /** Null forgets it. Resolves when that is on disk, if it goes there at all. */
  set(remoteId: string, secret: Secret | null): Promise<void>
  settled(): Promise<void>
}

const fileSchema = z.object({ version: z.literal(1), remotes: z.record(z.string(), z.base64()) })

/**
 * Secrets of remotes, sealed by the system's keychain in a file that its owner alone can read. Without a keychain they are
 * held in memory for this session and nothing is written. `secretTexts` is what the log must never show.
 */
export function openSealed<Secret>(
  path: string,
  schema: z.ZodType<Secret>,
  secretTexts: (secret: Secret) => readonly string[],
  keychain: Keychain,
  log: Log,
): SealedStore<Secret> {
  mkdirSync(dirname(path), { recursive: true })
  const memory = new Map<string, Secret>()
  const sealed = new Map(Object.entries(readSealed(path, log)))
  const file = atomicFile(path)
  const hide = (secret: Secret): void => {
    for (const text of secretTexts(secret)) log.hide(text)
  }

  const unseal = (remoteId: string): Secret | undefined => {
    const text = sealed.get(remoteId)
    if (text === undefined || !keychain.available) return undefined
    try {
      return schema.parse(JSON.parse(keychain.decrypt(Buffer.from(text, 'base64'))))
    } catch (error) {
      // The error may quote what was decrypted, so only its kind is written down.
      const kind = error instanceof Error ? error.name : typeof error
      log.warn('credentials', `The keychain can't open the keys of remote ${remoteId} (${kind}); enter them again`)
      return undefined
    }
  }

  return {
    get(remoteId) {
      const secret = memory.get(remoteId) ?? unseal(remoteId)
      if (secret !== undefined) {
        memory.set(remoteId, secret)
        hide(secret)
      }
      return secret
    },
    async set(remoteId, secret) {
      if (secret === null) {
        memory.delete(remoteId)
        if (!sealed.delete(remoteId)) return
      } else {
        memory.set(remoteId, secret)
        hide(secret)
        if (!keychain.available) return
        sealed.set(remoteId, keychain.encrypt(JSON.stringify(secret)).toString('base64'))
      }
      await file.write(`${JSON.stringify({ version: 1, remotes: Object.fromEntries(sealed) }, null, 2)}\n`)
    },
    settled: () => file.settled(),
  }
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
