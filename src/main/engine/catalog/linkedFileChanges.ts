import { basename } from 'node:path'
import type { ErrorCode } from '../../../shared/contract/errors.ts'
import type { AssetType } from '../../../shared/domain/asset.ts'
import type { AssetId, RowId, Sha256 } from '../../../shared/domain/ids.ts'
import type { Db } from './database.ts'
import {
  type LinkedAsset,
  type LinkedFileRow,
  type LinkedFileUpdate,
  linkedColumns,
  linkedPath,
  toLinked,
} from './linkedFiles.ts'
import type { Mutations, MutationWriter } from './mutations.ts'
import { sidecarsCell } from './sidecarsCell.ts'

/** What was read from a file that has other bytes than before, or may have. */
export interface ContentChange extends LinkedFileUpdate {
  readonly sha256: Sha256
  readonly mimeType: string
  readonly assetType: AssetType
  readonly extension: string
}

/** Statuses that say that the file could not be read; a file that can be is read and drawn again. */
const UNREAD: ReadonlySet<string> = new Set(['missing', 'error', 'quarantined'])

const files = (count: number): string => `${count} ${count === 1 ? 'file' : 'files'}`

/** What becomes of assets when their files are moved, edited or taken away. Each call is one transaction. */
export function linkedFileChanges(
  db: Db,
  mutations: Mutations,
  assetOf: (row: RowId | null) => LinkedAsset | undefined,
) {
  const one = db.prepare(
    `SELECT ${linkedColumns}, (SELECT path FROM watched_folders w WHERE w.folder_id = l.folder_id) AS folder
     FROM linked_files l WHERE file_id = ?`,
  )
  const folderPath = db.prepare('SELECT path FROM watched_folders WHERE folder_id = ?').pluck()
  const others = db.prepare(
    `SELECT ${linkedColumns}, (SELECT path FROM watched_folders w WHERE w.folder_id = l.folder_id) AS folder
     FROM linked_files l WHERE asset_row = ? AND gone = 0 AND kind = 'asset' AND file_id <> ? ORDER BY file_id`,
  )
  const leave = db.prepare('UPDATE linked_files SET gone = 1 WHERE file_id = ?')
  const clear = db.prepare(
    'DELETE FROM linked_files WHERE folder_id = :folderId AND directory = :directory AND name = :name AND gone = 0 AND file_id <> :fileId',
  )
  const place = db.prepare(
    `UPDATE linked_files SET folder_id = :folderId, directory = :directory, name = :name, device = :device, inode = :inode,
       size = :size, mtime_ms = :mtimeMs, born_ms = :bornMs, gone = 0 WHERE file_id = :fileId`,
  )
  const forget = db.prepare('DELETE FROM linked_files WHERE file_id = ?')
  const enqueue = db.prepare(
    "INSERT OR REPLACE INTO queue(kind, key, payload, priority, run_at) VALUES ('media', ?, 'null', 0, ?)",
  )

  const read = (fileId: number): { row: LinkedFileRow; path: string; asset: LinkedAsset | undefined } | undefined => {
    const found = one.get(fileId) as { folder: string } | undefined
    if (found === undefined) return undefined
    const { folder, ...columns } = found
    const row = toLinked(columns)
    return { row, path: linkedPath(folder, row), asset: assetOf(row.assetRow) }
  }
  const drawAgain = (writer: MutationWriter, { id }: LinkedAsset, now: number): void => {
    writer.set('asset', id, 'status', 'processing')
    clearError(writer, id)
    enqueue.run(id, now)
  }
  /** The file is there: an asset that was missing is what it was before. */
  const bringBack = (writer: MutationWriter, asset: LinkedAsset, now: number): void => {
    if (asset.status !== 'missing') return
    if (!asset.hasThumbnail) {
      drawAgain(writer, asset, now)
      return
    }
    writer.set('asset', asset.id, 'status', 'available')
    clearError(writer, asset.id)
  }
  const run = (
    kind: string,
    label: (count: number) => string,
    now: number,
    groupId: string,
    write: (writer: MutationWriter) => void,
  ): void => {
    mutations.run({ kind, label, undoable: false, now, groupId: `${groupId}-${kind}` }, write)
  }

  return {
    relocate(updates: readonly LinkedFileUpdate[], now: number, groupId: string): void {
      run(
        'relink',
        (count) => `Followed ${files(count)} to where they are now`,
        now,
        groupId,
        (writer) => {
          const known = updates.map(({ fileId }) => read(fileId))
          for (const [index, { fileId, found }] of updates.entries()) {
            const before = known[index]
            if (before === undefined) continue
            clear.run({ ...placeOf(found), fileId })
            place.run({ ...found, fileId })
            if (before.asset === undefined) continue
            const path = linkedPath(String(folderPath.get(found.folderId)), found)
            follow(writer, before.row, before.asset, before.path, path, found.name)
            if (before.row.kind === 'asset') bringBack(writer, before.asset, now)
          }
        },
      )
    },

    relinkLost(lost: readonly { readonly id: AssetId; readonly path: string }[], now: number, groupId: string): void {
      const label = (count: number): string => `Found ${files(count)} again`
      run('relink', label, now, groupId, (writer) => {
        for (const { id, path } of lost) {
          const asset = assetOf(writer.assetRow(id) ?? null)
          if (asset === undefined) continue
          writer.set('asset', id, 'storage_path', path)
          writer.set('asset', id, 'file_name', basename(path))
          bringBack(writer, asset, now)
        }
      })
    },

    markMissing(fileIds: readonly number[], now: number, groupId: string): void {
      const label = (count: number): string => `${files(count)} not found in watched folders`
      run('missing', label, now, groupId, (writer) => {
        const known = fileIds.map(read)
        for (const fileId of fileIds) leave.run(fileId)
        for (const lost of known) {
          if (lost?.row.kind === 'sidecar' || lost?.row.kind === 'refused') forget.run(lost.row.fileId)
          if (lost?.asset === undefined) continue
          const { row, path, asset } = lost
          if (row.kind === 'sidecar') {
            const left = asset.sidecars.filter((sidecar) => sidecar.path !== path)
            if (left.length === asset.sidecars.length) continue
            writer.set('asset', asset.id, 'sidecars', sidecarsCell(left))
            enqueue.run(asset.id, now)
          } else if (asset.storagePath === path) {
            const copy = others.get(asset.rowId, row.fileId) as { folder: string } | undefined
            if (copy === undefined) lose(writer, asset.id, path)
            else {
              const other = toLinked(copy)
              forget.run(row.fileId)
              follow(writer, row, asset, path, linkedPath(copy.folder, other), other.name)
            }
            // A copy of something else that is an asset: nothing is lost.
          } else forget.run(row.fileId)
        }
      })
    },

    changeContent(changes: readonly ContentChange[], now: number, groupId: string): readonly LinkedFileRow[] {
      const copies: LinkedFileRow[] = []
      run(
        'content',
        (count) => `Read ${files(count)} that had changed`,
        now,
        groupId,
        (writer) => {
          for (const change of changes) {
            const known = read(change.fileId)
            place.run({ ...change.found, fileId: change.fileId })
            if (known?.asset === undefined) continue
            const { row, path, asset } = known
            if (row.kind === 'sidecar') {
              const sidecars = asset.sidecars.map((sidecar) =>
                sidecar.path === path ? { ...sidecar, sha256: change.sha256, bytes: change.found.size } : sidecar,
              )
              writer.set('asset', asset.id, 'sidecars', sidecarsCell(sidecars))
              enqueue.run(asset.id, now)
            } else if (asset.sha256 !== change.sha256) {
              writer.set('asset', asset.id, 'content', contentCell(change))
              drawAgain(writer, asset, now)
              // Copies have other bytes than their asset now: they are new files to the next scan.
              copies.push(...others.all(asset.rowId, change.fileId).map(toLinked))
            } else if (UNREAD.has(asset.status)) drawAgain(writer, asset, now)
          }
          for (const { fileId } of copies) forget.run(fileId)
        },
      )
      return copies
    },

    markUnreadable(
      problems: readonly { readonly fileId: number; readonly code: ErrorCode; readonly message: string }[],
      now: number,
      groupId: string,
    ): void {
      run(
        'unreadable',
        (count) => `${files(count)} could not be read`,
        now,
        groupId,
        (writer) => {
          for (const { fileId, code, message } of problems) {
            const asset = read(fileId)?.asset
            if (asset === undefined) continue
            writer.set('asset', asset.id, 'status', 'error')
            writer.set('asset', asset.id, 'error_code', code)
            writer.set('asset', asset.id, 'error_message', message)
          }
        },
      )
    },
  }
}

/** Tells the asset where its file, or the file that describes it, is now. */
function follow(
  writer: MutationWriter,
  row: LinkedFileRow,
  asset: LinkedAsset,
  from: string,
  to: string,
  name: string,
): void {
  if (row.kind === 'sidecar') {
    const sidecars = asset.sidecars.map((sidecar) => (sidecar.path === from ? { ...sidecar, path: to, name } : sidecar))
    writer.set('asset', asset.id, 'sidecars', sidecarsCell(sidecars))
  } else if (asset.storagePath === from) {
    writer.set('asset', asset.id, 'storage_path', to)
    writer.set('asset', asset.id, 'file_name', name)
  }
}

function lose(writer: MutationWriter, id: string, path: string): void {
  const message = `The file is not at ${path} any more. Put it back there or into another watched folder, and it is found again.`
  writer.set('asset', id, 'status', 'missing')
  writer.set('asset', id, 'error_code', 'file_vanished')
  writer.set('asset', id, 'error_message', message)
}

function clearError(writer: MutationWriter, id: string): void {
  writer.set('asset', id, 'error_code', null)
  writer.set('asset', id, 'error_message', null)
}

function contentCell({ found, sha256, mimeType, assetType, extension }: ContentChange) {
  return {
    sha256,
    file_size_bytes: found.size,
    mime_type: mimeType,
    asset_type: assetType,
    extension,
    created_at: Math.round(found.mtimeMs),
  }
}

function placeOf({ folderId, directory, name }: LinkedFileUpdate['found']) {
  return { folderId, directory, name }
}
