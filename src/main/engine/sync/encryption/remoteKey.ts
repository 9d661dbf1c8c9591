import { createHmac, hkdfSync } from 'node:crypto'
import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { LibraryId } from '../../../../shared/domain/ids.ts'

/** Whoever has this text can read everything in an encrypted remote: an age identity, `AGE-SECRET-KEY-1…`. */
export type Identity = string

/** What an identity opens a remote with. */
export interface RemoteKey {
  readonly identity: Identity
  /** The public half. It is told to nobody, so that nobody else can even try to write objects for this remote. */
  readonly recipient: string
  readonly decrypter: Decrypter
  /** Of AES-256-SIV, 64 bytes. */
  readonly names: Uint8Array
  /** Of HMAC-SHA-256: binds an object to its name, and says which bytes it holds. */
  readonly objects: Uint8Array
}

const SMALLEST_KEY_FILE = 59
const LARGEST_KEY_FILE = 64 * 1024
const IDENTITY = /AGE-SECRET-KEY-1[a-z0-9]+/gi

/** A new identity, of random bytes. */
export function newIdentity(): Promise<Identity> {
  return generateX25519Identity()
}

/**
 * The identity that a key file or a recovery sheet holds: the one `AGE-SECRET-KEY-1…` in its text, whatever else there is.
 * Throws `remote_wrong_key` when there is none, or more than one.
 */
export async function identityIn(keyFile: string): Promise<Identity> {
  const found = new Set(
    keyFile.length < SMALLEST_KEY_FILE || keyFile.length > LARGEST_KEY_FILE
      ? []
      : Array.from(keyFile.matchAll(IDENTITY), ([identity]) => identity.toUpperCase()),
  )
  const [identity] = found
  if (identity === undefined || found.size > 1 || !(await isIdentity(identity))) {
    throw new VitrineError(
      'remote_wrong_key',
      found.size > 1
        ? 'This key file holds more than one key. Choose a file with the one key of this place.'
        : 'This file holds no key. A key file has a line that begins with AGE-SECRET-KEY-1; the recovery sheet has it too.',
    )
  }
  return identity
}

async function isIdentity(text: string): Promise<boolean> {
  try {
    await identityToRecipient(text)
    return true
  } catch {
    return false // A wrong checksum, or too short: the library has no other reason to throw.
  }
}

/** Derives what an identity opens a remote with. The identity is one that `identityIn` or `newIdentity` gave. */
export async function remoteKey(identity: Identity): Promise<RemoteKey> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  return {
    identity,
    recipient: await identityToRecipient(identity),
    decrypter,
    names: derive(identity, 'names', 64),
    objects: derive(identity, 'objects', 32),
  }
}

/**
 * What shows that an identity is the one of a library's remote, and tells nothing of it: HMAC-SHA-256 of the library's id,
 * base64url.
 */
export function checkOf(identity: Identity, library: LibraryId): string {
  return createHmac('sha256', derive(identity, 'check', 32))
    .update(library)
    .digest('base64url')
}

/** HKDF-SHA-256 (RFC 5869) of the identity's own text. */
function derive(identity: Identity, purpose: string, bytes: number): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', identity, '', `vitrine/remote/1/${purpose}`, bytes))
}
