import type { AssetStatus } from '../../../shared/domain/asset.ts'
import type { AssetId, RowId, Sha256 } from '../../../shared/domain/ids.ts'
import type { StoredAsset } from './assetRecords.ts'
import { type AssetRow, toStored } from './assetRows.ts'
import { MISCOUNTED } from './checkDatabase.ts'
import { type Db, inTransaction } from './database.ts'

/** An asset with every file that is its own. */
export interface AssetFiles extends StoredAsset {
  readonly hasThumbnail: boolean
  readonly errorCode: string | null
  /** Earlier content, each with a file of its own. */
  readonly versions: readonly { readonly path: string; readonly sha256: Sha256; readonly bytes: number }[]
}

/** What a check of the library asks the catalogue for. */
export interface VerificationRepository {
  count(): number
  /** Up to `limit` assets after a row (0: from the first), those in Trash too. */
  files(after: RowId, limit: number): readonly AssetFiles[]
  /** Other assets with these bytes, whose files may stand in for a lost one. */
  copies(sha256: Sha256, except: AssetId): readonly StoredAsset[]
  /** Objects that a bucket was shown to hold, after an asset's id (''), in the order of ids. */
  objects(remoteId: string, after: string, limit: number): readonly ConfirmedObject[]
  /** Forgets that a bucket holds an object, so that it is stored again. */
  forgetObject(object: ConfirmedObject): void
  /** Counts again what triggers count. Returns what it changed, in words. */
  recount(): readonly string[]
}

export interface ConfirmedObject {
  readonly remoteId: string
  readonly assetId: AssetId
  readonly kind: 'original' | 'thumbnail'
  readonly key: string
  readonly size: number
  readonly status: AssetStatus | null
}

const FILE_COLUMNS =
  'row_id, id, sha256, storage_path, mime_type, asset_type, file_name, extension, file_size_bytes, space, status, imported_at, deleted_at, sidecars, thumbnail_path, error_code'

export function verificationRepository(db: Db): VerificationRepository {
  const count = db.prepare('SELECT count(*) FROM assets').pluck()
  const files = db.prepare(`SELECT ${FILE_COLUMNS} FROM assets WHERE row_id > ? ORDER BY row_id LIMIT ?`)
  const versions = db.prepare(
    'SELECT storage_path AS path, sha256, file_size_bytes AS bytes FROM asset_versions WHERE asset_row = ? AND deleted_at IS NULL',
  )
  const copies = db.prepare(`SELECT ${FILE_COLUMNS} FROM assets WHERE sha256 = ? AND id <> ?`)
  const objects = db.prepare(
    `SELECT o.remote_id AS remoteId, o.asset_id AS assetId, o.kind, o.key, o.size, a.status FROM remote_objects o
     LEFT JOIN assets a ON a.id = o.asset_id
     WHERE o.remote_id = ? AND o.asset_id > ? AND o.kind = 'original' ORDER BY o.asset_id LIMIT ?`,
  )
  const forget = db.prepare('DELETE FROM remote_objects WHERE remote_id = ? AND asset_id = ? AND kind = ?')

  return {
    count: () => Number(count.get()),
    files: (after, limit) =>
      (files.all(after, limit) as AssetRow[]).map((row) => ({
        ...toStored(row),
        hasThumbnail: row.thumbnail_path !== null,
        errorCode: row.error_code as string | null,
        versions: versions.all(row.row_id) as AssetFiles['versions'],
      })),
    copies: (sha256, except) => (copies.all(sha256, except) as AssetRow[]).map(toStored),
    objects: (remoteId, after, limit) => objects.all(remoteId, after, limit) as ConfirmedObject[],
    forgetObject: ({ remoteId, assetId, kind }) => void forget.run(remoteId, assetId, kind),
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
