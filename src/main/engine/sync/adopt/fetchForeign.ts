import { type FileHandle, open, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import { fileError } from '../../disk/fileError.ts'
import { makeFolder } from '../../disk/makeFolder.ts'
import type { ForeignObject, Lanes, ObjectStore, Pace } from '../../ports.ts'

export interface ForeignFetch {
  readonly store: Pick<ObjectStore, 'get'>
  readonly object: Pick<ForeignObject, 'key' | 'size' | 'modifiedAt'>
  /** Absolute path of a file that is not there yet. */
  readonly target: string
  readonly signal: AbortSignal
  readonly pace: Pace
  readonly lanes: Lanes
}

/**
 * Brings an object whose hash nobody knows to a durable file with the object's time. Nothing is left on failure.
 *
 * @throws {VitrineError} `not_found`, `remote_checksum` when the object is not as large as it was listed, `cancelled`, what the
 * store says, or what `fileError` makes of the local disk.
 */
export async function fetchForeign(fetch: ForeignFetch): Promise<void> {
  const { target, object, signal, lanes } = fetch
  const lane = await lanes.take(signal)
  let isRoomGiven = false
  const giveRoom = (bytes: number, error?: unknown): void => {
    if (!isRoomGiven) lane.end(bytes, error)
    isRoomGiven = true
  }
  try {
    makeFolder(dirname(target))
    const file = await open(target, 'wx')
    try {
      await receive(fetch, file)
      giveRoom(object.size)
      if (object.modifiedAt !== null) await file.utimes(object.modifiedAt / 1000, object.modifiedAt / 1000)
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (thrown) {
    const error = signal.aborted ? new VitrineError('cancelled', 'The transfer was stopped.') : thrown
    giveRoom(0, error)
    await rm(target, { force: true })
    throw fileError(error, target)
  }
}

async function receive({ store, object, signal, pace }: ForeignFetch, file: FileHandle): Promise<void> {
  const body = await store.get(object.key, undefined, signal)
  try {
    let received = 0
    for await (const chunk of body as AsyncIterable<Buffer>) {
      if (received + chunk.length > object.size) throw changed(object.key)
      await pace.take(chunk.length, signal)
      await file.writeFile(chunk)
      received += chunk.length
    }
    if (received < object.size) throw changed(object.key)
  } finally {
    body.destroy()
  }
}

function changed(key: string): VitrineError {
  return new VitrineError(
    'remote_checksum',
    `“${key}” was changed while it was read, or is still being written. Try again later.`,
  )
}
