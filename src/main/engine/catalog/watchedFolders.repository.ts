import type { ErrorCode } from '../../../shared/contract/errors.ts'
import type { Space } from '../../../shared/domain/asset.ts'
import type { AssetId, RowId } from '../../../shared/domain/ids.ts'
import { type Db, inTransaction, withoutWaiting } from './database.ts'
import { type ContentChange, linkedFileChanges } from './linkedFileChanges.ts'
import {
  type LinkedAsset,
  type LinkedFileDraft,
  type LinkedFileRow,
  type LinkedFileUpdate,
  linkedAssets,
  linkedColumns,
  toLinked,
} from './linkedFiles.ts'
import type { Mutations } from './mutations.ts'
import { copyWatchedFolders } from './watchedFoldersCopy.ts'

export interface WatchedFolderRow {
  readonly folderId: number
  /** Absolute. */
  readonly path: string
  readonly space: Space
  readonly addedAt: number
  readonly lastScanAt: number | null
  /** Why its files can't be seen now, null when they can. */
  readonly problem: { readonly code: ErrorCode; readonly message: string } | null
}

/** Watched folders and their files as they were last seen. They belong to this device: no journal has them. */
export interface WatchedFoldersRepository {
  list(): readonly WatchedFolderRow[]
  get(folderId: number): WatchedFolderRow | undefined
  add(folder: { readonly path: string; readonly space: Space; readonly addedAt: number }): number
  /** Forgets the folder and its files; assets stay as they are. */
  remove(folderId: number): void
  setScanned(folderId: number, lastScanAt: number | null, problem: WatchedFolderRow['problem']): void
  /** How many files of each folder are there, and how many assets are not. */
  counts(): ReadonlyMap<number, { readonly files: number; readonly missing: number }>

  /** Files of one directory that are not gone. Asked for each directory of every scan. */
  inDirectory(folderId: number, directory: string): readonly LinkedFileRow[]
  /** Directories that have files which are not gone. */
  directories(folderId: number): readonly string[]
  /** Files that were last seen under this inode, anywhere, whether or not they are gone. */
  withInode(inode: number): readonly LinkedFileRow[]
  /** Files of this size that are gone. */
  goneOfSize(size: number): readonly LinkedFileRow[]
  /** Up to `limit` files after one, of those that are there although their asset is missing. */
  thereButMissing(folderId: number, after: number, limit: number): readonly LinkedFileRow[]
  asset(row: RowId | null): LinkedAsset | undefined
  /** The asset whose original is the file at this absolute path, and whether it was taken in with this size and time. */
  linkedAt(path: string, size: number, mtimeMs: number): { readonly id: AssetId; readonly isSame: boolean } | undefined
  /** Assets whose original lies in this folder, also those in Trash. */
  originalsIn(folderId: number): readonly AssetId[]

  remember(files: readonly LinkedFileDraft[]): void
  forget(fileIds: readonly number[]): void
  /** The same files with other numbers. */
  renumber(updates: readonly LinkedFileUpdate[]): void
  /** All files that `relocate` is about to be told of leave before one arrives: they may have changed places. */
  leave(fileIds: readonly number[]): void
  /** What could not be taken in is tried again by the next scan. */
  forgetRefused(folderId: number): void
  /** Files that are under another path, or back: their assets follow. */
  relocate(updates: readonly LinkedFileUpdate[], now: number, groupId: string): void
  /** Assets whose file is gone, and the files that have its bytes. */
  relinkLost(lost: readonly { readonly id: AssetId; readonly path: string }[], now: number, groupId: string): void
  /** Files that are not there any more. */
  markMissing(fileIds: readonly number[], now: number, groupId: string): void
  /** Files with other bytes under the same path. Returns what were copies of them, and are forgotten: they are new files now. */
  changeContent(changes: readonly ContentChange[], now: number, groupId: string): readonly LinkedFileRow[]
  /** Files that are there but can't be read: their assets say so until they can. */
  markUnreadable(
    problems: readonly { readonly fileId: number; readonly code: ErrorCode; readonly message: string }[],
    now: number,
    groupId: string,
  ): void
}

/** `file`: the copy of the list of folders. */
export function watchedFoldersRepository(db: Db, mutations: Mutations, file: string): WatchedFoldersRepository {
  const folders = db.prepare(
    `SELECT folder_id AS folderId, path, space, added_at AS addedAt, last_scan_at AS lastScanAt, problem
     FROM watched_folders ORDER BY path`,
  )
  const folder = db.prepare(
    `SELECT folder_id AS folderId, path, space, added_at AS addedAt, last_scan_at AS lastScanAt, problem
     FROM watched_folders WHERE folder_id = ?`,
  )
  const add = db.prepare('INSERT INTO watched_folders(path, space, added_at) VALUES (:path, :space, :addedAt)')
  const remove = db.prepare('DELETE FROM watched_folders WHERE folder_id = ?')
  const setScanned = db.prepare(
    'UPDATE watched_folders SET last_scan_at = coalesce(?, last_scan_at), problem = ? WHERE folder_id = ?',
  )
  const counts = db.prepare(
    `SELECT folder_id AS folderId, total(gone = 0 AND kind = 'asset') AS files, total(gone = 1 AND kind = 'asset') AS missing
     FROM linked_files GROUP BY folder_id`,
  )
  const inDirectory = db.prepare(
    `SELECT ${linkedColumns} FROM linked_files WHERE folder_id = ? AND directory = ? AND gone = 0`,
  )
  const directories = db.prepare('SELECT DISTINCT directory FROM linked_files WHERE folder_id = ? AND gone = 0').pluck()
  const withInode = db.prepare(`SELECT ${linkedColumns} FROM linked_files WHERE inode = ? LIMIT 1000`)
  const goneOfSize = db.prepare(`SELECT ${linkedColumns} FROM linked_files WHERE size = ? AND gone = 1`)
  const thereButMissing = db.prepare(
    `SELECT ${linkedColumns} FROM linked_files WHERE folder_id = ? AND file_id > ? AND gone = 0 AND kind = 'asset'
       AND asset_row IN (SELECT row_id FROM assets WHERE status = 'missing') ORDER BY file_id LIMIT ?`,
  )
  const linkedAt = db.prepare(
    `SELECT id, file_size_bytes = :size AND created_at = :time AND status <> 'missing' AS isSame FROM assets
     WHERE storage_path = :path ORDER BY deleted_at IS NOT NULL, row_id LIMIT 1`,
  )
  const originalsIn = db
    .prepare(
      `SELECT DISTINCT a.id FROM linked_files l JOIN assets a ON a.row_id = l.asset_row
       WHERE l.folder_id = ? AND l.kind = 'asset' AND a.storage_path NOT LIKE 'originals/%'`,
    )
    .pluck()
  const remember = db.prepare(
    `INSERT INTO linked_files(folder_id, directory, name, device, inode, size, mtime_ms, born_ms, kind, asset_row)
     VALUES (:folderId, :directory, :name, :device, :inode, :size, :mtimeMs, :bornMs, :kind, (SELECT row_id FROM assets WHERE id = :assetId))
     ON CONFLICT(folder_id, directory, name) WHERE gone = 0 DO UPDATE SET device = excluded.device, inode = excluded.inode,
       size = excluded.size, mtime_ms = excluded.mtime_ms, born_ms = excluded.born_ms, kind = excluded.kind, asset_row = excluded.asset_row`,
  )
  const forget = db.prepare('DELETE FROM linked_files WHERE file_id = ?')
  const leave = db.prepare('UPDATE linked_files SET gone = 1 WHERE file_id = ?')
  const anyRefused = db.prepare("SELECT 1 FROM linked_files WHERE folder_id = ? AND kind = 'refused' LIMIT 1")
  const forgetRefused = db.prepare("DELETE FROM linked_files WHERE folder_id = ? AND kind = 'refused'")
  const renumber = db.prepare(
    'UPDATE linked_files SET device = :device, inode = :inode, size = :size, mtime_ms = :mtimeMs, born_ms = :bornMs WHERE file_id = :fileId',
  )
  const assetOf = linkedAssets(db)
  const changes = linkedFileChanges(db, mutations, assetOf)
  const rows = (found: unknown[]): LinkedFileRow[] => found.map(toLinked)

  return {
    list: () => folders.all().map(toFolder),
    get(folderId) {
      const row = folder.get(folderId)
      return row === undefined ? undefined : toFolder(row)
    },
    add(draft) {
      const folderId = inTransaction(db, () => Number(add.run(draft).lastInsertRowid))
      copyWatchedFolders(db, file)
      return folderId
    },
    remove(folderId): void {
      inTransaction(db, () => remove.run(folderId))
      copyWatchedFolders(db, file)
    },
    setScanned(folderId, lastScanAt, problem): void {
      // Not worth waiting for the disk: it is said again by the next scan.
      withoutWaiting(db, () => setScanned.run(lastScanAt, problem === null ? null : JSON.stringify(problem), folderId))
    },
    counts: () =>
      new Map(
        (counts.all() as { folderId: number; files: number; missing: number }[]).map(({ folderId, ...count }) => [
          folderId,
          count,
        ]),
      ),
    inDirectory: (folderId, directory) => rows(inDirectory.all(folderId, directory)),
    directories: (folderId) => directories.all(folderId) as string[],
    withInode: (inode) => rows(withInode.all(inode)),
    goneOfSize: (size) => rows(goneOfSize.all(size)),
    thereButMissing: (folderId, after, limit) => rows(thereButMissing.all(folderId, after, limit)),
    asset: assetOf,
    linkedAt(path, size, mtimeMs) {
      const found = linkedAt.get({ path, size, time: Math.round(mtimeMs) }) as
        | { id: AssetId; isSame: 0 | 1 }
        | undefined
      return found === undefined ? undefined : { id: found.id, isSame: found.isSame === 1 }
    },
    originalsIn: (folderId) => originalsIn.all(folderId) as AssetId[],
    remember(files): void {
      inTransaction(db, () => {
        for (const file of files) remember.run(file)
      })
    },
    forget(fileIds): void {
      inTransaction(db, () => {
        for (const fileId of fileIds) forget.run(fileId)
      })
    },
    leave(fileIds): void {
      inTransaction(db, () => {
        for (const fileId of fileIds) leave.run(fileId)
      })
    },
    forgetRefused(folderId): void {
      if (anyRefused.get(folderId) !== undefined) inTransaction(db, () => forgetRefused.run(folderId))
    },
    renumber(updates): void {
      inTransaction(db, () => {
        for (const { fileId, found } of updates) renumber.run({ ...numbersOf(found), fileId })
      })
    },
    ...changes,
  }
}

function numbersOf({ device, inode, size, mtimeMs, bornMs }: LinkedFileUpdate['found']) {
  return { device, inode, size, mtimeMs, bornMs }
}

function toFolder(row: unknown): WatchedFolderRow {
  const { problem, ...rest } = row as Omit<WatchedFolderRow, 'problem'> & { problem: string | null }
  return { ...rest, problem: problem === null ? null : (JSON.parse(problem) as WatchedFolderRow['problem']) }
}
