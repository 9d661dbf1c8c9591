import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, readdirSync, rmSync } from 'node:fs'
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import { type Sha256, sha256Schema } from '../../../../shared/domain/ids.ts'
import { fileError } from '../../disk/fileError.ts'
import { makeFolder } from '../../disk/makeFolder.ts'
import type { PutFile } from '../../ports.ts'
import { CHUNK_BYTES, sealChunk } from './ageStream.ts'
import { HEADER_BYTES, objectSize, openHeader, sealHeader } from './objectHeader.ts'
import type { RemoteKey } from './remoteKey.ts'

/** Chunks that are read, sealed and written at a time. */
const AT_ONCE = 8

/** An object as it is to be sent, in a file. */
export interface StagedObject {
  readonly path: string
  readonly size: number
  /** Of the file, not of what is in it. */
  readonly sha256: Sha256
}

/** Objects that wait, encrypted, until a bucket has them: an upload in parts can only go on with the same bytes. */
export interface StagedObjects {
  /** The object of an earlier attempt, if it is whole and holds what is to be sent; null if there is none. */
  find(name: string, file: PutFile): Promise<StagedObject | null>
  /**
   * Encrypts a file; `lasting` is for one that may have to outlive this process. Throws `disk_full`, `io_error` for a file that is not what it is said to be, `file_vanished` or
   * `cancelled`; nothing is left then.
   */
  make(name: string, file: PutFile, lasting: boolean): Promise<StagedObject>
  remove(name: string): Promise<void>
  /** Writes what comes to a file, as it is; whoever asked removes it. */
  bring(plain: Readable): Promise<StagedObject>
}

/** What is staged for a library: `folder` is below its cache. */
export function stagedObjects(folder: string, key: RemoteKey): StagedObjects {
  const pathOf = (name: string): string => join(folder, stagedName(name))

  return {
    async find(name, file) {
      const path = pathOf(name)
      const info = await stat(path).catch(() => null)
      if (info === null || info.size !== objectSize(file.size)) return null
      try {
        const header = await readHeader(path)
        if (!(await openHeader(key, name, header)).holds(file.sha256)) return null
        return { path, size: info.size, sha256: await hashOf(path, file.signal) }
      } catch (error) {
        if (error instanceof VitrineError && error.code === 'cancelled') throw error
        return null // Damaged, or of another key: it is made again.
      }
    },
    async make(name, file, lasting) {
      const path = pathOf(name)
      const partial = `${path}.part`
      try {
        makeFolder(folder)
        const sha256 = await encryptInto(partial, key, name, file, lasting)
        await rename(partial, path)
        return { path, size: objectSize(file.size), sha256 }
      } catch (error) {
        await rm(partial, { force: true }).catch(() => undefined) // What can't be removed now goes at the next start.
        throw fullDisk(error) ?? fileError(error, path)
      }
    },
    async bring(plain) {
      makeFolder(folder)
      const path = join(folder, randomUUID())
      const hash = createHash('sha256')
      let size = 0
      try {
        await pipeline(
          plain,
          async function* (chunks: AsyncIterable<Buffer>) {
            for await (const chunk of chunks) {
              hash.update(chunk)
              size += chunk.length
              yield chunk
            }
          },
          createWriteStream(path, { mode: 0o600 }),
        )
      } catch (error) {
        await rm(path, { force: true }).catch(() => undefined)
        throw fullDisk(error) ?? fileError(error, path)
      }
      return { path, size, sha256: sha256Schema.parse(hash.digest('hex')) }
    },
    async remove(name) {
      await rm(pathOf(name), { force: true }).catch(() => undefined) // Likewise.
    },
  }
}

/**
 * Removes what an earlier run left, except the objects of these names, whose upload will go on. At once, so that nothing is
 * taken away that was made meanwhile. What can't be removed now goes the next time.
 */
export function removeStaged(folder: string, wanted: readonly string[]): void {
  const keep = new Set(wanted.map(stagedName))
  try {
    for (const name of readdirSync(folder)) if (!keep.has(name)) rmSync(join(folder, name), { force: true })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
  }
}

function stagedName(name: string): string {
  return `${createHash('sha256').update(name).digest('hex').slice(0, 32)}.age`
}

/** Writes the object. Returns its SHA-256. */
async function encryptInto(
  target: string,
  key: RemoteKey,
  name: string,
  file: PutFile,
  lasting: boolean,
): Promise<Sha256> {
  const source = await open(file.path, 'r').catch((error: unknown) => {
    throw fileError(error, file.path)
  })
  try {
    const out = await open(target, 'w', 0o600)
    try {
      const sha256 = await encrypt(source, out, key, name, file)
      if (lasting) await out.sync()
      return sha256
    } finally {
      await out.close()
    }
  } finally {
    await source.close()
  }
}

async function encrypt(source: FileHandle, out: FileHandle, key: RemoteKey, name: string, file: PutFile) {
  const { bytes: header, payloadKey } = await sealHeader(key, name, file.sha256)
  const plainHash = createHash('sha256')
  const hash = createHash('sha256').update(header)
  await out.writeFile(header)
  const buffer = Buffer.allocUnsafe(Math.min(file.size, AT_ONCE * CHUNK_BYTES))
  for (let at = 0; at < file.size || at === 0; at += buffer.length) {
    throwIfCancelled(file.signal)
    const plain = buffer.subarray(0, Math.min(buffer.length, file.size - at))
    await readExactly(source, plain, at, file.path)
    plainHash.update(plain)
    const sealed = sealChunks(payloadKey, plain, at, file.size)
    hash.update(sealed)
    await out.writeFile(sealed)
    if (buffer.length === 0) break
  }
  const { size } = await source.stat()
  if (size !== file.size || plainHash.digest('hex') !== file.sha256) throw changed(file.path)
  return sha256Schema.parse(hash.digest('hex'))
}

/** `at` is where in the file the bytes begin: at the beginning of a chunk. */
function sealChunks(payloadKey: Uint8Array, plain: Buffer, at: number, size: number): Buffer {
  const sealed: Buffer[] = []
  for (let from = 0; from < plain.length || from === 0; from += CHUNK_BYTES) {
    const chunk = plain.subarray(from, from + CHUNK_BYTES)
    const isLast = at + from + chunk.length === size
    sealed.push(sealChunk(payloadKey, (at + from) / CHUNK_BYTES, isLast, chunk))
  }
  return Buffer.concat(sealed)
}

/** A small object, encrypted in memory. */
export async function encryptBytes(key: RemoteKey, name: string, bytes: Uint8Array): Promise<Buffer> {
  const sha256 = sha256Schema.parse(createHash('sha256').update(bytes).digest('hex'))
  const { bytes: header, payloadKey } = await sealHeader(key, name, sha256)
  return Buffer.concat([header, sealChunks(payloadKey, Buffer.from(bytes), 0, bytes.length)])
}

async function readHeader(path: string): Promise<Buffer> {
  const handle = await open(path, 'r')
  try {
    const header = Buffer.alloc(HEADER_BYTES)
    await readExactly(handle, header, 0, path)
    return header
  } finally {
    await handle.close()
  }
}

async function hashOf(path: string, signal: AbortSignal | undefined): Promise<Sha256> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: AT_ONCE * CHUNK_BYTES })) {
    throwIfCancelled(signal)
    hash.update(chunk)
  }
  return sha256Schema.parse(hash.digest('hex'))
}

async function readExactly(handle: FileHandle, buffer: Buffer, position: number, path: string): Promise<void> {
  for (let filled = 0; filled < buffer.length; ) {
    const { bytesRead } = await handle
      .read(buffer, filled, buffer.length - filled, position + filled)
      .catch((error: unknown) => {
        throw fileError(error, path)
      })
    if (bytesRead === 0) throw changed(path)
    filled += bytesRead
  }
}

function fullDisk(error: unknown): VitrineError | null {
  const { code } = error instanceof Error && 'code' in error ? error : { code: undefined }
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return null
  return new VitrineError(
    'disk_full',
    'The disk of this library is full: a file is encrypted there before it is sent. Make room for as much as your largest file takes; the upload then goes on.',
    undefined,
    { cause: error },
  )
}

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new VitrineError('cancelled', 'The transfer was stopped.')
}

function changed(path: string): VitrineError {
  return new VitrineError(
    'io_error',
    `${path} is not the file it was when it was imported, so it was not uploaded. Put the right file back and try again, or import the changed one as a new asset.`,
  )
}
