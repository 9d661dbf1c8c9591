import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { LibraryId } from '../../../../shared/domain/ids.ts'
import type { Credentials, RemoteLocation, RemoteRole } from '../../../../shared/domain/remote.ts'
import type { NewKeyInput } from '../../../../shared/domain/remoteEncryption.ts'
import type { ObjectStore } from '../../ports.ts'
import { findAnyLibrary, otherLibrary } from '../libraryManifest.ts'
import { isSafePrefix } from '../objectKeys.ts'
import type { OpenStore } from '../testRemote.ts'
import {
  type EncryptionManifest,
  encryptionOf,
  isBarelyBegun,
  needsKey,
  newEncryption,
  readEncryption,
  replaceEncryption,
  unlock,
  writeEncryption,
} from './encryptionManifest.ts'
import type { KeyRing } from './keyRing.ts'
import { checkPassphrase } from './passphrase.ts'

/** Encrypted names are longer than those that they stand for, and a key may have 1024 bytes. */
const LONGEST_PREFIX_BYTES = 255

export interface PlaceDraft {
  readonly role: RemoteRole
  readonly location: RemoteLocation
  readonly encryption?: NewKeyInput | undefined
  /** `check` of a place that this device had begun to encrypt when it was killed: nobody may have its key. */
  readonly begun?: string | null
  /** A place that another device has chosen is taken as it is, and never encrypted. */
  readonly asItIs?: boolean | undefined
}

/** A place that is to become a remote. */
export interface PreparedPlace {
  /** Says whether it is encrypted; its key is held then. */
  readonly location: RemoteLocation
  /** Marks a place that is to be encrypted from now on as such. Throws `remote_encrypted` if somebody did so meanwhile. */
  mark(): Promise<void>
}

const ENCRYPTION_CODES = ['remote_encrypted', 'remote_wrong_key', 'invalid_request'] as const

/** Whether an error says what to change about the encryption of a place, rather than about the place. */
export function isAboutEncryption({ code }: VitrineError): boolean {
  return ENCRYPTION_CODES.some((one) => one === code)
}

/**
 * Looks whether a place is encrypted, and opens it or makes a key for it. Nothing is written before `mark`. Throws
 * `remote_encrypted`, `remote_wrong_key`, `invalid_request` for what can't be encrypted so, `remote_other_library`, and what
 * the store says.
 */
export async function preparePlace(
  draft: PlaceDraft,
  credentials: Credentials | null,
  library: LibraryId,
  keys: KeyRing,
  openPlain: OpenStore,
): Promise<PreparedPlace> {
  const location: RemoteLocation = { ...draft.location, encryption: undefined }
  const unmarked: PreparedPlace = { location, mark: async () => undefined }
  // What is wrong with a prefix is said by the test of the place.
  if (!isSafePrefix(location.prefix)) return unmarked
  const store = openPlain(location, credentials)
  try {
    const manifest = await readEncryption(store)
    const isBegun = manifest !== null && (await isOurAttempt(draft, manifest, store))
    if (manifest !== null && !isBegun) {
      return { ...unmarked, location: await opened(draft, manifest, library, keys) }
    }
    if (draft.encryption === undefined || draft.asItIs === true) return unmarked
    checkWish(draft, draft.encryption)
    const present = await findAnyLibrary(store)
    if (present !== null) throw present.id === library ? alreadyPlain() : otherLibrary(present.name)
    const made = await newEncryption(library, draft.encryption)
    const encryption = encryptionOf(made.manifest)
    await keys.hold(encryption, made.identity)
    return {
      location: { ...location, encryption },
      mark: () => mark(made.manifest, openPlain(location, credentials), isBegun),
    }
  } finally {
    store.close()
  }
}

async function opened(draft: PlaceDraft, manifest: EncryptionManifest, library: LibraryId, keys: KeyRing) {
  if (manifest.library !== library || draft.role !== 'library') {
    throw new VitrineError(
      'remote_other_library',
      'This place already holds a library, which is encrypted. Choose another bucket or another prefix.',
    )
  }
  if (draft.encryption === undefined) throw needsKey(manifest)
  if (draft.encryption.kind === 'new-key') throw needsKey(manifest)
  const encryption = encryptionOf(manifest)
  await keys.hold(encryption, await unlock(manifest, draft.encryption))
  return { ...draft.location, encryption }
}

function checkWish({ role, location }: PlaceDraft, wish: NewKeyInput): void {
  if (role !== 'library') throw onlyLibraries()
  if (wish.kind === 'passphrase') checkPassphrase(wish.passphrase)
  if (Buffer.byteLength(location.prefix) > LONGEST_PREFIX_BYTES) {
    throw new VitrineError(
      'invalid_request',
      `The prefix of an encrypted remote may have ${LONGEST_PREFIX_BYTES} bytes at most, because encrypted names are long.`,
    )
  }
}

/**
 * Whether a place has nothing but the description that an earlier attempt of this device left, whose key may be lost with it. It is
 * then encrypted anew, if that is wished for.
 */
async function isOurAttempt(draft: PlaceDraft, { check }: EncryptionManifest, store: ObjectStore): Promise<boolean> {
  return draft.encryption !== undefined && draft.begun === check && (await isBarelyBegun(store))
}

async function mark(manifest: EncryptionManifest, store: ObjectStore, isBegun: boolean): Promise<void> {
  try {
    if (isBegun) await replaceEncryption(store, manifest)
    else if (!(await writeEncryption(store, manifest))) throw needsKey(manifest)
  } finally {
    store.close()
  }
}

function onlyLibraries(): VitrineError {
  return new VitrineError(
    'invalid_request',
    'Only the library’s own remote can be encrypted: from the others, somebody else has to read.',
  )
}

function alreadyPlain(): VitrineError {
  return new VitrineError(
    'remote_other_library',
    'This library is here already, and not encrypted. Choose another bucket or prefix to encrypt it; what is here stays as it is until you delete it.',
  )
}
