import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Sha256 } from '../../../../shared/domain/ids.ts'
import type { LibraryFolder } from '../libraryFolder.ts'
import { libraryError, systemCode } from './fileErrors.ts'
import { slugify, storedName } from './slugify.ts'

export interface NewOriginal {
  /** A durable copy in `folder.incoming`; it is gone afterwards. */
  readonly temporary: string
  readonly sha256: Sha256
  readonly size: number
  readonly fileName: string
  readonly extension: string
  /** Milliseconds since the epoch; decides the folder, in UTC. */
  readonly importedAt: number
  /** For bytes that are stored already and get a file of their own: how many assets have them, and where. */
  readonly beside?: { readonly copies: number; readonly isTaken: (storagePath: string) => boolean }
}

/** Digits of the hash in a name: more only if other bytes have the shorter name already. */
const HASH_DIGITS = [12, 24, 64]
/** How many numbers are tried for a further copy of the same bytes under the same name. */
const MOST_NUMBERS = 1000

/**
 * Moves a copy to its place `originals/<year>/<month>/<slug>.<hash>.<extension>`; what stands there with other bytes is
 * never overwritten. No other call may place the same hash meanwhile. The rename is durable after `syncFolders`.
 * Throws `disk_full`, `library_read_only`, `io_error`.
 * @returns the storage path, relative to the library with forward slashes
 */
export async function placeOriginal(folder: LibraryFolder, original: NewOriginal): Promise<string> {
  const month = new Date(original.importedAt).toISOString().slice(0, 7).split('-')
  const parent = join(folder.originals, ...month)
  try {
    await mkdir(parent, { recursive: true })
    for (const name of original.beside === undefined
      ? ownNames(original)
      : furtherNames(original, original.beside.copies)) {
      const target = join(parent, name)
      if (original.beside?.isTaken(storagePathOf(folder, target))) continue
      const taken = await lstat(target).catch(absent)
      if (taken === null) await rename(original.temporary, target)
      // A copy from before a crash, whose row was never written.
      else if (await holdsBytes(target, original)) await rm(original.temporary, { force: true })
      else continue
      return storagePathOf(folder, target)
    }
  } catch (error) {
    throw libraryError(error)
  }
  throw libraryError(new Error(`Every name for ${original.sha256} is taken by other bytes`))
}

function* ownNames({ fileName, sha256, extension }: NewOriginal): Generator<string> {
  for (const digits of HASH_DIGITS) yield storedName(fileName, sha256.slice(0, digits), extension)
}

/** `<slug>-<number>.<hash>.<extension>`; the number begins where a free name is likely. */
function* furtherNames({ fileName, sha256, extension }: NewOriginal, copies: number): Generator<string> {
  const name = storedName(fileName, sha256.slice(0, HASH_DIGITS[0]), extension)
  yield name
  for (let number = copies + 1; number <= copies + MOST_NUMBERS; number++) {
    yield `${slugify(fileName)}-${number}${name.slice(slugify(fileName).length)}`
  }
}

/** Writes the entries of folders to the disk, so that files renamed into them are there after a power failure. */
export async function syncFolders(paths: Iterable<string>): Promise<void> {
  for (const path of new Set(paths)) {
    // Windows has no such call, and its file systems journal renames.
    if (process.platform === 'win32') return
    const folder = await open(path, 'r')
    await folder.sync().finally(() => folder.close())
  }
}

/** The folders whose entries make a stored original reachable, innermost first. */
export function foldersAbove(folder: LibraryFolder, storagePath: string): string[] {
  const month = dirname(resolveStored(folder, storagePath))
  return [month, dirname(month), folder.originals]
}

/** Absolute path of a stored original. */
export function resolveStored(folder: LibraryFolder, storagePath: string): string {
  return isAbsolute(storagePath) ? storagePath : join(folder.root, storagePath)
}

export function storagePathOf(folder: LibraryFolder, path: string): string {
  return relative(folder.root, path).split(sep).join('/')
}

/** True if the original is in its place with the right size; its hash is what `vitrine verify` is for. */
export async function isStored(folder: LibraryFolder, storagePath: string, size: number): Promise<boolean> {
  const found = await stat(resolveStored(folder, storagePath)).catch(absent)
  return found?.isFile() === true && found.size === size
}

/** True if the file has exactly these bytes, read from the disk. */
export async function holdsBytes(path: string, expected: { sha256: Sha256; size: number }): Promise<boolean> {
  const found = await stat(path).catch(absent)
  return found?.isFile() === true && found.size === expected.size && (await hashFile(path)) === expected.sha256
}

/** SHA-256 of a file, hexadecimal. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash)
  return hash.digest('hex')
}

function absent(error: unknown): null {
  if (['ENOENT', 'ENOTDIR'].includes(systemCode(error))) return null
  throw error
}
