import type { AssetId } from '../../../shared/domain/ids.ts'
import type { AssetVersion, VersionId } from '../../../shared/domain/version.ts'
import { iso } from './assetRows.ts'
import type { Db } from './database.ts'

/** Without what only the file system knows. */
export type StoredVersion = Omit<AssetVersion, 'has_thumbnail' | 'is_here'>

export interface VersionsRepository {
  /** Newest first. */
  list(id: AssetId): readonly StoredVersion[]
  get(id: VersionId): StoredVersion | undefined
}

type Row = Readonly<Record<string, string | number | null>>

export function versionsRepository(db: Db): VersionsRepository {
  const select = `SELECT v.*, a.id AS asset_id, v.version_number = a.version_number AS is_current
    FROM asset_versions v JOIN assets a ON a.row_id = v.asset_row WHERE v.deleted_at IS NULL AND`
  const list = db.prepare(`${select} a.id = ? ORDER BY v.version_number DESC, v.id`)
  const one = db.prepare(`${select} v.id = ?`)
  return {
    list: (id) => (list.all(id) as Row[]).map(toVersion),
    get(id) {
      const row = one.get(id) as Row | undefined
      return row === undefined ? undefined : toVersion(row)
    },
  }
}

function toVersion(row: Row): StoredVersion {
  const { asset_row: _, deleted_at: __, stored_at: storedAt, ...version } = row
  return {
    ...version,
    asset_type: row.asset_type,
    created_at: iso(row.created_at),
    is_current: row.is_current === 1,
    in_bucket: storedAt !== null,
  } as StoredVersion
}
