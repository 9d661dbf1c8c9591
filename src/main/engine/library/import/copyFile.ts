import { createHash, type Hash } from 'node:crypto'
import type { BigIntStats } from 'node:fs'
import { chmod, constants, copyFile, type FileHandle, open, rm, stat } from 'node:fs/promises'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import { type Sha256, sha256Schema } from '../../../../shared/domain/ids.ts'
import { libraryError, sourceError, systemCode } from './fileErrors.ts'
import { HEAD_BYTES } from './identifyType.ts'
import { notAFile } from './walkSources.ts'

/** Enough to tell that a path still names the very bytes that were read. */
export interface SourceIdentity {
  readonly device: bigint
  readonly inode: bigint
  readonly size: bigint
  readonly mtimeNs: bigint
}

/** The content of a file that did not change while it was read. */
export interface ReadFile {
  readonly sha256: Sha256
  readonly size: number
  readonly mtimeMs: number
  readonly identity: SourceIdentity
}

/** With its first bytes, which tell what kind of file it is. */
interface ReadFileWithHead extends ReadFile {
  readonly head: Buffer
}

const CHUNK_BYTES = 1024 * 1024
const NO_CLONES = new Set(['ENOTSUP', 'EOPNOTSUPP', 'EXDEV', 'EINVAL', 'ENOSYS', 'ENOTTY'])

/** Remembers which pairs of devices can't share blocks, so that it is not tried for every file. */
export type CloneMemory = Set<string>

/**
 * Reads a file once: hashes it and, if `target` is given, leaves a durable copy there (blocks shared where the file
 * system can). On any error nothing is left at `target`.
 * @param settledMs how long ago the last write to the file must be, milliseconds
 * Throws `file_changing` when the file changed meanwhile, `empty_file`, `not_a_file`, `file_vanished`,
 * `permission_denied`, `disk_full`, `library_read_only`, `io_error`, `cancelled`.
 */
export async function readAndCopy(
  path: string,
  target: string | null,
  clones: CloneMemory,
  signal: AbortSignal,
  settledMs = 0,
): Promise<ReadFileWithHead> {
  const before = await stat(path, { bigint: true }).catch((error: unknown) => {
    throw sourceError(error)
  })
  // Before it is opened: to open a pipe waits for a writer.
  if (!before.isFile()) throw notAFile()
  if (before.size === 0n) throw new VitrineError('empty_file', 'The file is empty.')
  if (settledMs > 0) {
    // Between two writes of another program a file looks as if it held still.
    const age = Date.now() - Number(before.mtimeMs)
    if (age >= 0 && age < settledMs) throw changing()
  }
  try {
    const cloned = target !== null && (await clone(path, target, before, clones))
    const read = cloned ? await hashClone(target, signal) : await stream(path, target, before, signal)
    const after = await stat(path, { bigint: true }).catch((error: unknown) => {
      throw sourceError(error)
    })
    const identity = identityOf(before)
    if (!sameIdentity(identity, identityOf(after)) || BigInt(read.size) !== before.size) throw changing()
    return { ...read, mtimeMs: Number(before.mtimeMs), identity }
  } catch (error) {
    if (target !== null) await rm(target, { force: true })
    throw error
  }
}

export function identityOf(found: BigIntStats): SourceIdentity {
  return { device: found.dev, inode: found.ino, size: found.size, mtimeNs: found.mtimeNs }
}

export function sameIdentity(a: SourceIdentity, b: SourceIdentity): boolean {
  return a.device === b.device && a.inode === b.inode && a.size === b.size && a.mtimeNs === b.mtimeNs
}

function changing(): VitrineError {
  return new VitrineError('file_changing', 'Another program is still writing this file. Try again when it is done.')
}

async function clone(path: string, target: string, source: BigIntStats, clones: CloneMemory): Promise<boolean> {
  const device = String(source.dev)
  if (clones.has(device)) return false
  try {
    await copyFile(path, target, constants.COPYFILE_FICLONE_FORCE | constants.COPYFILE_EXCL)
    // A clone has the permissions of its source, which may forbid us to write.
    await chmod(target, 0o644)
    const copy = await open(target, 'r+')
    await makeDurable(copy, source).finally(() => copy.close())
    return true
  } catch (error) {
    await rm(target, { force: true })
    // Any other error comes back when the file is streamed, and is told apart there.
    if (NO_CLONES.has(systemCode(error))) clones.add(device)
    return false
  }
}

type Content = Pick<ReadFileWithHead, 'sha256' | 'size' | 'head'>

/** The clone is a snapshot: what is hashed is what is kept, whatever happens to the source. */
async function hashClone(target: string, signal: AbortSignal): Promise<Content> {
  const clone = await open(target, 'r').catch(rethrowLibraryError)
  return pump(clone, null, signal).finally(() => clone.close())
}

async function stream(path: string, target: string | null, times: BigIntStats, signal: AbortSignal): Promise<Content> {
  const source = await open(path, 'r').catch((error: unknown) => {
    throw sourceError(error)
  })
  let copy: FileHandle | null = null
  try {
    if (target !== null) copy = await open(target, 'wx').catch(rethrowLibraryError)
    const content = await pump(source, copy, signal)
    if (copy !== null) await makeDurable(copy, times)
    return content
  } finally {
    await source.close()
    await copy?.close()
  }
}

async function pump(source: FileHandle, copy: FileHandle | null, signal: AbortSignal): Promise<Content> {
  const hash = createHash('sha256')
  const { size: expected } = await source.stat()
  const buffer = spareBuffers.pop() ?? Buffer.allocUnsafeSlow(CHUNK_BYTES)
  try {
    return await pumpThrough(buffer, source, copy, expected, hash, signal)
  } finally {
    spareBuffers.push(buffer)
  }
}

/** As many as files were ever read at once: a new megabyte for each file would keep the collector busy. */
const spareBuffers: Buffer[] = []

async function pumpThrough(
  buffer: Buffer,
  source: FileHandle,
  copy: FileHandle | null,
  expected: number,
  hash: Hash,
  signal: AbortSignal,
): Promise<Content> {
  let head = Buffer.alloc(0)
  let size = 0
  for (;;) {
    if (signal.aborted) throw new VitrineError('cancelled', 'The import was cancelled.')
    const { bytesRead } = await source.read(buffer, 0, buffer.length, size).catch((error: unknown) => {
      throw sourceError(error)
    })
    if (bytesRead === 0) break
    const chunk = buffer.subarray(0, bytesRead)
    if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)])
    hash.update(chunk)
    if (copy !== null) await writeAll(copy, chunk, size)
    size += bytesRead
    // A file that grows without end would never be let go of.
    if (size > expected) throw changing()
  }
  return { sha256: sha256Schema.parse(hash.digest('hex')), size, head }
}

async function writeAll(copy: FileHandle, chunk: Buffer, position: number): Promise<void> {
  let written = 0
  while (written < chunk.length) {
    const { bytesWritten } = await copy
      .write(chunk, written, chunk.length - written, position + written)
      .catch(rethrowLibraryError)
    written += bytesWritten
  }
}

/** The time of the original is kept, and the bytes are on the disk and not only in its cache. */
async function makeDurable(copy: FileHandle, source: BigIntStats): Promise<void> {
  try {
    await copy.utimes(Number(source.atimeMs) / 1000, Number(source.mtimeMs) / 1000)
    await copy.sync()
  } catch (error) {
    rethrowLibraryError(error)
  }
}

function rethrowLibraryError(error: unknown): never {
  throw libraryError(error)
}
