import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { ObjectInfo, ObjectStore, PutFile } from '../../ports.ts'
import { keyNames } from './keyNames.ts'
import { HEADER_BYTES, openHeader, plainSize } from './objectHeader.ts'
import { type ByteRange, openRange, openWhole, sealedRange } from './openObject.ts'
import type { RemoteKey } from './remoteKey.ts'
import { roomFor } from './room.ts'
import { encryptBytes, type StagedObject, stagedObjects } from './stagedObjects.ts'

/** What an object is, is nobody's business. */
const CONTENT_TYPE = 'application/octet-stream'
/** Smaller files go in one request; there is nothing to go on with after one that failed. */
const LARGE_BYTES = 8 * 1024 * 1024
/** Large files whose encrypted copy takes room on the disk at the same time. */
const MOST_LARGE = 3
/** Names in a row that are not ours: a listing of a bucket that is full of other things ends. */
const MOST_FOREIGN = 20_000
/** Base32 has neither 0 nor 1, so numbers that begin with them come before everything else in their folder. */
const NUMBERED = /^[01]\d{15}(?=[^/]*$)/

/**
 * A store whose objects are age files and whose names are encrypted, over any other. To whoever uses it, it holds plaintext
 * under plain keys: sizes, ranges and progress count plaintext bytes. Three things differ. `head` and `list` know no SHA-256.
 * `list` gives keys in their order only where names begin with 16 digits, and leaves out what is not ours. There are no links.
 * Throws what the other store does, and `remote_checksum` for whatever in it is not as it was written.
 *
 * `folder` is where files wait, encrypted, until they are sent.
 */
export function encryptedStore(inner: ObjectStore, key: RemoteKey, folder: string): ObjectStore {
  const names = keyNames(key)
  const staged = stagedObjects(folder, key)
  const room = roomFor(MOST_LARGE)

  /** Runs a request for the object of this key; what goes wrong is said of the key, not of its name. */
  async function named<T>(keyOfObject: string, work: (name: string) => Promise<T>): Promise<T> {
    const name = names.encode(keyOfObject)
    try {
      return await work(name)
    } catch (error) {
      if (!(error instanceof VitrineError) || !error.message.includes(name)) throw error
      const message = error.message.replaceAll(name, keyOfObject)
      throw new VitrineError(error.code, message, error.details, { cause: error.cause ?? error })
    }
  }

  const toPlain = (keyOfObject: string, info: ObjectInfo): ObjectInfo => ({
    ...info,
    key: keyOfObject,
    size: plainSize(info.size) ?? 0,
    sha256: null,
  })

  async function headerOf(keyOfObject: string, name: string, signal: AbortSignal | undefined) {
    const bytes = await readUpTo(await inner.get(name, { start: 0, end: HEADER_BYTES - 1 }, signal), HEADER_BYTES)
    return openHeader(key, keyOfObject, bytes)
  }

  async function get(keyOfObject: string, range: ByteRange | undefined, signal: AbortSignal | undefined) {
    return named(keyOfObject, async (name) => {
      if (range === undefined) return openWhole(await inner.get(name, undefined, signal), key, keyOfObject)
      const { payloadKey } = await headerOf(keyOfObject, name, signal)
      return openRange(await inner.get(name, sealedRange(range), signal), payloadKey, keyOfObject, range)
    })
  }

  function toSend(file: PutFile, object: StagedObject): PutFile {
    const { onProgress } = file
    return {
      ...file,
      path: object.path,
      size: object.size,
      sha256: object.sha256,
      contentType: CONTENT_TYPE,
      ...(onProgress && { onProgress: (bytes: number) => onProgress(Math.min(bytes, file.size)) }),
    }
  }

  async function put(keyOfObject: string, name: string, file: PutFile) {
    const isLarge = file.size >= LARGE_BYTES
    const leave = isLarge ? await room.enter(file.signal) : () => undefined
    let sent = false
    try {
      const object =
        (isLarge ? await staged.find(keyOfObject, file) : null) ?? (await staged.make(keyOfObject, file, isLarge))
      const { info, verified } = await inner
        .putFile(name, toSend(file, object))
        .catch((error: unknown) => Promise.reject(lostCopy(error, object, keyOfObject) ?? error))
      sent = true
      return { info: { ...toPlain(keyOfObject, info), sha256: file.sha256 }, verified }
    } catch (error) {
      sent = error instanceof VitrineError && error.code === 'remote_checksum'
      throw error
    } finally {
      leave()
      if (sent || !isLarge) await staged.remove(keyOfObject)
    }
  }

  /** Reads the object back unless its encrypted copy is still here to be compared with it. */
  async function confirm(keyOfObject: string, name: string, file: PutFile) {
    try {
      if (!(await headerOf(keyOfObject, name, file.signal)).holds(file.sha256)) return null
      const object = file.size < LARGE_BYTES ? null : await staged.find(keyOfObject, file)
      const held = object && (await inner.confirm(name, toSend(file, object)))
      if (held !== null) {
        await staged.remove(keyOfObject)
        return { info: { ...toPlain(keyOfObject, held.info), sha256: file.sha256 }, verified: held.verified }
      }
      const hash = createHash('sha256')
      for await (const chunk of await get(keyOfObject, undefined, file.signal)) hash.update(chunk)
      if (hash.digest('hex') !== file.sha256) return null
    } catch (error) {
      // Nothing is there, or nothing that is of use: either way it has to be stored.
      if (error instanceof VitrineError && ['not_found', 'remote_checksum'].includes(error.code)) return null
      throw error
    }
    const info = { key: keyOfObject, size: file.size, etag: null, sha256: file.sha256, modifiedAt: null }
    return { info, verified: 'read-back' as const }
  }

  /** The name is part of what an object is sealed with, so one that goes under another name is sealed anew. */
  async function copy(from: string, to: string): Promise<void> {
    const local = await staged.bring(await get(from, undefined, undefined))
    try {
      await named(to, (name) => put(to, name, { ...local, contentType: CONTENT_TYPE }))
    } finally {
      await rm(local.path, { force: true })
    }
  }

  /** The part of a prefix that can be asked for: whole folders. */
  function folderName(prefix: string): string {
    const slash = prefix.lastIndexOf('/')
    return slash < 0 ? '' : `${names.encode(prefix.slice(0, slash))}/`
  }

  /** Where to begin in a folder whose names are in order; undefined where all of it has to be looked at. */
  function nameBefore(prefix: string, startAfter: string | undefined): string | undefined {
    const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1)
    if (startAfter === undefined || !startAfter.startsWith(folder)) return undefined
    const [digits] = NUMBERED.exec(startAfter.slice(folder.length)) ?? []
    return digits === undefined ? undefined : `${folderName(prefix)}${digits}`
  }

  return {
    head: (keyOfObject) =>
      named(keyOfObject, async (name) => {
        const info = await inner.head(name)
        return info && toPlain(keyOfObject, info)
      }),
    get,
    putFile: (keyOfObject, file) => named(keyOfObject, (name) => put(keyOfObject, name, file)),
    confirm: (keyOfObject, file) => named(keyOfObject, (name) => confirm(keyOfObject, name, file)),
    abandon: (keyOfObject, uploadId) =>
      named(keyOfObject, async (name) => {
        await staged.remove(keyOfObject)
        await inner.abandon(name, uploadId)
      }),
    async *unfinished(prefix) {
      for await (const upload of inner.unfinished(folderName(prefix))) {
        const plain = names.decode(upload.key)
        if (plain?.startsWith(prefix)) yield { ...upload, key: plain }
      }
    },
    get clockOffsetMs() {
      return inner.clockOffsetMs
    },
    putBytes: (keyOfObject, bytes) =>
      named(keyOfObject, async (name) => {
        const info = await inner.putBytes(name, await encryptBytes(key, keyOfObject, bytes), CONTENT_TYPE)
        return toPlain(keyOfObject, info)
      }),
    createBytes: (keyOfObject, bytes) =>
      named(keyOfObject, async (name) =>
        inner.createBytes(name, await encryptBytes(key, keyOfObject, bytes), CONTENT_TYPE),
      ),
    async *list(prefix, startAfter) {
      let foreign = 0
      for await (const info of inner.list(folderName(prefix), nameBefore(prefix, startAfter))) {
        const plain = names.decode(info.key)
        foreign = plain === null ? foreign + 1 : 0
        if (foreign > MOST_FOREIGN) return
        if (plain === null || !plain.startsWith(prefix)) continue
        if (startAfter === undefined || isBehind(plain, startAfter)) yield toPlain(plain, info)
      }
    },
    copy,
    probe: (keyOfObject) => named(keyOfObject, async (name) => ({ ...(await inner.probe(name)), presign: false })),
    link: () => null,
    delete: (keyOfObject) => named(keyOfObject, (name) => inner.delete(name)),
    close: () => inner.close(),
  }
}

function isBehind(key: string, other: string): boolean {
  return Buffer.compare(Buffer.from(key), Buffer.from(other)) > 0
}

/** What a person did not do to an original, but something to its encrypted copy: it is made again with the next attempt. */
function lostCopy(error: unknown, { path }: StagedObject, key: string): VitrineError | null {
  if (!(error instanceof VitrineError) || !error.message.includes(path)) return null
  return new VitrineError(
    'remote_checksum',
    `The encrypted copy of “${key}” was changed or removed while it was sent. It is made again.`,
    undefined,
    { cause: error },
  )
}

/** The first bytes of a stream, fewer if it has no more. */
async function readUpTo(stream: Readable, most: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= most) break
  }
  return Buffer.concat(chunks).subarray(0, most)
}
