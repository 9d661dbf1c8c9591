import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { VitrineError } from '../../../shared/contract/errors.ts'

/** Hashes are taken stretch by stretch, so that nothing else waits for a whole part. */
const STRETCH_BYTES = 1 << 20

/** What one pass over a local file found. */
export interface FileFingerprint {
  /** Hexadecimal. */
  readonly sha256: string
  /** Hexadecimal. */
  readonly md5: string
  /** MD5 of each stretch of `partSize` bytes, hexadecimal; empty when no part size was asked for. */
  readonly partMd5s: readonly string[]
}

/**
 * Opens a local file for an upload and checks that it is still as large as it was said to be.
 * Throws `file_vanished`, `permission_denied` or `io_error`.
 */
export async function openLocalFile(path: string, size: number): Promise<FileHandle> {
  let handle: FileHandle
  try {
    handle = await open(path, 'r')
  } catch (error) {
    throw toLocalFileError(error, path)
  }
  try {
    const stat = await handle.stat()
    if (!stat.isFile() || stat.size !== size) throw changedFile(path)
    return handle
  } catch (error) {
    await handle.close()
    throw toLocalFileError(error, path)
  }
}

/** Fills the buffer from a position. Throws `io_error` when the file ends earlier. */
export async function readExactly(
  handle: FileHandle,
  path: string,
  buffer: Uint8Array,
  position: number,
): Promise<void> {
  let filled = 0
  while (filled < buffer.length) {
    let bytesRead: number
    try {
      bytesRead = (await handle.read(buffer, filled, buffer.length - filled, position + filled)).bytesRead
    } catch (error) {
      throw toLocalFileError(error, path)
    }
    if (bytesRead === 0) throw changedFile(path)
    filled += bytesRead
  }
}

/** Fills the buffer from a position and hashes what is read. Throws as `readExactly` does, and `cancelled`. */
export async function readAndHash(
  handle: FileHandle,
  path: string,
  buffer: Uint8Array,
  position: number,
  hashes: readonly Hash[],
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let at = 0; at < buffer.length; at += STRETCH_BYTES) {
    throwIfCancelled(signal)
    const stretch = buffer.subarray(at, at + STRETCH_BYTES)
    await readExactly(handle, path, stretch, position + at)
    for (const hash of hashes) hash.update(stretch)
  }
}

/** Hashes a file in one pass. Throws as `openLocalFile` does, and `cancelled`. */
export async function fingerprintFile(
  path: string,
  size: number,
  partSize?: number,
  signal?: AbortSignal,
): Promise<FileFingerprint> {
  const handle = await openLocalFile(path, size)
  try {
    const sha256 = createHash('sha256')
    const md5 = createHash('md5')
    const partMd5s: string[] = []
    const buffer = Buffer.allocUnsafe(Math.min(STRETCH_BYTES, Math.max(size, 1)))
    let part: Hash | null = null
    for (let position = 0; position < size; ) {
      throwIfCancelled(signal)
      const untilPartEnds = partSize === undefined ? STRETCH_BYTES : partSize - (position % partSize)
      const chunk = buffer.subarray(0, Math.min(buffer.length, size - position, untilPartEnds))
      await readExactly(handle, path, chunk, position)
      sha256.update(chunk)
      md5.update(chunk)
      position += chunk.length
      if (partSize !== undefined) {
        part ??= createHash('md5')
        part.update(chunk)
        if (position % partSize === 0 || position === size) {
          partMd5s.push(part.digest('hex'))
          part = null
        }
      }
    }
    return { sha256: sha256.digest('hex'), md5: md5.digest('hex'), partMd5s }
  } finally {
    await handle.close()
  }
}

/** The error for a local file whose bytes are not those that the catalogue knows. */
export function changedFile(path: string): VitrineError {
  return new VitrineError(
    'io_error',
    `${path} is not the file it was when it was imported, so it was not uploaded. Put the right file back and try again, or import the changed one as a new asset.`,
  )
}

/** Throws `cancelled` once the signal has fired. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelled()
}

/** The error of a transfer that was told to stop. */
export function cancelled(): VitrineError {
  return new VitrineError('cancelled', 'The transfer was stopped.')
}

/** A `VitrineError` for what the file system said about a file of the library. */
export function toLocalFileError(error: unknown, path: string): unknown {
  switch (errnoOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new VitrineError('file_vanished', `${path} is gone. Put it back, then try again.`, undefined, {
        cause: error,
      })
    case 'EACCES':
    case 'EPERM':
      return new VitrineError('permission_denied', `${path} cannot be read: permission denied.`, undefined, {
        cause: error,
      })
    case undefined:
      return error
    default:
      return new VitrineError('io_error', `${path} cannot be read (${errnoOf(error)}). Check the disk.`, undefined, {
        cause: error,
      })
  }
}

/** The system's name of an error, such as `ENOENT`; undefined for anything else. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined
  return error instanceof VitrineError ? undefined : error.code
}
