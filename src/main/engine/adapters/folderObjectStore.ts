import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, link, open, realpath, rename, rm, stat, unlink } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { PassThrough } from 'node:stream'
import { VitrineError } from '../../../shared/contract/errors.ts'
import { sha256Schema } from '../../../shared/domain/ids.ts'
import type { RemoteLocation } from '../../../shared/domain/remote.ts'
import type { ObjectInfo, ObjectStore, PutFile, Verification } from '../ports.ts'
import { copyInto, copyOn, removeStaleCopies, removeUpload } from './folderCopies.ts'
import { folderGone, toFolderError } from './folderErrors.ts'
import { INCOMING_FOLDER, keyToRelativePath } from './folderKeys.ts'
import { keysBelow, statIfThere } from './folderListing.ts'
import { cancelled, errnoOf, fingerprintFile, throwIfCancelled } from './localFile.ts'
import { makeBelow } from './makeBelow.ts'
import { MULTIPART_FROM_BYTES } from './multipartPlan.ts'

export type FolderLocation = Extract<RemoteLocation, { kind: 'folder' }>

/**
 * A bucket that is a folder: a NAS, an external disk, a folder that another program synchronises. Objects appear under
 * their name only when they are whole: copied under another name, synced to disk, read back and hashed, renamed.
 * There is no metadata: `head` hashes the file. The folder must exist; if another disk stands in its place later,
 * every request fails with `remote_unreachable`, so that nothing is written into an empty mount point.
 */
export function folderObjectStore(location: FolderLocation): ObjectStore {
  const { path: root } = location
  const base = location.prefix === '' ? root : join(root, keyToRelativePath(location.prefix))
  let identity: string | null = null
  let sweep: Promise<void> | null = null

  async function ensureRoot(): Promise<void> {
    let found: string
    try {
      const info = await stat(root)
      if (!info.isDirectory()) throw new VitrineError('remote_folder', `${root} is a file, not a folder.`)
      found = `${info.dev}:${info.ino}`
    } catch (error) {
      const errno = errnoOf(error)
      if (errno === 'ENOENT' || errno === 'ENOTDIR') throw folderGone(root, error)
      throw toFolderError(error, root)
    }
    identity ??= found
    if (identity !== found) throw folderGone(root)
    sweep ??= removeStaleCopies(join(root, INCOMING_FOLDER))
    await sweep
  }

  /** Runs file operations after a look whether the folder is still the one it was, with our error codes. */
  async function guarded<T>(work: () => Promise<T>): Promise<T> {
    await ensureRoot()
    try {
      return await work()
    } catch (error) {
      if (error instanceof VitrineError) throw error
      // The disk may have gone in between: then that is what to say.
      await ensureRoot()
      throw toFolderError(error, root)
    }
  }

  /** Absolute path for a key, its folder made, and shown to lie inside of the root also after symlinks. */
  async function placeFor(key: string): Promise<string> {
    const target = join(base, keyToRelativePath(key))
    await makeBelow(root, dirname(target))
    const [realRoot, realParent] = await Promise.all([realpath(root), realpath(dirname(target))])
    if (realParent !== realRoot && !realParent.startsWith(realRoot + sep)) {
      throw new VitrineError('remote_folder', `${dirname(target)} leads out of ${root}. Remove the link.`)
    }
    return target
  }

  async function describe(key: string): Promise<ObjectInfo | null> {
    const path = join(base, keyToRelativePath(key))
    const info = await statIfThere(path)
    if (info === null || !info.isFile()) return null
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(path)) hash.update(chunk)
    return {
      key,
      size: info.size,
      etag: null,
      sha256: sha256Schema.parse(hash.digest('hex')),
      modifiedAt: Math.round(info.mtimeMs),
    }
  }

  /** Writes through a half-made copy; `write` returns the SHA-256 that the copy must have. */
  async function place(
    key: string,
    write: (copy: FileHandle) => Promise<string>,
    accept: (copy: string, target: string) => Promise<void> = rename,
  ): Promise<ObjectInfo> {
    const target = await placeFor(key)
    const incoming = join(root, INCOMING_FOLDER)
    await makeBelow(root, incoming)
    const copy = join(incoming, randomUUID())
    try {
      const handle = await open(copy, 'wx')
      let expected: string
      try {
        expected = await write(handle)
        await handle.sync()
      } finally {
        await handle.close()
      }
      const info = await stat(copy)
      if ((await fingerprintFile(copy, info.size)).sha256 !== expected) {
        throw new VitrineError(
          'remote_checksum',
          `The disk that holds ${root} gave back other bytes than were written.`,
        )
      }
      await accept(copy, target)
      await syncFolder(dirname(target))
      return {
        key,
        size: info.size,
        etag: null,
        sha256: sha256Schema.parse(expected),
        modifiedAt: Math.round(info.mtimeMs),
      }
    } catch (error) {
      await rm(copy, { force: true }).catch(() => undefined) // a disk that is gone takes its half-made copy along
      throw error
    }
  }

  async function put(key: string, file: PutFile): Promise<ObjectInfo> {
    const { notes } = file
    if (notes === undefined || file.size < MULTIPART_FROM_BYTES) return place(key, (copy) => copyInto(copy, file))
    const target = await placeFor(key)
    const incoming = join(root, INCOMING_FOLDER)
    await makeBelow(root, incoming)
    const copy = await copyOn(incoming, { ...file, notes })
    await rename(copy, target)
    await syncFolder(dirname(target))
    notes.end()
    const { size, mtimeMs } = await stat(target)
    return { key, size, etag: null, sha256: file.sha256, modifiedAt: Math.round(mtimeMs) }
  }

  const readBack: Verification = 'read-back'
  return {
    head: (key) => guarded(() => describe(key)),
    async get(key, range, signal) {
      throwIfCancelled(signal)
      const path = join(base, keyToRelativePath(key))
      const handle = await guarded(async () => {
        try {
          return await open(path, 'r')
        } catch (error) {
          if (errnoOf(error) === 'ENOENT') throw new VitrineError('not_found', `There is no ${key} in ${root}.`)
          throw error
        }
      })
      const out = new PassThrough()
      const file = handle.createReadStream(range === undefined ? {} : { start: range.start, end: range.end })
      file.on('error', (error) => out.destroy(toFolderError(error, root)))
      const stop = (): void => void out.destroy(cancelled())
      signal?.addEventListener('abort', stop, { once: true })
      out.on('close', () => {
        signal?.removeEventListener('abort', stop)
        file.destroy()
      })
      return file.pipe(out)
    },
    async putFile(key, file) {
      const lane = await file.lanes?.take(file.signal)
      try {
        const info = await guarded(() => put(key, file))
        lane?.end(file.size)
        return { info, verified: readBack }
      } catch (error) {
        lane?.end(0, error)
        throw error
      }
    },
    confirm: (key, file) =>
      guarded(async () => {
        const found = await statIfThere(join(base, keyToRelativePath(key)))
        if (found === null || found.size !== file.size) return null
        const info = await describe(key)
        return info !== null && info.sha256 === file.sha256 ? { info, verified: readBack } : null
      }),
    abandon: (_key, uploadId) => guarded(() => removeUpload(join(root, INCOMING_FOLDER), uploadId)),
    // Copies that nobody goes on with are swept.
    unfinished: async function* () {},
    clockOffsetMs: null,
    putBytes: (key, bytes) =>
      guarded(() =>
        place(key, async (copy) => {
          await copy.writeFile(bytes)
          return createHash('sha256').update(bytes).digest('hex')
        }),
      ),
    createBytes: (key, bytes) =>
      guarded(async () => {
        if ((await statIfThere(join(base, keyToRelativePath(key)))) !== null) return false
        const write = async (copy: FileHandle): Promise<string> => {
          await copy.writeFile(bytes)
          return createHash('sha256').update(bytes).digest('hex')
        }
        try {
          await place(key, write, acceptNew)
        } catch (error) {
          if (errnoOf(error) === 'EEXIST') return false
          throw error
        }
        return true
      }),
    async *list(prefix, startAfter) {
      await ensureRoot()
      try {
        for await (const key of keysBelow(base, '', prefix, startAfter)) {
          const info = await statIfThere(join(base, key))
          if (info === null) continue
          yield { key, size: info.size, etag: null, sha256: null, modifiedAt: Math.round(info.mtimeMs) }
        }
      } catch (error) {
        throw toFolderError(error, root)
      }
    },
    copy: (from, to) =>
      guarded(async () => {
        const source = await describe(from)
        if (source === null || source.sha256 === null)
          throw new VitrineError('not_found', `There is no ${from} in ${root}.`)
        const { size, sha256 } = source
        const path = join(base, keyToRelativePath(from))
        await place(to, (copy) => copyInto(copy, { path, size, sha256, contentType: '' }))
      }),
    copyFrom: (other, from, to, { sha256, contentType }) =>
      guarded(async () => {
        if (other.kind !== 'folder') return false
        const otherBase = other.prefix === '' ? other.path : join(other.path, keyToRelativePath(other.prefix))
        const path = join(otherBase, keyToRelativePath(from))
        const info = await statIfThere(path)
        if (info === null || !info.isFile())
          throw new VitrineError('not_found', `There is no ${from} in ${other.path}.`)
        await place(to, (copy) => copyInto(copy, { path, size: info.size, sha256, contentType }))
        return true
      }),
    // A file system can do it all but give out addresses; `createBytes` makes its files with one that fails when there is one.
    probe: async (key) => {
      await guarded(() => placeFor(key))
      return {
        conditionalCreate: true,
        ranges: true,
        readAfterWrite: true,
        checksumEcho: false,
        multipart: false,
        presign: false,
      }
    },
    link: () => null,
    delete: (key) =>
      guarded(async () => {
        try {
          await unlink(join(base, keyToRelativePath(key)))
        } catch (error) {
          if (errnoOf(error) !== 'ENOENT') throw error
        }
      }),
    close: () => undefined,
  }
}

/** Gives a copy its name unless that is taken (`EEXIST`). Some network drives have no links: there the last one wins. */
async function acceptNew(copy: string, target: string): Promise<void> {
  try {
    await link(copy, target)
  } catch (error) {
    if (!['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK'].includes(errnoOf(error) ?? '')) throw error
    await rename(copy, target)
    return
  }
  await rm(copy, { force: true })
}

/** Makes a rename durable where the system can; network file systems and Windows have no such call. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (!['EPERM', 'EACCES', 'EINVAL', 'EISDIR', 'ENOTSUP', 'ENOSYS'].includes(errnoOf(error) ?? '')) throw error
  }
}
