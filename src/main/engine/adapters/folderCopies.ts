import { createHash, randomUUID } from 'node:crypto'
import { type FileHandle, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { PutFile, UploadNotes } from '../ports.ts'
import { changedFile, errnoOf, openLocalFile, readExactly, throwIfCancelled } from './localFile.ts'
import { partSizeOf, usableUpload } from './multipartPlan.ts'

const COPY_BYTES = 1 << 20
const HOUR_MS = 3_600_000
/** A half-made copy of another device may still be growing; after a day it is left over from a crash. */
const STALE_AFTER_MS = 24 * HOUR_MS
/** One that its device goes on with may have to wait for the next connection. */
const UPLOAD_STALE_AFTER_MS = 7 * 24 * HOUR_MS
const UPLOAD = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** A file whose copy is gone on with after a cut. */
type LastingFile = PutFile & { readonly notes: UploadNotes }

/** Copies a local file to the start of an empty one in one pass and returns its SHA-256, which must be the expected one. */
export async function copyInto(copy: FileHandle, file: PutFile): Promise<string> {
  const source = await openLocalFile(file.path, file.size)
  try {
    return await appendFrom(source, copy, file, 0, createHash('sha256'))
  } finally {
    await source.close()
  }
}

/**
 * Makes a whole copy of a file in `folder`, going on with the half-made one that its notes name, and returns its absolute path.
 * Of what is there already only bytes that were read and compared with the file are kept; the SHA-256 of those and of the rest,
 * read back from the disk, must be the expected one. After a failure the half-made copy stays for the next attempt, unless the
 * file or the disk is not what it was. Throws as `fs` does, and `VitrineError`s.
 */
export async function copyOn(folder: string, file: LastingFile): Promise<string> {
  const { path, copy } = await openCopy(folder, file)
  try {
    await fill(copy, file)
  } catch (error) {
    if (error instanceof VitrineError && FINAL.has(error.code)) {
      await rm(path, { force: true })
      file.notes.end()
    }
    throw error
  } finally {
    await copy.close()
  }
  return path
}

/** The file is another one, or the disk keeps other bytes than were written: what was copied is of no use. */
const FINAL: ReadonlySet<string> = new Set(['io_error', 'remote_checksum'])

async function openCopy(folder: string, file: LastingFile): Promise<{ path: string; copy: FileHandle }> {
  const noted = file.notes.read()
  const earlier = usableUpload(noted, file)
  if (earlier !== null && UPLOAD.test(earlier.uploadId)) {
    const path = pathOf(folder, earlier.uploadId)
    try {
      return { path, copy: await open(path, 'r+') }
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw error
    }
  } else if (noted !== null) await removeUpload(folder, noted.uploadId)
  const uploadId = randomUUID()
  file.notes.begin({ uploadId, size: file.size, sha256: file.sha256, partSize: partSizeOf(file.size) })
  const path = pathOf(folder, uploadId)
  return { path, copy: await open(path, 'wx+') }
}

async function fill(copy: FileHandle, file: LastingFile): Promise<void> {
  const source = await openLocalFile(file.path, file.size)
  try {
    const hash = createHash('sha256')
    const kept = await samePrefix(source, copy, file, hash)
    const readBack = hash.copy()
    await copy.truncate(kept)
    await appendFrom(source, copy, file, kept, hash)
    await copy.sync()
    const buffer = Buffer.allocUnsafe(COPY_BYTES)
    for (let position = kept; position < file.size; ) {
      throwIfCancelled(file.signal)
      const { bytesRead } = await copy.read(buffer, 0, Math.min(buffer.length, file.size - position), position)
      if (bytesRead === 0) break
      readBack.update(buffer.subarray(0, bytesRead))
      position += bytesRead
    }
    if (readBack.digest('hex') !== file.sha256) {
      throw new VitrineError('remote_checksum', 'The disk of the folder gave back other bytes than were written.')
    }
  } finally {
    await source.close()
  }
}

/** How many bytes of the copy are those of the file, from the start on; they are hashed. What can't be read is made anew. */
async function samePrefix(
  source: FileHandle,
  copy: FileHandle,
  file: PutFile,
  hash: ReturnType<typeof createHash>,
): Promise<number> {
  const { size } = await copy.stat()
  const end = Math.min(size, file.size)
  const [theirs, ours] = [Buffer.allocUnsafe(COPY_BYTES), Buffer.allocUnsafe(COPY_BYTES)]
  let position = 0
  while (position < end) {
    throwIfCancelled(file.signal)
    const { bytesRead } = await copy.read(theirs, 0, Math.min(COPY_BYTES, end - position), position).catch(NOTHING)
    if (bytesRead === 0) break
    const there = ours.subarray(0, bytesRead)
    await readExactly(source, file.path, there, position)
    if (!there.equals(theirs.subarray(0, bytesRead))) break
    hash.update(there)
    position += bytesRead
    file.onProgress?.(position)
  }
  return position
}

const NOTHING = () => ({ bytesRead: 0 })

/** Copies a file from a position on to the same position; `hash` has what comes before. Returns the SHA-256 of the whole. */
async function appendFrom(
  source: FileHandle,
  copy: FileHandle,
  file: PutFile,
  from: number,
  hash: ReturnType<typeof createHash>,
): Promise<string> {
  const buffer = Buffer.allocUnsafe(Math.min(COPY_BYTES, Math.max(file.size - from, 1)))
  for (let position = from; position < file.size; ) {
    throwIfCancelled(file.signal)
    const chunk = buffer.subarray(0, Math.min(buffer.length, file.size - position))
    await file.pace?.take(chunk.length, file.signal)
    await readExactly(source, file.path, chunk, position)
    hash.update(chunk)
    // Like fs.writeFile: one write may take less than it was given.
    for (let written = 0; written < chunk.length; ) {
      written += (await copy.write(chunk, written, chunk.length - written, position + written)).bytesWritten
    }
    position += chunk.length
    file.onProgress?.(position)
  }
  const sha256 = hash.digest('hex')
  if (sha256 !== file.sha256) throw changedFile(file.path)
  return sha256
}

/** Removes the half-made copy of an upload that nobody will go on with. One that is gone already is no error. */
export async function removeUpload(folder: string, uploadId: string): Promise<void> {
  if (UPLOAD.test(uploadId)) await rm(pathOf(folder, uploadId), { force: true })
}

/** Removes half-made copies that a crash left behind. What cannot be removed now is left for the next time. */
export async function removeStaleCopies(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name)
      const info = await stat(path).catch(() => null)
      const lifetime = name.endsWith(PART) ? UPLOAD_STALE_AFTER_MS : STALE_AFTER_MS
      if (info && Date.now() - info.mtimeMs > lifetime) await rm(path, { force: true }).catch(() => undefined)
    }),
  )
}

const PART = '.part'

function pathOf(folder: string, uploadId: string): string {
  return join(folder, `${uploadId}${PART}`)
}
