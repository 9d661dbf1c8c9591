import { accessSync, constants, lstatSync, readdirSync, type Stats, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import type { FolderScan, FolderScanEnd, ScannedDirectory } from '../../ports.ts'
import { systemCode } from '../import/fileErrors.ts'
import { ignoreFilter } from '../import/ignorePatterns.ts'
import { skipCode } from '../import/skipList.ts'

/** Folders inside of each other; deeper ones are bind mounts that contain themselves, or meant to do harm. */
const MOST_DEPTH = 100
/** Numbers for each file, as `ScannedDirectory` has them. */
const FACTS = 4
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
    // Names alone: `lstat` tells what each is anyway.
    const entries = readdirSync(absolute)
    const names: string[] = []
    const folders: string[] = []
    const facts = new Float64Array(entries.length * FACTS)
    for (const name of entries) {
      if (skipCode(name) !== null) continue
      const found = statOf(`${absolute}/${name}`, path, name, walk)
      const isFolder = found?.isDirectory() === true
      if (found === null || !(isFolder || found.isFile()) || isLeftOut(path, name, isFolder, walk)) continue
      if (isFolder) folders.push(name)
      else {
        const at = names.push(name) * FACTS
        facts[at - 4] = found.ino
        facts[at - 3] = found.size
        facts[at - 2] = found.mtimeMs
        facts[at - 1] = found.birthtimeMs
      }
    }
    return { path, device: dev, names, facts: facts.slice(0, names.length * FACTS), folders }
  } catch (error) {
    ;(ABSENT.has(systemCode(error)) ? walk.absent : walk.unreadable).push(path)
    return null
  }
}

function isLeftOut(directory: string, name: string, isFolder: boolean, walk: Walk): boolean {
  if (isFolder && skipCode(name, true) !== null) return true
  if (!isFolder && walk.scan.ignore.length === 0) return false
  const path = directory === '' ? name : `${directory}/${name}`
  if (walk.scan.ignore.length > 0 && walk.isIgnored(path.replaceAll('/', sep), isFolder)) return true
  return isFolder && walk.scan.exclude.includes(join(walk.scan.root, path))
}

/** Null for a link to a folder or to nothing, and for what is not to be seen; the latter is remembered, because it is not gone. */
function statOf(absolute: string, directory: string, name: string, walk: Walk): Stats | null {
  try {
    const found = lstatSync(absolute)
    if (!found.isSymbolicLink()) return found
    const target = statSync(absolute)
    return target.isFile() ? target : null
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
