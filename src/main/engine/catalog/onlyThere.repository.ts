import type { AssetId, RemoteId, RowId } from '../../../shared/domain/ids.ts'
import type { VersionId } from '../../../shared/domain/version.ts'
import { type Db, statementCache } from './database.ts'

/** An original that a bucket has and this device has not. */
export interface DistantOriginal {
  readonly row: RowId
  readonly id: AssetId
  readonly storagePath: string
  /** Bytes. */
  readonly size: number
}

/** An earlier version that a bucket has; whether its file is here, too, only the disk knows. */
export interface StoredVersionFile {
  readonly id: VersionId
  readonly storagePath: string
  /** Bytes. */
  readonly size: number
}

/** What is in the library's bucket and, as far as the catalogue knows, not on this device. */
export interface OnlyThereRepository {
  /** Assets whose original is there, in Trash or not, after a row, ascending. Several may share a file. */
  originals(remote: RemoteId, afterRow: RowId | 0, limit: number): readonly DistantOriginal[]
  /** Files of them, and their bytes. */
  count(remote: RemoteId): { readonly count: number; readonly bytes: number }
  /** Earlier versions that somebody has said to be there, each file once. */
  versions(remote: RemoteId): readonly StoredVersionFile[]
}

const ORIGINALS = `FROM assets a INDEXED BY assets_cloud_only
  WHERE a.sync_state IN ('cloud-only', 'downloading') AND EXISTS (
    SELECT 1 FROM remote_objects o
    WHERE o.remote_id = :remote AND o.asset_id = a.id AND o.kind = 'original' AND o.sha256 = a.sha256)`

export function onlyThereRepository(db: Db): OnlyThereRepository {
  const get = statementCache(db)
  return {
    originals: (remote, after, limit) =>
      get(
        `SELECT a.row_id AS row, a.id, a.storage_path AS storagePath, a.file_size_bytes AS size ${ORIGINALS}
         AND a.row_id > :after ORDER BY a.row_id LIMIT :limit`,
      ).all({ remote, after, limit }) as DistantOriginal[],
    count: (remote) =>
      get(
        `SELECT count(*) AS count, coalesce(sum(size), 0) AS bytes
         FROM (SELECT max(a.file_size_bytes) AS size ${ORIGINALS} GROUP BY a.storage_path)`,
      ).get({ remote }) as { count: number; bytes: number },
    versions: (remote) =>
      get(
        `SELECT min(v.id) AS id, v.storage_path AS storagePath, v.file_size_bytes AS size
         FROM asset_versions v JOIN assets a ON a.row_id = v.asset_row
         WHERE v.deleted_at IS NULL AND v.sha256 <> a.sha256 AND (v.stored_at IS NOT NULL OR EXISTS (
           SELECT 1 FROM remote_objects o
           WHERE o.remote_id = ? AND o.asset_id = a.id AND o.kind = 'version' AND o.part = v.sha256))
         GROUP BY v.storage_path ORDER BY min(v.id)`,
      ).all(remote) as StoredVersionFile[],
  }
}
