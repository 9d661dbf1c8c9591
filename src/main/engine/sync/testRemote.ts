import { randomBytes, randomUUID } from 'node:crypto'
import { type ErrorCode, VitrineError } from '../../../shared/contract/errors.ts'
import type { Credentials, RemoteLocation, RemoteTest } from '../../../shared/domain/remote.ts'
import type { ObjectStore } from '../ports.ts'
import { findLibrary, type LibraryIdentity, otherLibrary, readSmall } from './libraryManifest.ts'
import { isSafePrefix, LONGEST_PREFIX_BYTES, libraryKey } from './objectKeys.ts'

/** Opens a store; the engine gives the adapter, so that sync itself knows only the port. */
export type OpenStore = (location: RemoteLocation, credentials: Credentials | null) => ObjectStore

type Problem = Extract<RemoteTest, { ok: false }>['problem']

const PROBE_BYTES = 64

/**
 * Tries everything that sync needs at a place (list, write, read back, delete) with a small object that is removed
 * again, and looks which library it holds. Says which one setting to change when something fails. `base`: of a workspace
 * remote, what the keys of its objects begin with; it holds no library.
 */
export async function testRemote(
  location: RemoteLocation,
  credentials: Credentials | null,
  library: LibraryIdentity,
  openStore: OpenStore,
  now: number,
  base?: string,
): Promise<RemoteTest> {
  let store: ObjectStore | null = null
  try {
    checkPrefix(location)
    store = openStore(location, credentials)
    const found = base === undefined ? await findLibrary(store, library.id) : null
    if (found && found.id !== library.id) throw otherLibrary(found.name)
    const own = base ?? `${library.id}/`
    await writeReadDelete(store, own)
    const abilities = await store.probe(`${own}connection-test-${randomUUID()}`)
    const asked = performance.now()
    await store.head(base === undefined ? libraryKey(library.id) : `${base}connection-test-${randomUUID()}`)
    return {
      ok: true,
      serverTimeOffsetMs: store.clockOffsetMs,
      latencyMs: Math.round(performance.now() - asked),
      library: found && { id: found.id, name: found.name },
      abilities: { ...abilities, clockOffsetMs: store.clockOffsetMs, checkedAt: new Date(now).toISOString() },
    }
  } catch (error) {
    if (!(error instanceof VitrineError)) throw error
    const message =
      error.code === 'remote_secret_key' && credentials
        ? await secretMessage(error.message, location, credentials, openStore)
        : error.message
    return { ok: false, problem: problemOf(error.code, location), message }
  } finally {
    store?.close()
  }
}

/** Throws `invalid_request` for a prefix that cannot stand before every key. */
function checkPrefix(location: RemoteLocation): void {
  if (isSafePrefix(location.prefix)) return
  throw new VitrineError(
    'invalid_request',
    `The prefix “${location.prefix}” cannot be used. Write it as folder/folder, without a slash at its ends, “..”, control characters or any of \\ : * ? " < > |, at most ${LONGEST_PREFIX_BYTES} bytes.`,
  )
}

async function writeReadDelete(store: ObjectStore, own: string): Promise<void> {
  const key = `${own}connection-test-${randomUUID()}`
  const bytes = randomBytes(PROBE_BYTES)
  await store.putBytes(key, bytes, 'application/octet-stream')
  const back = await readSmall(store, key, PROBE_BYTES * 2)
  await store.delete(key)
  if (!back.equals(bytes)) {
    throw new VitrineError('remote_checksum', 'The server gave back other bytes than were written. Check the server.')
  }
}

/**
 * A wrong signature usually means a wrong secret, but some servers (Swift) answer the same for an access key that they
 * do not know. Which kind this is shows in what it says to a key that cannot exist.
 */
async function secretMessage(
  message: string,
  location: RemoteLocation,
  credentials: Credentials,
  openStore: OpenStore,
): Promise<string> {
  const stranger = openStore(location, { ...credentials, accessKeyId: [...credentials.accessKeyId].reverse().join('') })
  try {
    for await (const _ of stranger.list('')) break
  } catch (error) {
    if (!(error instanceof VitrineError)) throw error
    if (error.code === 'remote_access_key') return message
  } finally {
    stranger.close()
  }
  return 'The server refused these keys. It gives the same answer for a wrong access key and for a wrong secret, so check both, also for spaces at their ends.'
}

/** Which one setting to change for an error. */
export function problemOf(code: ErrorCode, location: RemoteLocation): Problem {
  switch (code) {
    case 'remote_unreachable':
      return location.kind === 'folder' ? 'folder' : 'host'
    case 'remote_tls':
      return 'tls'
    case 'remote_access_key':
    case 'remote_no_credentials':
      return 'access_key'
    case 'remote_secret_key':
      return 'secret_key'
    case 'remote_bucket':
      return 'bucket'
    case 'remote_region':
      return 'region'
    case 'remote_permission':
      return 'permission'
    case 'remote_clock':
      return 'clock'
    case 'remote_other_library':
    case 'library_newer':
      return 'other_library'
    case 'remote_encrypted':
    case 'remote_no_key':
    case 'remote_wrong_key':
      return 'encryption'
    case 'remote_folder':
    case 'name_invalid':
    case 'invalid_request':
      return location.kind === 'folder' ? 'folder' : 'bucket'
    case 'disk_full':
      return location.kind === 'folder' ? 'folder' : 'server'
    default:
      return 'server'
  }
}
