import { opendir, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { DiskUsage } from '../../../shared/domain/storage.ts'
import type { LibraryFolder } from './libraryFolder.ts'

/** Files that are looked at one by one in a cache; with more, some of its folders stand for all. */
const MOST_FILES = 4000

/** What the library takes beside its originals, and what is free. Nothing that can't be read is an error: it counts as 0. */
export async function measureDisk(folder: LibraryFolder): Promise<Omit<DiskUsage, 'elsewhere'>> {
  const [thumbnails, posters, drawn, journal, disk] = await Promise.all([
    measureSpread(folder.thumbnails),
    measureSpread(folder.posters),
    measureTree(folder.drawn),
    measureTree(folder.journal),
    statfs(folder.root).catch(() => null),
  ])
  const database = await Promise.all(['', '-wal', '-shm'].map((ending) => sizeOf(`${folder.catalog}${ending}`)))
  return {
    cache: {
      bytes: thumbnails.bytes + posters.bytes + drawn.bytes,
      estimated: thumbnails.estimated || posters.estimated,
    },
    journal: journal.bytes,
    catalog: database.reduce((sum, bytes) => sum + bytes, 0),
    free: disk === null ? null : disk.bavail * disk.bsize,
    size: disk === null ? null : disk.blocks * disk.bsize,
  }
}

/**
 * A folder of folders named by the first digits of hashes, so that each holds about as much as any other: once enough
 * files have been looked at, the rest is reckoned.
 */
async function measureSpread(path: string): Promise<DiskUsage['cache']> {
  const folders = await namesIn(path)
  let [bytes, files, seen] = [0, 0, 0]
  for (const name of folders) {
    if (files >= MOST_FILES) break
    const found = await measureTree(join(path, name))
    bytes += found.bytes
    files += found.files
    seen++
  }
  if (seen === folders.length) return { bytes, estimated: false }
  return { bytes: Math.round((bytes / seen) * folders.length), estimated: true }
}

async function measureTree(path: string): Promise<{ readonly bytes: number; readonly files: number }> {
  let [bytes, files] = [0, 0]
  try {
    for await (const entry of await opendir(path, { recursive: true })) {
      if (!entry.isFile()) continue
      files++
      bytes += await sizeOf(join(entry.parentPath, entry.name))
    }
  } catch {
    // Gone meanwhile, or not ours to read: what was counted until then is what there is to say.
  }
  return { bytes, files }
}

async function namesIn(path: string): Promise<string[]> {
  const names: string[] = []
  try {
    for await (const { name } of await opendir(path)) names.push(name)
  } catch {
    // There is no such cache yet.
  }
  return names
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.size ?? 0
}
