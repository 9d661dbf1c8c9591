import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { Sha256 } from '../../../../shared/domain/ids.ts'
import { fileError } from '../../disk/fileError.ts'
import { makeFolder } from '../../disk/makeFolder.ts'
import type { Lanes, ObjectStore, Pace } from '../../ports.ts'
import { settleFolder } from './settleFolder.ts'

const READ_BYTES = 1 << 20
const WRITE_BYTES = 1 << 20

export interface Download {
  readonly store: Pick<ObjectStore, 'get'>
  readonly key: string
  readonly sha256: Sha256
  /** Bytes. */
  readonly size: number
  /** Absolute path under which the file appears once it is whole. Its folder is made; a file that is there is replaced. */
  readonly target: string
  /**
   * Absolute path of the half-made file, on the same disk as the target. What an earlier attempt left there is gone on
   * with. Only one download at a time may use it.
   */
  readonly partial: string
  readonly signal?: AbortSignal | undefined
  /** Bytes received since the last call. */
  readonly onBytes?: ((bytes: number) => void) | undefined
  /** Limits how fast it is read. */
  readonly pace?: Pace | undefined
  /** Room for its request, which is given back before the disk has made the file durable. */
  readonly lanes?: Lanes | undefined
}

/**
 * Brings an object to a file: into the half-made one from where an earlier attempt stopped, then SHA-256, fsync, rename.
 * A half-made file that turns out to hold other bytes is thrown away and fetched once more from its start. After a lost
 * connection or `cancelled` it stays for the next attempt.
 *
 * @throws {VitrineError} `remote_checksum` when the store holds other bytes, `cancelled`, what the store says, or what
 * `fileError` makes of the local disk (`disk_full`, `permission_denied`, …).
 */
export async function download(task: Download): Promise<{ readonly resumedFrom: number }> {
  try {
    makeFolder(dirname(task.partial))
    const first = await fetchInto(task)
    if (!first.right && first.resumedFrom === 0) throw await discard(task)
    if (!first.right) {
      await rm(task.partial, { force: true })
      if (!(await fetchInto(task)).right) throw await discard(task)
    }
    makeFolder(dirname(task.target))
    await rename(task.partial, task.target)
    await settleFolder(dirname(task.target))
    return { resumedFrom: first.right ? first.resumedFrom : 0 }
  } catch (error) {
    throw fileError(error, task.target)
  }
}

/** Completes the half-made file and makes it durable. `right` is whether it is what was asked for. */
async function fetchInto(task: Download): Promise<{ readonly right: boolean; readonly resumedFrom: number }> {
  const { file, isNew } = await openOrCreate(task.partial)
  try {
    const hash = createHash('sha256')
    const resumedFrom = isNew ? 0 : await hashExisting(file, task, hash)
    throwIfStopped(task.signal)
    if (resumedFrom < task.size) await receive(file, task, resumedFrom, hash)
    if (hash.digest('hex') !== task.sha256) return { right: false, resumedFrom }
    await file.sync()
    return { right: true, resumedFrom }
  } finally {
    await file.close()
  }
}

/** Most often there is none: making it says so in one step. */
async function openOrCreate(path: string): Promise<{ readonly file: FileHandle; readonly isNew: boolean }> {
  try {
    return { file: await open(path, 'wx+'), isNew: true }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    return { file: await open(path, 'r+'), isNew: false }
  }
}

/** Hashes what is there. One that is longer than the object can't be a part of it and is emptied. */
async function hashExisting(file: FileHandle, { size, signal }: Download, hash: Hash): Promise<number> {
  const { size: length } = await file.stat()
  if (length > size) await file.truncate(0)
  if (length === 0 || length > size) return 0
  const buffer = Buffer.allocUnsafe(Math.min(READ_BYTES, length))
  let position = 0
  while (position < length) {
    throwIfStopped(signal)
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position)
    if (bytesRead === 0) break
    hash.update(buffer.subarray(0, bytesRead))
    position += bytesRead
  }
  return position
}

/** Appends what is lacking, in a lane. */
async function receive(file: FileHandle, task: Download, from: number, hash: Hash): Promise<void> {
  const lane = await task.lanes?.take(task.signal)
  try {
    await append(file, task, from, hash)
    lane?.end(task.size - from)
  } catch (error) {
    lane?.end(0, error)
    throw error
  }
}

async function append(file: FileHandle, task: Download, from: number, hash: Hash): Promise<void> {
  const { key, size, signal, pace } = task
  const body = await task.store.get(key, from === 0 ? undefined : { start: from, end: size - 1 }, signal)
  const writer = writeBehind(file, from)
  let position = from
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      if (position + chunk.length > size) {
        await writer.end()
        await file.truncate(0)
        throw otherBytes(key)
      }
      hash.update(chunk)
      position += chunk.length
      await writer.add(chunk)
      task.onBytes?.(chunk.length)
      throwIfStopped(signal)
      if (pace) await pace.take(chunk.length, signal)
    }
  } catch (error) {
    throw signal?.aborted ? stopped() : error
  } finally {
    body.destroy()
    // What has arrived is worth keeping, whatever became of the rest.
    await writer.end()
  }
  if (position < size) {
    throw new VitrineError(
      'remote_unreachable',
      `The connection ended after ${position} of ${size} bytes of ${key}. It goes on from there.`,
    )
  }
}

/** Writes in large pieces, one at a time, while the next one arrives. */
function writeBehind(file: FileHandle, from: number) {
  let waiting: Buffer[] = []
  let bytes = 0
  let position = from
  let underWay: Promise<void> = Promise.resolve()
  const flush = async (): Promise<void> => {
    await underWay
    const [pieces, length, at] = [waiting, bytes, position]
    position += bytes
    waiting = []
    bytes = 0
    underWay = writeAll(file, pieces, length, at)
    // It is looked at before the next one; until then nobody may take it for unhandled.
    underWay.catch(() => undefined)
  }
  return {
    async add(chunk: Buffer): Promise<void> {
      waiting.push(chunk)
      bytes += chunk.length
      if (bytes >= WRITE_BYTES) await flush()
    },
    async end(): Promise<void> {
      if (bytes > 0) await flush()
      await underWay
    },
  }
}

/** Writes pieces one after the other as they are, without putting them together first. */
async function writeAll(file: FileHandle, pieces: readonly Buffer[], bytes: number, position: number): Promise<void> {
  const { bytesWritten } = await file.writev(pieces, position)
  if (bytesWritten === bytes) return
  // A disk that is nearly full takes a part, and says why with the rest.
  const rest = Buffer.concat(pieces).subarray(bytesWritten)
  for (let written = 0; written < rest.length; ) {
    const at = position + bytesWritten + written
    written += (await file.write(rest, written, rest.length - written, at)).bytesWritten
  }
}

/** Removes what can't be used, and says why. */
async function discard({ partial, key }: Download): Promise<VitrineError> {
  await rm(partial, { force: true })
  return otherBytes(key)
}

function otherBytes(key: string): VitrineError {
  return new VitrineError('remote_checksum', `The bucket holds other bytes than were stored under “${key}”.`)
}

function throwIfStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw stopped()
}

function stopped(): VitrineError {
  return new VitrineError('cancelled', 'The transfer was stopped.')
}
