import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { armor, Decrypter, Encrypter, Stanza } from 'age-encryption'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import { SHORTEST_PASSPHRASE } from '../../../../shared/domain/remoteEncryption.ts'
import type { Identity } from './remoteKey.ts'

/** Base-2 logarithm of scrypt's work factor: a second and 256 MiB for each guess. Age's own programs take the same. */
const WORK = 18
/** What somebody else wrote may not take more than that of this computer. */
const MOST_WORK = 18
const LABEL = 'age-encryption.org/v1/scrypt'
const TAG_BYTES = 16
const SALT_BYTES = 16
const STANZA_BODY_BYTES = 32

/** Throws `invalid_request` for a new passphrase that would be guessed too soon. */
export function checkPassphrase(passphrase: string): void {
  if ([...passphrase].length >= SHORTEST_PASSPHRASE) return
  throw new VitrineError(
    'invalid_request',
    `A passphrase needs at least ${SHORTEST_PASSPHRASE} characters. Four or five words that do not belong together are easy to keep in mind.`,
  )
}

/**
 * An identity as an armored age file that a passphrase opens. `work` is less in tests only. The library would take the same
 * steps, but on the thread that calls it, which answers nobody for that second.
 */
export async function sealWithPassphrase(identity: Identity, passphrase: string, work = WORK): Promise<string> {
  const encrypter = new Encrypter()
  encrypter.addRecipient({
    async wrapFileKey(fileKey) {
      const salt = randomBytes(SALT_BYTES)
      const cipher = createCipheriv('chacha20-poly1305', await stretch(passphrase, salt, work), Buffer.alloc(12), {
        authTagLength: TAG_BYTES,
      })
      const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()])
      return [new Stanza(['scrypt', salt.toString('base64').replace(/=+$/, ''), String(work)], new Uint8Array(body))]
    },
  })
  return armor.encode(await encrypter.encrypt(`${identity}\n`))
}

/**
 * The text that `sealWithPassphrase` sealed; `wrong` for another passphrase, `unreadable` for what is no such file or would take
 * more work than it may.
 */
export async function openWithPassphrase(
  armored: string,
  passphrase: string,
): Promise<{ readonly text: string } | 'wrong' | 'unreadable'> {
  let matched: boolean | null = null
  const decrypter = new Decrypter()
  decrypter.addIdentity({
    async unwrapFileKey(stanzas) {
      const [stanza] = stanzas
      const [kind, salt = '', work = ''] = stanza?.args ?? []
      if (stanza === undefined || stanzas.length > 1 || kind !== 'scrypt' || stanza.args.length !== 3) return null
      const saltBytes = Buffer.from(salt, 'base64')
      if (saltBytes.length !== SALT_BYTES || !/^[1-9]\d?$/.test(work) || Number(work) > MOST_WORK) return null
      if (stanza.body.length !== STANZA_BODY_BYTES) return null
      const fileKey = unwrap(stanza.body, await stretch(passphrase, saltBytes, Number(work)))
      matched = fileKey !== null
      return fileKey
    },
  })
  try {
    return { text: await decrypter.decrypt(armor.decode(armored), 'text') }
  } catch {
    return matched === false ? 'wrong' : 'unreadable' // The library throws plain errors for all that a file can have.
  }
}

function unwrap(body: Uint8Array, key: Buffer): Uint8Array | null {
  const decipher = createDecipheriv('chacha20-poly1305', key, Buffer.alloc(12), { authTagLength: TAG_BYTES })
  decipher.setAuthTag(body.subarray(-TAG_BYTES))
  const fileKey = decipher.update(body.subarray(0, -TAG_BYTES))
  try {
    decipher.final()
    return new Uint8Array(fileKey)
  } catch {
    return null // Another passphrase.
  }
}

/** Source: the age format, "scrypt recipient stanza" (r = 8, p = 1). A passphrase is taken in Unicode's composed form. */
function stretch(passphrase: string, salt: Buffer, work: number): Promise<Buffer> {
  const salted = Buffer.concat([Buffer.from(LABEL), salt])
  const options = { N: 2 ** work, r: 8, p: 1, maxmem: 320 * 1024 * 1024 }
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), salted, 32, options, (error, key) => (error ? reject(error) : resolve(key)))
  })
}
