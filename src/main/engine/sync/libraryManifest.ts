import { z } from 'zod'
import { VitrineError } from '../../../shared/contract/errors.ts'
import { type LibraryId, libraryIdSchema } from '../../../shared/domain/ids.ts'
import type { ObjectStore } from '../ports.ts'
import { libraryKey } from './objectKeys.ts'

/** Version of the layout of a bucket that this program writes, and the newest it can read. */
export const BUCKET_FORMAT = 1
const LARGEST_MANIFEST_BYTES = 64 * 1024
/** How far the search for other libraries goes in a bucket that is full of other things. */
const MOST_LOOKS = 40
const MOST_KEYS = 5000

export interface LibraryIdentity {
  readonly id: LibraryId
  readonly name: string
}

const manifestSchema = z.object({
  id: libraryIdSchema,
  name: z.string(),
  format: z.number().int().positive(),
  /** Lowest format that a program must know to read, and to write, this bucket. */
  minimum: z.object({ read: z.number().int(), write: z.number().int() }),
})
type Manifest = z.infer<typeof manifestSchema>

/**
 * Makes sure that the remote is this library's: creates `library.json` if the remote is new, else compares it.
 * `known` says that it has been there before. Throws `remote_other_library`, `library_newer`, `remote_bucket` or
 * `remote_unreachable` when what has been there is gone, and what the store throws. Stops rather than guesses.
 */
export async function ensureLibrary(store: ObjectStore, library: LibraryIdentity, known: boolean): Promise<void> {
  const found = await readManifest(store, library.id)
  if (found) return checkManifest(found, library)
  if (known) {
    throw new VitrineError(
      'remote_bucket',
      'The bucket no longer holds this library’s library.json: it was emptied or replaced, or another disk is mounted there. If that is how it should be, remove this remote and add it again; everything is then uploaded anew.',
    )
  }
  const other = await findOtherLibrary(store, library.id)
  if (other) throw otherLibrary(other.name)
  const manifest: Manifest = {
    id: library.id,
    name: library.name,
    format: BUCKET_FORMAT,
    minimum: { read: BUCKET_FORMAT, write: BUCKET_FORMAT },
  }
  await store.putBytes(
    libraryKey(library.id),
    Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`),
    'application/json',
  )
  const stored = await readManifest(store, library.id)
  if (!stored) throw new VitrineError('remote_server', 'The server took library.json, but does not give it back.')
  checkManifest(stored, library)
}

/** The library that a remote holds: this one if it is there, else another one, null if none. */
export async function findLibrary(store: ObjectStore, own: LibraryId): Promise<LibraryIdentity | null> {
  return (await readManifest(store, own)) ?? (await findOtherLibrary(store, own))
}

/**
 * The library that a remote holds, null if none; `known` is the one that it can only be. Throws `library_newer` for one that
 * this version can't read.
 */
export async function findAnyLibrary(
  store: ObjectStore,
  known: LibraryId | null = null,
): Promise<LibraryIdentity | null> {
  const manifest = known === null ? await findOtherLibrary(store, null) : await readManifest(store, known)
  if (manifest !== null) checkManifest(manifest, manifest)
  return manifest
}

/** The error for a remote that belongs to another library. */
export function otherLibrary(name: string): VitrineError {
  return new VitrineError(
    'remote_other_library',
    `This place already holds another library, “${name}”. Choose another bucket or another prefix.`,
  )
}

function checkManifest(manifest: Manifest, library: LibraryIdentity): void {
  if (manifest.id !== library.id) throw otherLibrary(manifest.name)
  if (manifest.minimum.write > BUCKET_FORMAT) {
    throw new VitrineError(
      'library_newer',
      'A newer version of Vitrine has written to this bucket. Update Vitrine on this computer to go on.',
    )
  }
}

async function readManifest(store: ObjectStore, owner: LibraryId): Promise<Manifest | null> {
  let bytes: Buffer
  try {
    bytes = await readSmall(store, libraryKey(owner), LARGEST_MANIFEST_BYTES)
  } catch (error) {
    if (error instanceof VitrineError && error.code === 'not_found') return null
    throw error
  }
  const parsed = manifestSchema.safeParse(parseJson(bytes.toString('utf8')))
  if (!parsed.success) {
    throw new VitrineError(
      'remote_other_library',
      `${libraryKey(owner)} in this place is not a description of a library that Vitrine understands. Choose another bucket or prefix, or remove that object.`,
    )
  }
  return parsed.data
}

/** Looks for `<library id>/library.json` of another library, jumping from one top folder to the next. */
async function findOtherLibrary(store: ObjectStore, own: LibraryId | null): Promise<Manifest | null> {
  let after: string | undefined
  let keys = 0
  for (let look = 0; look < MOST_LOOKS && keys < MOST_KEYS; look++) {
    let folder: string | null = null
    for await (const { key } of store.list('', after)) {
      keys++
      const slash = key.indexOf('/')
      if (slash > 0) {
        folder = key.slice(0, slash)
        break
      }
      if (keys >= MOST_KEYS) break
    }
    if (folder === null) return null
    const owner = libraryIdSchema.safeParse(folder)
    if (owner.success && owner.data !== own) {
      const manifest = await readManifest(store, owner.data)
      if (manifest) return manifest
    }
    // '0' is the character after '/': the listing goes on behind everything in this folder.
    after = `${folder}0`
  }
  return null
}

/** An object as bytes. Throws `not_found`, and `remote_server` for one that is larger than it may be. */
export async function readSmall(store: ObjectStore, key: string, most: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of await store.get(key)) {
    size += chunk.length
    if (size > most) throw new VitrineError('remote_server', `${key} is far larger than it should be.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
