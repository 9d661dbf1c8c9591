import { z } from 'zod'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import { type LibraryId, libraryIdSchema } from '../../../../shared/domain/ids.ts'
import type { KeyInput, NewKeyInput, RemoteEncryption } from '../../../../shared/domain/remoteEncryption.ts'
import type { ObjectStore } from '../../ports.ts'
import { readSmall } from '../libraryManifest.ts'
import { openWithPassphrase, sealWithPassphrase } from './passphrase.ts'
import { checkOf, type Identity, identityIn, newIdentity } from './remoteKey.ts'

/** What says that a place is encrypted, at its top, in plain text. */
const MANIFEST_KEY = 'encryption.json'
const FORMAT = 1
const LARGEST_BYTES = 64 * 1024

const manifestSchema = z.object({
  format: z.literal(FORMAT),
  library: libraryIdSchema,
  key: z.discriminatedUnion('kind', [
    /** An armored age file with the identity, that the passphrase opens. */
    z.object({ kind: z.literal('passphrase'), sealed: z.string() }),
    z.object({ kind: z.literal('key-file') }),
  ]),
  check: z.string(),
})
export type EncryptionManifest = z.infer<typeof manifestSchema>

/** Whether a place is encrypted, and how; null if it is not. `store` is the place as it is. Throws what the store does. */
export async function readEncryption(store: ObjectStore): Promise<EncryptionManifest | null> {
  let bytes: Buffer
  try {
    bytes = await readSmall(store, MANIFEST_KEY, LARGEST_BYTES)
  } catch (error) {
    if (error instanceof VitrineError && error.code === 'not_found') return null
    throw error
  }
  const json = parseJson(bytes.toString('utf8'))
  const parsed = manifestSchema.safeParse(json)
  if (parsed.success) return parsed.data
  const newer = z.object({ format: z.number().int().gt(FORMAT) }).safeParse(json)
  if (newer.success) {
    throw new VitrineError(
      'library_newer',
      'A newer version of Vitrine has encrypted this place. Update Vitrine on this computer to go on.',
    )
  }
  throw new VitrineError(
    'remote_other_library',
    `${MANIFEST_KEY} in this place is not a description that Vitrine understands. Choose another bucket or prefix, or put back the object as it was.`,
  )
}

/** Makes a key for a place that has none, and what is to be written there. Nothing is written yet. */
export async function newEncryption(
  library: LibraryId,
  wanted: NewKeyInput,
): Promise<{ readonly identity: Identity; readonly manifest: EncryptionManifest }> {
  const identity = wanted.kind === 'key-file' ? await identityIn(wanted.text) : await newIdentity()
  const key =
    wanted.kind === 'passphrase'
      ? { kind: 'passphrase' as const, sealed: await sealWithPassphrase(identity, wanted.passphrase) }
      : { kind: 'key-file' as const }
  return { identity, manifest: { format: FORMAT, library, key, check: checkOf(identity, library) } }
}

/** Marks a place as encrypted. False if somebody else has done so meanwhile. */
export function writeEncryption(store: ObjectStore, manifest: EncryptionManifest): Promise<boolean> {
  return store.createBytes(MANIFEST_KEY, bytesOf(manifest), 'application/json')
}

/**
 * Puts another description in the place of the one that is there, in one step: whoever reads it finds one or the other. Throws
 * what the store says, `remote_checksum` when it does not give back what was written.
 */
export async function replaceEncryption(store: ObjectStore, manifest: EncryptionManifest): Promise<void> {
  await store.putBytes(MANIFEST_KEY, bytesOf(manifest), 'application/json')
  const written = await readEncryption(store)
  if (written === null || !bytesOf(written).equals(bytesOf(manifest))) {
    throw new VitrineError(
      'remote_checksum',
      `${MANIFEST_KEY} is not in the remote as it was written. Another device may have changed it: try again.`,
    )
  }
}

/** Whether a place holds hardly more than its description: what an attempt to add it leaves that did not get far. */
export async function isBarelyBegun(store: ObjectStore): Promise<boolean> {
  let others = 0
  for await (const { key } of store.list('')) {
    if (key !== MANIFEST_KEY && ++others > MOST_BEGUN) return false
  }
  return true
}

/** `library.json`, and what a test of the connection leaves when it is killed. */
const MOST_BEGUN = 4

function bytesOf(manifest: EncryptionManifest): Buffer {
  return Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)
}

/** The identity of an encrypted place. Throws `remote_wrong_key`, or `remote_other_library` for a manifest that is damaged. */
export async function unlock(manifest: EncryptionManifest, given: KeyInput): Promise<Identity> {
  const identity =
    given.kind === 'key-file' ? await identityIn(given.text) : await openSealed(manifest, given.passphrase)
  if (checkOf(identity, manifest.library) === manifest.check) return identity
  throw wrongKey()
}

/** What is kept of it beside the place. */
export function encryptionOf({ key, check }: EncryptionManifest): RemoteEncryption {
  return { kind: key.kind, check }
}

/** The error for a place that is encrypted when no key was given. */
export function needsKey({ key }: EncryptionManifest): VitrineError {
  const what = key.kind === 'passphrase' ? 'its passphrase, or a key file' : 'its key file'
  return new VitrineError(
    'remote_encrypted',
    `This place is encrypted. Enter ${what}; the recovery sheet serves as one.`,
  )
}

/** The error for a remote that is not described any more as it was. */
export function otherDescription(): VitrineError {
  return new VitrineError(
    'remote_bucket',
    `The place no longer has the ${MANIFEST_KEY} that it was encrypted with, so no passphrase can open it. The recovery sheet still does.`,
  )
}

export function wrongKey(): VitrineError {
  return new VitrineError(
    'remote_wrong_key',
    'This key file belongs to another place. Choose the one that was saved when this place was encrypted.',
  )
}

async function openSealed({ key }: EncryptionManifest, passphrase: string): Promise<Identity> {
  if (key.kind !== 'passphrase') {
    throw new VitrineError(
      'remote_wrong_key',
      'This place has no passphrase: it opens with its key file, or the recovery sheet.',
    )
  }
  const opened = await openWithPassphrase(key.sealed, passphrase)
  if (opened === 'wrong') {
    throw new VitrineError(
      'remote_wrong_key',
      'This is not the passphrase. Capital letters and spaces count. The recovery sheet opens this place too.',
    )
  }
  if (opened === 'unreadable') {
    throw new VitrineError(
      'remote_other_library',
      `${MANIFEST_KEY} in this place is damaged, so no passphrase can open it. The recovery sheet still does.`,
    )
  }
  return identityIn(opened.text)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // No JSON is no description.
  }
}
