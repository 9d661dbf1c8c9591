import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { Sha256 } from '../../../../shared/domain/ids.ts'
import type { ObjectStore } from '../../ports.ts'

/**
 * Brings an object to a new file, durably. Throws `remote_checksum` and leaves nothing when its bytes are not those that were
 * expected, else what the store says.
 */
export async function fetchOriginal(
  store: ObjectStore,
  key: string,
  expected: { readonly sha256: Sha256; readonly size: number },
  target: string,
): Promise<void> {
  const hash = createHash('sha256')
  let size = 0
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length
      hash.update(chunk)
      done(size > expected.size ? wrongBytes(key) : null, chunk)
    },
  })
  try {
    await pipeline(await store.get(key), measure, createWriteStream(target, { flags: 'wx', flush: true }))
    if (size !== expected.size || hash.digest('hex') !== expected.sha256) throw wrongBytes(key)
  } catch (error) {
    await rm(target, { force: true })
    throw error
  }
}

function wrongBytes(key: string): VitrineError {
  return new VitrineError('remote_checksum', `The bucket holds other bytes than were stored under “${key}”.`)
}
