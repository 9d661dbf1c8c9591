import { accessSync, constants, lstatSync, readdirSync, type Stats, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import type { FolderScan, FolderScanEnd, ScannedDirectory } from '../../ports.ts'
import { systemCode } from '../import/fileErrors.ts'
import { ignoreFilter } from '../import/ignorePatterns.ts'
import { skipCode } from '../import/skipList.ts'

/** Folders inside of each other; deeper ones are bind mounts that contain themselves, or meant to do harm. */
const MOST_DEPTH = 100
/** The directory or file itself is not there. */
const ABSENT = new Set(['ENOENT', 'ENOTDIR'])

/**
 * Reads directories and what the file system says of each file in them, without opening any. Synchronous, because that is
 * several times as fast as asking for each file through the thread pool: only for a thread of its own. Links to files
 * count as the file that they lead to, links to folders are not followed.
 */
export function* scanTree(scan: FolderScan): Generator<ScannedDirectory, FolderScanEnd> {
  const root = rootOf(scan.root)
  if ('problem' in root) return root
  const walk: Walk = {
    scan,
    isIgnored: ignoreFilter(scan.ignore),
    unreadable: [],
    absent: [],
    waiting: [...scan.directories].reverse(),
  }
  for (let next = walk.waiting.pop(); next !== undefined; next = walk.waiting.pop()) {
    const read = readDirectory(next.path, walk)
    if (read === null) continue
    if (next.deep) descend(next.path, read.folders, walk)
    yield read
  }
  return { problem: null, ...root, unreadable: walk.unreadable, absent: walk.absent }
}

interface Walk {
  readonly scan: FolderScan
  readonly isIgnored: (relativePath: string, isDirectory: boolean) => boolean
  readonly unreadable: string[]
  readonly absent: string[]
  readonly waiting: { readonly path: string; readonly deep: boolean }[]
}

function rootOf(path: string): { readonly device: number; readonly inode: number } | FolderScanEnd {
  try {
    const found = statSync(path)
    if (!found.isDirectory()) return { problem: 'not-a-folder' }
    accessSync(path, constants.R_OK | constants.X_OK)
    return { device: found.dev, inode: found.ino }
  } catch (error) {
    return { problem: ABSENT.has(systemCode(error)) ? 'absent' : 'unreadable' }
  }
}

function readDirectory(path: string, walk: Walk): ScannedDirectory | null {
  const absolute = join(walk.scan.root, path)
  try {
    const { dev } = lstatSync(absolute)
    const entries = readdirSync(absolute, { withFileTypes: true })
    const names: string[] = []
    const folders: string[] = []
    const facts = new Float64Array(entries.length * 3)
    for (const entry of entries) {
      const isFolder = entry.isDirectory()
      if (!(isFolder || entry.isFile() || entry.isSymbolicLink()) || isLeftOut(path, entry.name, isFolder, walk))
        continue
      if (isFolder) folders.push(entry.name)
      else {
        const found = statOf(absolute, path, entry.name, entry.isSymbolicLink(), walk)
        if (found === null) continue
        facts.set([found.ino, found.size, found.mtimeMs], names.length * 3)
        names.push(entry.name)
      }
    }
    return { path, device: dev, names, facts: facts.slice(0, names.length * 3), folders }
  } catch (error) {
    ;(ABSENT.has(systemCode(error)) ? walk.absent : walk.unreadable).push(path)
    return null
  }
}

function isLeftOut(directory: string, name: string, isFolder: boolean, walk: Walk): boolean {
  if (skipCode(name, isFolder) !== null) return true
  const path = directory === '' ? name : `${directory}/${name}`
  if (walk.scan.ignore.length > 0 && walk.isIgnored(path.replaceAll('/', sep), isFolder)) return true
  return isFolder && walk.scan.exclude.includes(join(walk.scan.root, path))
}

/** Null for what is no file after all, or not to be seen; the latter is remembered, because it is not gone. */
function statOf(absolute: string, directory: string, name: string, isLink: boolean, walk: Walk): Stats | null {
  try {
    const found = isLink ? statSync(`${absolute}/${name}`) : lstatSync(`${absolute}/${name}`)
    return found.isFile() ? found : null
  } catch (error) {
    if (!ABSENT.has(systemCode(error)) && systemCode(error) !== 'ELOOP') {
      walk.unreadable.push(directory === '' ? name : `${directory}/${name}`)
    }
    return null
  }
}

function descend(path: string, folders: readonly string[], walk: Walk): void {
  if (path.split('/').length >= MOST_DEPTH) {
    walk.unreadable.push(...folders.map((name) => `${path}/${name}`))
    return
  }
  // Pushed backwards: taken up in the order of the directory.
  for (let index = folders.length - 1; index >= 0; index--) {
    const name = folders[index]
    if (name !== undefined) walk.waiting.push({ path: path === '' ? name : `${path}/${name}`, deep: true })
  }
}
