import { createHash } from 'node:crypto'
import type { BigIntStats } from 'node:fs'
import { chmod, constants, copyFile, type FileHandle, open, rm } from 'node:fs/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import { type Sha256, sha256Schema } from '../../../../shared/domain/ids.ts'
import { libraryError, sourceError, systemCode } from './fileErrors.ts'
import { HEAD_BYTES } from './identifyType.ts'
import { inThreadPool, type OpenSource, type SourceAccess } from './sourceAccess.ts'
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
/** After so many bytes others have their turn, and a cancellation is heard. */
const TURN_BYTES = 8 * CHUNK_BYTES
const NO_CLONES = new Set(['ENOTSUP', 'EOPNOTSUPP', 'EXDEV', 'EINVAL', 'ENOSYS', 'ENOTTY'])

/** Remembers which pairs of devices can't share blocks, so that it is not tried for every file. */
export type CloneMemory = Set<string>

/**
 * Reads a file once: hashes it and, if `target` is given, leaves a durable copy there (blocks shared where the file
 * system can). On any error nothing is left at `target`.
 * @param settledMs how long ago the last write to the file must be, milliseconds
 * @param access how the source is read
 * Throws `file_changing` when the file changed meanwhile, `empty_file`, `not_a_file`, `file_vanished`,
 * `permission_denied`, `disk_full`, `library_read_only`, `io_error`, `cancelled`.
 */
export async function readAndCopy(
  path: string,
  target: string | null,
  clones: CloneMemory,
  signal: AbortSignal,
  settledMs = 0,
  access: SourceAccess = inThreadPool,
): Promise<ReadFileWithHead> {
  const before = await ofSource(() => access.stat(path))
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
    const read = cloned
      ? await hashClone(target, before.size, access, signal)
      : await stream(path, target, before, access, signal)
    const after = await ofSource(() => access.stat(path))
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
async function hashClone(target: string, size: bigint, access: SourceAccess, signal: AbortSignal): Promise<Content> {
  let clone: OpenSource
  try {
    clone = await access.open(target)
  } catch (error) {
    rethrowLibraryError(error)
  }
  try {
    return await pump(clone, null, size, signal)
  } finally {
    await clone.close()
  }
}

async function stream(
  path: string,
  target: string | null,
  found: BigIntStats,
  access: SourceAccess,
  signal: AbortSignal,
): Promise<Content> {
  const source = await ofSource(() => access.open(path))
  let copy: FileHandle | null = null
  try {
    if (target !== null) copy = await open(target, 'wx').catch(rethrowLibraryError)
    const content = await pump(source, copy, found.size, signal)
    if (copy !== null) await makeDurable(copy, found)
    return content
  } finally {
    await source.close()
    await copy?.close()
  }
}

/** What is done to the source; its errors are told as such. */
async function ofSource<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw sourceError(error)
  }
}

async function pump(
  source: OpenSource,
  copy: FileHandle | null,
  expected: bigint,
  signal: AbortSignal,
): Promise<Content> {
  const buffer = spareBuffers.pop() ?? Buffer.allocUnsafeSlow(CHUNK_BYTES)
  try {
    return await pumpThrough(buffer, source, copy, expected, signal)
  } finally {
    spareBuffers.push(buffer)
  }
}

/** As many as files were ever read at once: a new megabyte for each file would keep the collector busy. */
const spareBuffers: Buffer[] = []

async function pumpThrough(
  buffer: Buffer,
  source: OpenSource,
  copy: FileHandle | null,
  expected: bigint,
  signal: AbortSignal,
): Promise<Content> {
  const hash = createHash('sha256')
  let head = Buffer.alloc(0)
  let size = 0
  for (;;) {
    if (signal.aborted) throw new VitrineError('cancelled', 'The import was cancelled.')
    const position = size
    const bytesRead = await ofSource(() => source.read(buffer, position))
    if (bytesRead === 0) break
    const chunk = buffer.subarray(0, bytesRead)
    if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)])
    hash.update(chunk)
    if (copy !== null) await writeAll(copy, chunk, size)
    size += bytesRead
    // A file that grows without end would never be let go of.
    if (size > expected) throw changing()
    if (size % TURN_BYTES < bytesRead) await nextTurn()
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
