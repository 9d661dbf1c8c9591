import type { AssetId, RemoteId, RowId, Sha256 } from '../../../shared/domain/ids.ts'
import type { StoredAsset } from './assetRecords.ts'
import { type AssetRow, toStored } from './assetRows.ts'
import { MISCOUNTED } from './checkDatabase.ts'
import { type Db, inTransaction } from './database.ts'
import type { RemoteObject } from './remotes.repository.ts'

/** An asset with every file that is its own. */
export interface AssetFiles extends StoredAsset {
  readonly hasThumbnail: boolean
  readonly errorCode: string | null
  /** Earlier content, each with a file of its own. */
  readonly versions: readonly {
    readonly path: string
    readonly sha256: Sha256
    readonly bytes: number
    /** Whether the bucket is known to hold it. */
    readonly isStored: boolean
  }[]
}

/** What a check of the library asks the catalogue for. */
export interface VerificationRepository {
  count(): number
  /** Up to `limit` assets after a row (0: from the first), those in Trash too. */
  files(after: RowId, limit: number): readonly AssetFiles[]
  /** Other assets with these bytes, whose files may stand in for a lost one. */
  copies(sha256: Sha256, except: AssetId): readonly StoredAsset[]
  /** Assets of which a bucket was shown to hold something, after an id (''), in the order of ids. */
  stored(remoteId: RemoteId, after: string, limit: number): readonly AssetId[]
  /** Up to one asset by its id, with every file that is its own. */
  filesOf(id: AssetId): AssetFiles | undefined
  /** Forgets that a bucket holds an object, so that it is stored again. */
  forgetObject(object: RemoteObject): void
  /** Counts again what triggers count. Returns what it changed, in words. */
  recount(): readonly string[]
}

type VersionRow = Omit<AssetFiles['versions'][number], 'isStored'> & { readonly stored_at: number | null }

const FILE_COLUMNS =
  'row_id, id, sha256, storage_path, mime_type, asset_type, file_name, extension, file_size_bytes, space, status, imported_at, deleted_at, sidecars, thumbnail_path, error_code'

export function verificationRepository(db: Db): VerificationRepository {
  const count = db.prepare('SELECT count(*) FROM assets').pluck()
  const files = db.prepare(`SELECT ${FILE_COLUMNS} FROM assets WHERE row_id > ? ORDER BY row_id LIMIT ?`)
  const versions = db.prepare(
    'SELECT storage_path AS path, sha256, file_size_bytes AS bytes, stored_at FROM asset_versions WHERE asset_row = ? AND deleted_at IS NULL',
  )
  const copies = db.prepare(`SELECT ${FILE_COLUMNS} FROM assets WHERE sha256 = ? AND id <> ?`)
  const stored = db
    .prepare(
      `SELECT DISTINCT asset_id FROM remote_objects WHERE remote_id = ? AND asset_id > ? ORDER BY asset_id LIMIT ?`,
    )
    .pluck()
  const one = db.prepare(`SELECT ${FILE_COLUMNS} FROM assets WHERE id = ?`)
  const forget = db.prepare('DELETE FROM remote_objects WHERE remote_id = ? AND asset_id = ? AND kind = ? AND part = ?')
  const withFiles = (row: AssetRow): AssetFiles => ({
    ...toStored(row),
    hasThumbnail: row.thumbnail_path !== null,
    errorCode: row.error_code as string | null,
    versions: (versions.all(row.row_id) as VersionRow[]).map(({ stored_at, ...version }) => ({
      ...version,
      isStored: stored_at !== null,
    })),
  })

  return {
    count: () => Number(count.get()),
    files: (after, limit) => (files.all(after, limit) as AssetRow[]).map(withFiles),
    filesOf(id) {
      const row = one.get(id) as AssetRow | undefined
      return row === undefined ? undefined : withFiles(row)
    },
    copies: (sha256, except) => (copies.all(sha256, except) as AssetRow[]).map(toStored),
    stored: (remoteId, after, limit) => stored.all(remoteId, after, limit) as AssetId[],
    forgetObject: ({ remoteId, assetId, kind, part }) => void forget.run(remoteId, assetId, kind, part ?? ''),
    recount: () =>
      inTransaction(db, () => {
        const changed: string[] = []
        const set = (what: keyof typeof MISCOUNTED, column: string, links: string): void => {
          const { changes } = db
            .prepare(
              `UPDATE assets SET ${column} = (SELECT count(*) FROM ${links} x WHERE x.asset_row = row_id) WHERE ${MISCOUNTED[what]}`,
            )
            .run()
          if (changes > 0) changed.push(`The number of ${what} was counted again for ${changes} assets.`)
        }
        set('memberships', 'membership_count', 'collection_assets')
        set('tags', 'tag_count', 'asset_tags')
        return changed
      }),
  }
}
