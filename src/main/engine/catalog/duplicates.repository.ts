import type { RowId } from '../../../shared/domain/ids.ts'
import type { ComparedAsset, DuplicatesRepository, HashedAsset } from './catalog.ts'
import { type Db, inTransaction } from './database.ts'

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
