import { join } from 'node:path'
import type { Sidecar } from '../../../shared/domain/asset.ts'
import type { AssetId, RowId, Sha256 } from '../../../shared/domain/ids.ts'
import type { Db } from './database.ts'

/** `asset`: an asset or the copy of one; `sidecar`: describes one; `refused`: can't be taken in as it is. */
export type LinkedKind = 'asset' | 'sidecar' | 'refused'

/** A file of a watched folder as it was last seen. Times in ms, sizes in bytes. */
export interface LinkedFileRow {
  readonly fileId: number
  readonly folderId: number
  readonly directory: string
  readonly name: string
  readonly device: number
  readonly inode: number
  readonly size: number
  readonly mtimeMs: number
  /** When the inode came to be, 0 where the file system does not tell. */
  readonly bornMs: number
  readonly gone: boolean
  readonly kind: LinkedKind
  readonly assetRow: RowId | null
}

/** A file to be remembered, or remembered otherwise. */
export type LinkedFileDraft = Omit<LinkedFileRow, 'fileId' | 'gone' | 'assetRow'> & { readonly assetId: AssetId | null }

/** What a row becomes when the file is found somewhere, or with other numbers. */
export interface LinkedFileUpdate {
  readonly fileId: number
  readonly found: Omit<LinkedFileRow, 'fileId' | 'gone' | 'kind' | 'assetRow'>
}

/** The asset of a linked file, with what a change of the file can concern. */
export interface LinkedAsset {
  readonly id: AssetId
  readonly rowId: RowId
  readonly status: string
  readonly sha256: Sha256
  readonly storagePath: string
  readonly fileName: string
  readonly hasThumbnail: boolean
  readonly errorCode: string | null
  readonly sidecars: readonly Sidecar[]
}

export const linkedColumns =
  'file_id AS fileId, folder_id AS folderId, directory, name, device, inode, size, mtime_ms AS mtimeMs, born_ms AS bornMs, gone, kind, asset_row AS assetRow'

export function toLinked(row: unknown): LinkedFileRow {
  const found = row as Omit<LinkedFileRow, 'gone'> & { gone: number }
  return { ...found, gone: found.gone === 1 }
}

/** Absolute path, exactly as an import of this file stores it. */
export function linkedPath(folder: string, { directory, name }: Pick<LinkedFileRow, 'directory' | 'name'>): string {
  return join(folder, directory, name)
}

/** Reads the asset of a row. */
export function linkedAssets(db: Db): (rowId: RowId | null) => LinkedAsset | undefined {
  const one = db.prepare(
    `SELECT id, row_id AS rowId, status, sha256, storage_path AS storagePath, file_name AS fileName,
       thumbnail_path IS NOT NULL AS hasThumbnail, error_code AS errorCode, sidecars FROM assets WHERE row_id = ?`,
  )
  return (rowId) => {
    if (rowId === null) return undefined
    const row = one.get(rowId) as (Omit<LinkedAsset, 'hasThumbnail' | 'sidecars'> & Record<string, unknown>) | undefined
    if (row === undefined) return undefined
    const sidecars = typeof row.sidecars === 'string' ? (JSON.parse(row.sidecars) as LinkedAsset['sidecars']) : []
    return { ...row, hasThumbnail: row.hasThumbnail === 1, sidecars }
  }
}
