import type { ObjectStore } from '../ports.ts'

/**
 * A store in which files are put, and found, only where nobody is about to remove them. `check` throws for a key where somebody
 * is; `mayRemove` while nothing may be removed.
 */
export function guardedStore(
  store: ObjectStore,
  check: (key: string) => void | Promise<void>,
  mayRemove: () => void | Promise<void> = () => {},
): ObjectStore {
  return {
    async head(key) {
      await check(key)
      return store.head(key)
    },
    get: (key, range, signal) => store.get(key, range, signal),
    async putFile(key, file) {
      await check(key)
      return store.putFile(key, file)
    },
    async confirm(key, file) {
      await check(key)
      return store.confirm(key, file)
    },
    abandon: (key, uploadId) => store.abandon(key, uploadId),
    unfinished: (prefix) => store.unfinished(prefix),
    get clockOffsetMs() {
      return store.clockOffsetMs
    },
    putBytes: (key, bytes, contentType) => store.putBytes(key, bytes, contentType),
    createBytes: (key, bytes, contentType) => store.createBytes(key, bytes, contentType),
    list: (prefix, startAfter) => store.list(prefix, startAfter),
    async copy(from, to) {
      await check(to)
      return store.copy(from, to)
    },
    ...(store.copyFrom !== undefined && {
      copyFrom: async (place, from, to, copy) => {
        await check(to)
        return (await store.copyFrom?.(place, from, to, copy)) === true
      },
    }),
    probe: (key) => store.probe(key),
    link: (key, expiresSeconds) => store.link(key, expiresSeconds),
    async delete(key) {
      await mayRemove()
      return store.delete(key)
    },
    close: () => store.close(),
  }
}
