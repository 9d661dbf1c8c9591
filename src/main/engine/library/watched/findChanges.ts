import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { LinkedFileRow } from '../../catalog/linkedFiles.ts'
import type { WatchedFolderRow, WatchedFoldersRepository } from '../../catalog/watchedFolders.repository.ts'
import type { FolderScanEnd, FolderScanner } from '../../ports.ts'
import { collectDifferences, type DifferenceCollector, type Differences } from './collectDifferences.ts'
import { placeKey, type ScannedFile, sameIdentity } from './linkedFile.ts'
import { type KnownFile, planReconciliation, type Reconciliation } from './planReconciliation.ts'

/** A folder, and which of its directories are to be looked at. */
export interface ScanScope {
  readonly folder: WatchedFolderRow
  readonly directories: readonly { readonly path: string; readonly deep: boolean }[]
}

export interface FindTools {
  readonly watched: WatchedFoldersRepository
  readonly scanner: FolderScanner
  readonly exclude: readonly string[]
  readonly ignore: readonly string[]
  /** True for a directory that is known and need not be entered when its parent is looked at. */
  isKnownDirectory(folderId: number, directory: string): boolean
  /** Files that an import has under way already. */
  isBeingImported(path: string): boolean
  /** Which files are better left for a later look, because somebody writes to them. */
  unsettled(files: readonly { readonly path: string; readonly mtimeMs: number }[]): Promise<ReadonlySet<string>>
  onProgress(folderId: number, seen: number): void
}

/** What one folder's scan found. */
export interface FolderLook {
  readonly scope: ScanScope
  readonly end: FolderScanEnd
  readonly differences: Differences
}

export interface Changes {
  /** What was asked for. */
  readonly looks: readonly FolderLook[]
  /** Directories elsewhere that had to be looked at, because files may have come from there. */
  readonly others: readonly FolderLook[]
  readonly plan: Reconciliation<ScannedFile, LinkedFileRow>
  /** Directories to be looked at again soon, because something in them was not settled. */
  readonly again: readonly { readonly folderId: number; readonly directory: string }[]
  /** Directories with files that an import has under way. */
  readonly held: readonly { readonly folderId: number; readonly directory: string }[]
}

/** How many files are looked up before others get their turn. */
const SLICE = 500

/** Scans, and plans what has become of the files that are not as they were. Changes nothing. */
export async function findChanges(scopes: readonly ScanScope[], tools: FindTools): Promise<Changes> {
  const looks: FolderLook[] = []
  for (const scope of scopes) looks.push(await lookAt(scope, tools))
  const files: ScannedFile[] = []
  const known = new Map<number, LinkedFileRow>()
  for (const { differences } of looks) addTo(files, known, differences)
  const pathOf = pathsOf(scopes)

  const extra = await lookedUp(files, known, looks, tools)
  for (const look of extra) addTo(files, known, look.differences)

  const held: { folderId: number; directory: string }[] = []
  const again: { folderId: number; directory: string }[] = []
  const busy = await tools.unsettled(files.map((file) => ({ path: pathOf(file), mtimeMs: file.mtimeMs })))
  const left = new Set<string>()
  const leftInodes = new Set<number>()
  const settled = files.filter((file) => {
    const path = pathOf(file)
    const list = tools.isBeingImported(path) ? held : busy.has(path) ? again : null
    if (list === null) return true
    list.push({ folderId: file.folderId, directory: file.directory })
    left.add(placeKey(file))
    leftInodes.add(file.inode)
    return false
  })
  // What a file was that is left for later is left for later too, also if it was under another name.
  const compared = [...known.values()].filter(
    (row) => row.gone || !(left.has(placeKey(row)) || leftInodes.has(row.inode)),
  )
  const devices = [...looks, ...extra].flatMap(({ differences }) => [...differences.devices])
  return {
    looks,
    others: extra,
    plan: planReconciliation(settled, compared satisfies KnownFile[], devices),
    again,
    held,
  }
}

function addTo(files: ScannedFile[], known: Map<number, LinkedFileRow>, differences: Differences): void {
  for (const file of differences.files) files.push(file)
  for (const row of differences.known) known.set(row.fileId, row)
}

async function lookAt(scope: ScanScope, tools: FindTools): Promise<FolderLook> {
  const { folder } = scope
  const collector = collectDifferences(tools.watched, folder.folderId)
  const entered = new Set<string>()
  const asked = [...scope.directories]
  let end = await scanInto(scope, collector, tools, (directory, inside) => {
    if (asked.some(({ path, deep }) => deep && (path === '' || path === directory || directory.startsWith(`${path}/`))))
      return
    for (const name of inside) {
      const path = directory === '' ? name : `${directory}/${name}`
      if (!tools.isKnownDirectory(folder.folderId, path)) entered.add(path)
    }
  })
  if (end.problem === null && entered.size > 0) {
    const directories = [...entered].map((path) => ({ path, deep: true }))
    const deeper = await scanInto({ folder, directories }, collector, tools, () => {})
    if (deeper.problem === null) {
      end = {
        ...deeper,
        unreadable: [...end.unreadable, ...deeper.unreadable],
        absent: [...end.absent, ...deeper.absent],
      }
    } else end = deeper
  }
  collector.finish(asked, end)
  return { scope, end, differences: collector.differences }
}

function scanInto(
  { folder, directories }: ScanScope,
  collector: DifferenceCollector,
  { scanner, exclude, ignore, onProgress }: FindTools,
  onFolders: (directory: string, folders: readonly string[]) => void,
): Promise<FolderScanEnd> {
  return scanner.scan({ root: folder.path, directories, exclude, ignore }, (directory) => {
    collector.take(directory)
    onFolders(directory.path, directory.folders)
    onProgress(folder.folderId, collector.differences.seen)
  })
}

/**
 * Adds to `known` what the new files may have been before: files that are gone, and files elsewhere that were last seen just
 * like them. Whether those are still there is looked up; the looks are returned.
 */
async function lookedUp(
  files: readonly ScannedFile[],
  known: Map<number, LinkedFileRow>,
  looks: readonly FolderLook[],
  tools: FindTools,
): Promise<FolderLook[]> {
  const { watched } = tools
  const scanned = new Map(looks.map(({ scope, differences }) => [scope.folder.folderId, differences.directories]))
  const elsewhere = new Map<number, Set<string>>()
  const sizes = new Set<number>()
  for (const [index, file] of files.entries()) {
    if (index % SLICE === SLICE - 1) await setImmediate()
    for (const row of watched.withInode(file.inode)) {
      if (!sameIdentity(row, file) && (row.bornMs === 0 || row.bornMs !== file.bornMs)) continue
      if (row.gone) known.set(row.fileId, row)
      else if (!known.has(row.fileId) && !scanned.get(row.folderId)?.has(row.directory)) {
        elsewhere.set(row.folderId, (elsewhere.get(row.folderId) ?? new Set()).add(row.directory))
      }
    }
    if (sizes.has(file.size)) continue
    sizes.add(file.size)
    for (const row of watched.goneOfSize(file.size)) known.set(row.fileId, row)
  }
  const found: FolderLook[] = []
  for (const [folderId, directories] of elsewhere) {
    const folder = watched.get(folderId)
    if (folder === undefined) continue
    const scope = { folder, directories: [...directories].map((path) => ({ path, deep: false })) }
    found.push(await lookAt(scope, { ...tools, isKnownDirectory: () => true }))
  }
  return found
}

function pathsOf(scopes: readonly ScanScope[]): (file: ScannedFile) => string {
  const roots = new Map(scopes.map(({ folder }) => [folder.folderId, folder.path]))
  return ({ folderId, directory, name }) => join(roots.get(folderId) ?? '', directory, name)
}
