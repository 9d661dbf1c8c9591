import type { Space } from '../../../shared/domain/asset.ts'
import type { AssetId, RowId, Sha256 } from '../../../shared/domain/ids.ts'
import { type Db, inTransaction } from './database.ts'

/** A picture with a perceptual hash. */
export interface HashedAsset {
  readonly row_id: RowId
  /** 16 hexadecimal digits. */
  readonly phash: string
  /** Width divided by height. */
  readonly aspect: number
  readonly sha256: Sha256
}

/** The columns that tell which of several alike assets is the better one. Times in ms. */
export interface ComparedAsset {
  readonly row_id: RowId
  readonly id: AssetId
  readonly sha256: Sha256
  readonly space: Space
  readonly storage_path: string
  readonly mime_type: string
  readonly file_size_bytes: number
  readonly width: number | null
  readonly height: number | null
  readonly rating: number
  readonly is_favorite: 0 | 1
  readonly generator: string | null
  readonly membership_count: number
  readonly tag_count: number
  readonly imported_at: number
  readonly error_code: string | null
}

export interface DuplicatesRepository {
  /** Up to `limit` pictures after a row (null: from the first), by row. What is in Trash is left out, here and below. */
  hashed(after: RowId | null, limit: number): readonly HashedAsset[]
  /** Rows of each content that more than one asset has. */
  sameBytes(): readonly (readonly RowId[])[]
  /** Those of the rows that exist, in the order asked for. */
  compared(rowIds: readonly RowId[]): readonly ComparedAsset[]
  /** Keys of groups that a person has said are no duplicates. */
  dismissed(): readonly string[]
  setDismissed(key: string, dismissed: boolean, now: number): void
}

/** What the search for duplicates reads, and which groups a person has dismissed. */
export function duplicatesRepository(db: Db): DuplicatesRepository {
  const hashed = db.prepare(
    'SELECT row_id, phash, aspect, sha256 FROM assets WHERE phash IS NOT NULL AND deleted_at IS NULL AND row_id > ? ORDER BY row_id LIMIT ?',
  )
  const repeated = db
    .prepare(`SELECT sha256 FROM assets WHERE deleted_at IS NULL GROUP BY sha256 HAVING count(*) > 1`)
    .pluck()
  const withHash = db
    .prepare('SELECT row_id FROM assets WHERE sha256 = ? AND deleted_at IS NULL ORDER BY row_id')
    .pluck()
  const compared = db.prepare(
    `SELECT row_id, id, sha256, space, storage_path, mime_type, file_size_bytes, width, height, rating, is_favorite,
       generator, membership_count, tag_count, imported_at, error_code
     FROM assets WHERE row_id = ? AND deleted_at IS NULL`,
  )
  const dismissed = db.prepare('SELECT group_key FROM dismissed_duplicates').pluck()
  const dismiss = db.prepare('INSERT OR IGNORE INTO dismissed_duplicates(group_key, at) VALUES (?, ?)')
  const recall = db.prepare('DELETE FROM dismissed_duplicates WHERE group_key = ?')
  return {
    hashed: (after, limit) => hashed.all(after ?? -1, limit) as HashedAsset[],
    sameBytes: () => (repeated.all() as string[]).map((sha256) => withHash.all(sha256) as RowId[]),
    compared: (rowIds) => rowIds.flatMap((rowId) => (compared.get(rowId) as ComparedAsset | undefined) ?? []),
    dismissed: () => dismissed.all() as string[],
    setDismissed(key, isDismissed, now): void {
      inTransaction(db, () => (isDismissed ? dismiss.run(key, now) : recall.run(key)))
    },
  }
}
