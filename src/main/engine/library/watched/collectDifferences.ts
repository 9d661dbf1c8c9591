import type { LinkedFileRow } from '../../catalog/linkedFiles.ts'
import type { WatchedFoldersRepository } from '../../catalog/watchedFolders.repository.ts'
import type { FolderScanEnd, ScannedDirectory } from '../../ports.ts'
import { type ScannedFile, sameIdentity } from './linkedFile.ts'

/** What of one folder is not as it was. What is as it was is only counted. */
export interface Differences {
  readonly files: ScannedFile[]
  readonly known: LinkedFileRow[]
  readonly devices: Set<number>
  /** Directories that were read, each with the names of its files if any of them is among `files`. */
  readonly directories: Map<string, readonly string[]>
  /** Names of the folders in each directory that was read. */
  readonly folders: Map<string, ReadonlySet<string>>
  /** The same files on a disk that has another number now. */
  readonly renumbered: { readonly fileId: number; readonly found: ScannedFile }[]
  seen: number
}

export interface DifferenceCollector {
  readonly differences: Differences
  take(directory: ScannedDirectory): void
  /** Adds what was known in directories that are not there any more. `asked`: what the scan was to read. */
  finish(asked: readonly { readonly path: string; readonly deep: boolean }[], end: FolderScanEnd): void
}

/** Compares the directories of a folder with what is known of them as they come, so that only differences are kept. */
export function collectDifferences(watched: WatchedFoldersRepository, folderId: number): DifferenceCollector {
  const differences: Differences = {
    files: [],
    known: [],
    devices: new Set(),
    directories: new Map(),
    folders: new Map(),
    renumbered: [],
    seen: 0,
  }
  return {
    differences,
    take({ path: directory, device, names, facts, folders: inside }) {
      const rows = new Map(watched.inDirectory(folderId, directory).map((row) => [row.name, row]))
      differences.devices.add(device)
      differences.seen += names.length
      let hasNew = false
      for (let index = 0; index < names.length; index++) {
        const name = names[index] ?? ''
        const at = index * 4
        const numbers = {
          inode: facts[at] ?? 0,
          size: facts[at + 1] ?? 0,
          mtimeMs: facts[at + 2] ?? 0,
          bornMs: facts[at + 3] ?? 0,
        }
        const row = rows.get(name)
        if (row !== undefined && sameIdentity(row, numbers)) {
          rows.delete(name)
          if (row.device === device) continue
          differences.devices.add(row.device)
          differences.renumbered.push({ fileId: row.fileId, found: { folderId, directory, name, device, ...numbers } })
        } else {
          hasNew = true
          differences.files.push({ folderId, directory, name, device, ...numbers })
        }
      }
      for (const row of rows.values()) differences.known.push(row)
      differences.directories.set(directory, hasNew ? names : [])
      differences.folders.set(directory, new Set(inside))
    },
    finish(asked, end) {
      if (end.problem !== null) return
      differences.devices.add(end.device)
      const isHidden = belowAnyOf(end.unreadable)
      for (const directory of watched.directories(folderId)) {
        if (differences.directories.has(directory) || isHidden(directory)) continue
        if (!asked.some((scope) => concerns(scope, directory, differences.folders))) continue
        for (const row of watched.inDirectory(folderId, directory)) differences.known.push(row)
      }
      // A file that is there but can't be looked at is not gone.
      const seen = differences.known.filter(
        ({ directory, name }) => !isHidden(directory === '' ? name : `${directory}/${name}`),
      )
      differences.known.splice(0, differences.known.length, ...seen)
    },
  }
}

/** Whether a directory that was not found is gone, going by a scan of this scope. */
function concerns(
  { path, deep }: { readonly path: string; readonly deep: boolean },
  directory: string,
  folders: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  if (directory === path) return true
  if (path !== '' && !directory.startsWith(`${path}/`)) return false
  if (deep) return true
  const child = directory.slice(path === '' ? 0 : path.length + 1).split('/', 1)[0] ?? ''
  const inside = folders.get(path)
  return inside === undefined || !inside.has(child)
}

/** Whether a path is one of these or below one of them. */
function belowAnyOf(paths: readonly string[]): (path: string) => boolean {
  const all = new Set(paths)
  if (all.size === 0) return () => false
  return (path) => {
    if (all.has('')) return true
    for (let at = path.length; at > 0; at = path.lastIndexOf('/', at - 1)) if (all.has(path.slice(0, at))) return true
    return false
  }
}
