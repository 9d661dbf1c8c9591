import { Readable } from 'node:stream'
import type { ObjectInfo, ObjectStore } from '../../src/main/engine/ports.ts'
import { VitrineError } from '../../src/shared/contract/errors.ts'
import type { Bucket } from './bucket.ts'

/** The port that sync uses, over a bucket of the simulation: the parts of it that logs need. */
export function storeOver(bucket: Bucket): ObjectStore {
  const unused = (): never => {
    throw new Error('Logs need no such request')
  }
  const infoOf = (key: string): ObjectInfo => ({
    key,
    size: bucket.sizeOf(key),
    etag: bucket.tagOf(key),
    sha256: null,
    modifiedAt: null,
  })
  return {
    async head(key) {
      return (await bucket.get(key)) === null ? null : infoOf(key)
    },
    async get(key) {
      const bytes = await bucket.get(key)
      if (bytes === null) throw new VitrineError('not_found', `${key} is not there.`)
      const half = bytes.length >> 1
      return Readable.from([bytes.subarray(0, half), bytes.subarray(half)])
    },
    async putBytes(key, bytes) {
      await bucket.replace(key, Buffer.from(bytes))
      return infoOf(key)
    },
    createBytes: (key, bytes) => bucket.create(key, Buffer.from(bytes)),
    async *list(prefix, startAfter = '') {
      for (const key of await bucket.list(prefix)) if (key > startAfter) yield infoOf(key)
    },
    async delete(key) {
      await bucket.remove(key)
    },
    clockOffsetMs: 0,
    putFile: unused,
    confirm: unused,
    abandon: unused,
    unfinished: unused,
    copy: unused,
    probe: unused,
    link: unused,
    close: () => {},
  }
}
