import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import { fileError } from '../../disk/fileError.ts'
import { makeFolder } from '../../disk/makeFolder.ts'
import type { ObjectStore, Pace } from '../../ports.ts'

export interface ObjectFetch {
  readonly store: Pick<ObjectStore, 'get'>
  readonly key: string
  /** Bytes, as listed: more are never written. */
  readonly size: number
  /** The time that the file gets, ms: that of the object. */
  readonly writtenAt: number
  /** Absolute path. Its folder is made; a file that is there is replaced. */
  readonly target: string
  readonly signal: AbortSignal
  readonly pace: Pace
}

/**
 * Brings an object whose hash nobody knows yet to a file. Nothing is durable or verified: whoever takes the file in hashes
 * it.
 *
 * @throws {VitrineError} `not_found`, `remote_checksum` when the object is not as large as it was listed, `cancelled`, what the
 * store says, or what `fileError` makes of the local disk.
 */
export async function fetchObject({ store, key, size, writtenAt, target, signal, pace }: ObjectFetch): Promise<void> {
  try {
    makeFolder(dirname(target))
    const file = await open(target, 'w')
    try {
      // Read from the first moment on: a stream that fails while nobody does would fail for everybody.
      const body = await store.get(key, undefined, signal)
      let written = 0
      for await (const chunk of body as AsyncIterable<Buffer>) {
        if (written + chunk.length > size) throw changed(key)
        await pace.take(chunk.length, signal)
        await file.writeFile(chunk)
        written += chunk.length
      }
      if (written < size) throw changed(key)
      await file.utimes(writtenAt / 1000, writtenAt / 1000)
    } finally {
      await file.close()
    }
  } catch (error) {
    if (signal.aborted) throw new VitrineError('cancelled', 'The transfer was stopped.')
    throw fileError(error, target)
  }
}

function changed(key: string): VitrineError {
  return new VitrineError('remote_checksum', `“${key}” is still being written. It is looked at again.`)
}
