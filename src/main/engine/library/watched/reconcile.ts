import { randomUUID } from 'node:crypto'
import type { WatchedReport } from '../../../../shared/domain/watchedFolder.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { WatchedFolderRow } from '../../catalog/watchedFolders.repository.ts'
import type { FolderScanEnd } from '../../ports.ts'
import { type Applied, type ApplyTools, applyChanges } from './applyChanges.ts'
import { type FindTools, type FolderLook, findChanges, type ScanScope } from './findChanges.ts'
import type { ScannedFile } from './linkedFile.ts'
import { type NewFiles, type NewFilesTools, takeInNew } from './takeInNew.ts'

export interface ReconcileTools
  extends Omit<FindTools, 'watched' | 'exclude' | 'ignore'>,
    Omit<ApplyTools, 'catalog' | 'isStillThere'>,
    Omit<NewFilesTools, 'catalog' | 'namesIn'> {
  readonly catalog: Catalog
  exclude(): readonly string[]
  ignore(): readonly string[]
}

/** One pass over some directories of some folders. */
export interface Reconciled {
  readonly looks: readonly FolderLook[]
  /** Directories to be looked at again soon. */
  readonly again: readonly { readonly folderId: number; readonly directory: string }[]
  /** Directories to be looked at again when imports that are under way have ended. */
  readonly held: readonly { readonly folderId: number; readonly directory: string }[]
  /** What is being taken in. */
  readonly imports: readonly NewFiles[]
  /** Whether the catalogue was changed, or will be by an import. */
  readonly changed: boolean
  /** Resolves when that is done. */
  readonly report: Promise<WatchedReport>
}

/** How many assets are brought back in one transaction. */
const BATCH = 500

/**
 * Makes the catalogue agree with what is in the folders: scans, follows what moved, reads what changed, and begins to take
 * in what is new. Of a folder whose disk is not there nothing is said but that.
 */
export async function reconcile(scopes: readonly ScanScope[], tools: ReconcileTools): Promise<Reconciled> {
  const { watched } = tools.catalog
  const group = `watched-${randomUUID()}`
  const found = await findChanges(scopes, { ...tools, watched, exclude: tools.exclude(), ignore: tools.ignore() })
  const ends = new Map(found.looks.map(({ scope, end }) => [scope.folder.folderId, end]))
  const isStillThere = async (folderId: number): Promise<boolean> => {
    const folder = watched.get(folderId)
    if (folder === undefined) return false
    const nothing = { root: folder.path, directories: [], exclude: [], ignore: [] }
    const now = await tools.scanner.scan(nothing, () => {})
    const before = ends.get(folderId)
    return now.problem === null && (before === undefined || isSameRoot(before, now))
  }
  const applied = await applyChanges(found, group, { ...tools, isStillThere })
  for (const { scope, end } of found.looks) {
    if (end.problem === null) applied.returned += bringBackThere(scope, group, tools)
  }
  const away = Map.groupBy(found.plan.away, ({ folderId }) => folderId)
  for (const { scope, end } of found.looks) {
    note(scope, end, away.get(scope.folder.folderId)?.length ?? 0, tools)
  }
  const imports = await beginImports(applied.added, found.looks, found.others, tools)
  const again = imports.flatMap((files) => files.again.map((directory) => ({ folderId: files.folderId, directory })))
  return {
    looks: found.looks,
    again: [...applied.again, ...again],
    held: found.held,
    imports,
    changed: applied.moved + applied.changed + applied.missing + applied.returned + applied.added.length > 0,
    report: reportOf(applied, found.looks, imports),
  }
}

async function beginImports(
  added: readonly ScannedFile[],
  looks: readonly FolderLook[],
  others: readonly FolderLook[],
  tools: ReconcileTools,
): Promise<NewFiles[]> {
  const namesIn = (folderId: number, directory: string): readonly string[] =>
    [...looks, ...others]
      .filter(({ scope }) => scope.folder.folderId === folderId)
      .map(({ differences }) => differences.directories.get(directory))
      .find((names) => names !== undefined) ?? []
  const begun: NewFiles[] = []
  for (const [folderId, files] of Map.groupBy(added, (file) => file.folderId)) {
    const folder = tools.catalog.watched.get(folderId)
    if (folder === undefined || !tools.goesOn()) continue
    begun.push(await takeInNew(folder, files, { ...tools, namesIn }))
  }
  return begun
}

/** Files that are at their place although their asset was given up, because it was read while they were not. */
function bringBackThere({ folder, directories }: ScanScope, group: string, tools: ReconcileTools): number {
  if (!directories.some(({ path, deep }) => path === '' && deep)) return 0
  const { watched } = tools.catalog
  let count = 0
  let after = 0
  for (;;) {
    const rows = watched.thereButMissing(folder.folderId, after, BATCH)
    const last = rows.at(-1)
    if (last === undefined) return count
    after = last.fileId
    count += rows.length
    watched.relocate(
      rows.map((row) => ({ fileId: row.fileId, found: row })),
      tools.now(),
      group,
    )
  }
}

function note({ folder, directories }: ScanScope, end: FolderScanEnd, away: number, tools: ReconcileTools): void {
  const { watched } = tools.catalog
  if (watched.get(folder.folderId) === undefined) return
  const isWhole = directories.some(({ path, deep }) => path === '' && deep)
  const problem = end.problem !== null ? problemOf(end.problem) : away > 0 ? partlyAway(away) : null
  // A look at some directories can't tell that all others are there again.
  if (problem !== null || isWhole) watched.setScanned(folder.folderId, isWhole ? tools.now() : null, problem)
}

function problemOf(problem: 'absent' | 'unreadable' | 'not-a-folder'): NonNullable<WatchedFolderRow['problem']> {
  switch (problem) {
    case 'absent':
      return {
        code: 'not_found',
        message: 'The folder is not there. If its disk is not connected, connect it: Vitrine goes on by itself.',
      }
    case 'unreadable':
      return {
        code: 'permission_denied',
        message: 'The folder can’t be read. Check its permissions and its disk: Vitrine tries again by itself.',
      }
    case 'not-a-folder':
      return { code: 'not_a_file', message: 'There is a file where this folder was.' }
  }
}

function partlyAway(count: number): NonNullable<WatchedFolderRow['problem']> {
  const files = count === 1 ? 'One file of it is' : `${count} files of it are`
  return {
    code: 'not_found',
    message: `${files} on a disk that is not connected. Vitrine goes on by itself when it is.`,
  }
}

function isSameRoot(before: FolderScanEnd, now: FolderScanEnd): boolean {
  if (before.problem !== null || now.problem !== null) return false
  return before.device === now.device && before.inode === now.inode
}

async function reportOf(
  { moved, changed, missing, returned, away, again }: Applied,
  looks: readonly FolderLook[],
  imports: readonly NewFiles[],
): Promise<WatchedReport> {
  const seen = looks.reduce((sum, { differences }) => sum + differences.seen, 0)
  const taken = await Promise.all(imports.map((files) => files.taken))
  const added = taken.reduce((sum, files) => sum + files.added, 0)
  const failed = taken.reduce((sum, files) => sum + files.failed, 0)
  return { seen, added, moved, changed, missing, returned, away, failed, unsettled: again.length }
}
