import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { INCOMING_FOLDER } from './folderKeys.ts'
import { errnoOf } from './localFile.ts'

/** What the file system says of a path, null when nothing is there. */
export async function statIfThere(path: string) {
  try {
    return await stat(path)
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === 'ENOENT' || errno === 'ENOTDIR') return null
    throw error
  }
}

/** Keys of all files, in the order of their UTF-8 bytes as S3 lists them. Links are not followed. */
export async function* keysBelow(
  folder: string,
  parent: string,
  prefix: string,
  startAfter: string | undefined,
): AsyncGenerator<string> {
  let entries: { name: string; directory: boolean }[]
  try {
    entries = (await readdir(folder, { withFileTypes: true }))
      .filter((entry) => (entry.isFile() || entry.isDirectory()) && !(parent === '' && entry.name === INCOMING_FOLDER))
      .map((entry) => ({ name: entry.isDirectory() ? `${entry.name}/` : entry.name, directory: entry.isDirectory() }))
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return
    throw error
  }
  entries.sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
  for (const { name, directory } of entries) {
    const key = parent + name
    if (directory) {
      const mayMatch = key.startsWith(prefix) || prefix.startsWith(key)
      const allBefore =
        startAfter !== undefined &&
        !startAfter.startsWith(key) &&
        Buffer.compare(Buffer.from(key), Buffer.from(startAfter)) < 0
      if (mayMatch && !allBefore) yield* keysBelow(join(folder, name), key, prefix, startAfter)
    } else if (
      key.startsWith(prefix) &&
      (startAfter === undefined || Buffer.compare(Buffer.from(key), Buffer.from(startAfter)) > 0)
    ) {
      yield key
    }
  }
}
