import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { Encrypter, Stanza } from 'age-encryption'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { Sha256 } from '../../../../shared/domain/ids.ts'
import { openedSize, sealedSize, TAG_BYTES } from './ageStream.ts'
import type { RemoteKey } from './remoteKey.ts'

const TEXT_BYTES = 275
const NONCE_BYTES = 16
/** Every object begins with so many bytes of header and nonce, because each has the same stanzas. */
export const HEADER_BYTES = TEXT_BYTES + NONCE_BYTES

const STANZA = 'vitrine-object'
const B64 = '[A-Za-z0-9+/]{43}'
const TEXT = new RegExp(
  `^age-encryption\\.org/v1\n-> ${STANZA} (${B64}) (${B64})\n\n-> X25519 ${B64}\n${B64}\n--- ${B64}\n$`,
)

/** The beginning of an object, and what its chunks are sealed with. */
export interface SealedHeader {
  readonly bytes: Buffer
  readonly payloadKey: Uint8Array
}

/** What the beginning of an object says. */
export interface OpenedHeader {
  readonly payloadKey: Uint8Array
  /** Whether these are the bytes that were stored, by their SHA-256. */
  holds(sha256: Sha256): boolean
}

/**
 * The header of an age file with one recipient, and before it a stanza that other programs pass over: an HMAC of the file's
 * key and the object's name, and one of the name and the hash of the plaintext. So an object that was put in another's place
 * is found out, and so is one that somebody wrote who has not the identity. Nothing in it tells anything of the content.
 */
export async function sealHeader(key: RemoteKey, name: string, sha256: Sha256): Promise<SealedHeader> {
  const encrypter = new Encrypter()
  let fileKey: Uint8Array = new Uint8Array()
  encrypter.addRecipient({
    wrapFileKey(secret) {
      fileKey = secret.slice()
      const tags = [nameTag(key, name, fileKey), contentTag(key, name, sha256)]
      return [new Stanza([STANZA, ...tags.map(base64)], new Uint8Array())]
    },
  })
  encrypter.addRecipient(key.recipient)
  const empty = await encrypter.encrypt(new Uint8Array())
  const bytes = Buffer.from(empty.subarray(0, empty.length - TAG_BYTES))
  return { bytes, payloadKey: payloadKeyOf(fileKey, bytes) }
}

/** Throws `remote_checksum` for bytes that are not the header of the object with this name. */
export async function openHeader(key: RemoteKey, name: string, bytes: Buffer): Promise<OpenedHeader> {
  const text = bytes.subarray(0, TEXT_BYTES)
  const [, storedName = '', content = ''] = TEXT.exec(text.toString('latin1')) ?? []
  if (bytes.length !== HEADER_BYTES || storedName === '') throw damaged(name)
  const fileKey = await key.decrypter.decryptHeader(new Uint8Array(text)).catch((error: unknown) => {
    throw damaged(name, error)
  })
  if (!isEqual(storedName, nameTag(key, name, fileKey))) throw damaged(name)
  return {
    payloadKey: payloadKeyOf(fileKey, bytes),
    holds: (sha256) => isEqual(content, contentTag(key, name, sha256)),
  }
}

/** Bytes of an object that holds so many bytes of plaintext. */
export function objectSize(plain: number): number {
  return HEADER_BYTES + sealedSize(plain)
}

/** The reverse of `objectSize`; null for a size that no object has. */
export function plainSize(size: number): number | null {
  return size < HEADER_BYTES ? null : openedSize(size - HEADER_BYTES)
}

/** The error for an object that is not what was stored under its name. */
export function damaged(name: string, cause?: unknown): VitrineError {
  return new VitrineError(
    'remote_checksum',
    `“${name}” is not in the bucket as it was encrypted: it was damaged, cut off, or something else was put in its place.`,
    undefined,
    { cause },
  )
}

function nameTag({ objects }: RemoteKey, name: string, fileKey: Uint8Array): Buffer {
  return createHmac('sha256', objects).update('name\0').update(fileKey).update(name).digest()
}

function contentTag({ objects }: RemoteKey, name: string, sha256: Sha256): Buffer {
  return createHmac('sha256', objects).update('content\0').update(Buffer.from(sha256, 'hex')).update(name).digest()
}

/** Source: the format's "Payload": HKDF-SHA-256 of the file key, salted with the nonce behind the header. */
function payloadKeyOf(fileKey: Uint8Array, header: Buffer): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', fileKey, header.subarray(TEXT_BYTES), 'payload', 32))
}

/** Without padding, as the format has it everywhere. */
function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}

function isEqual(stored: string, expected: Buffer): boolean {
  const bytes = Buffer.from(stored, 'base64')
  return bytes.length === expected.length && timingSafeEqual(bytes, expected)
}
