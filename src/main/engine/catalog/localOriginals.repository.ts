import { appendFileSync, closeSync, existsSync, fsyncSync, openSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { AssetId, CollectionId, RowId, Sha256 } from '../../../shared/domain/ids.ts'
import type { VersionId } from '../../../shared/domain/version.ts'
import { type Db, inTransaction, withoutWaiting } from './database.ts'
import type { Mutations } from './mutations.ts'

/** An original that is in the library's own store on this device. */
export interface HeldOriginal {
  readonly rowId: RowId
  readonly id: AssetId
  readonly bytes: number
  /** When it was last read here, or else when it came, ms. */
  readonly usedAt: number
  /** Whether the bucket is said to have it too. */
  readonly isSynced: boolean
}

/** A file of an earlier version that is nobody's current one. */
export interface VersionFile {
  readonly id: VersionId
  /** Below `originals/`. */
  readonly storagePath: string
  /** Bytes. */
  readonly size: number
  /** Whether the bucket is said to have it. */
  readonly isStored: boolean
}

/** What is known of originals on this device only: when they were read, which leave it, and which have to stay. */
export interface LocalOriginalsRepository {
  /** Somebody read these originals at this time, ms. */
  noteUse(ids: readonly AssetId[], now: number): void
  usedAt(id: AssetId): number | null
  /** Bytes of originals of the Library that are here, those linked in place too; from a count that is always at hand. */
  bytesHere(): number
  /** The same of those that are only in the bucket. */
  bytesElsewhere(): number
  /** Originals below `originals/` that are here, of kept assets, after a row; several assets of one file count once. */
  held(afterRow: RowId, limit: number): readonly HeldOriginal[]
  /** Files of earlier versions of kept assets, each once, after an id (''), in the order of ids; whether they are here only the disk knows. */
  versionFiles(after: string, limit: number): readonly VersionFile[]
  /** Whether a version of another asset has the very file. */
  isVersionOfAnother(storagePath: string, id: AssetId): boolean
  /** Whether decoders, or a window that draws its poster, have still to read it. */
  isToBeRead(id: AssetId): boolean
  /**
   * Writes down, durably, that a file is about to be removed here, and that its assets are only in the bucket from now on.
   * The removal follows in the same moment.
   */
  beginEviction(storagePath: string, sha256: Sha256, ids: readonly AssetId[], now: number): void
  /** The disk has forgotten the file, or it stayed. */
  endEviction(storagePath: string): void
  /** Files whose removal a crash may have cut short. */
  evictions(): readonly string[]
  /** A file is in its place again: what was only in the bucket is here, and confirmed there if that is on record. */
  cameHome(storagePath: string): void
  pinned(): readonly CollectionId[]
  setPinned(id: CollectionId, pinned: boolean, now: number): void
}

/** Name of the list of hashes of originals that were removed here on purpose, beside the catalogue. */
export const EVICTED_LIST = 'evicted.txt'

/**
 * @param evictedList absolute path of that list: a rebuild of the catalogue reads it, so that what was removed on purpose does
 * not count as lost
 */
export function localOriginalsRepository(db: Db, mutations: Mutations, evictedList: string): LocalOriginalsRepository {
  const use = db.prepare(
    `INSERT INTO original_uses(asset_id, used_at) SELECT id, :now FROM assets WHERE id = :id
     ON CONFLICT DO UPDATE SET used_at = excluded.used_at WHERE excluded.used_at > used_at`,
  )
  const usedAt = db.prepare('SELECT used_at FROM original_uses WHERE asset_id = ?').pluck()
  const bytesHere = db
    .prepare("SELECT total(bytes) FROM sync_totals WHERE sync_state NOT IN ('cloud-only', 'downloading')")
    .pluck()
  const bytesElsewhere = db
    .prepare("SELECT total(bytes) FROM sync_totals WHERE sync_state IN ('cloud-only', 'downloading')")
    .pluck()
  const held = db.prepare(
    `SELECT a.row_id AS rowId, a.id, a.file_size_bytes AS bytes, max(a.imported_at, coalesce(u.used_at, 0)) AS usedAt,
       a.sync_state = 'synced' AS isSynced
     FROM assets a LEFT JOIN original_uses u ON u.asset_id = a.id
     WHERE a.row_id > ? AND a.space = 'library' AND a.deleted_at IS NULL AND a.storage_path LIKE 'originals/%'
       AND a.sync_state NOT IN ('cloud-only', 'downloading') AND a.status <> 'missing'
       AND NOT EXISTS (SELECT 1 FROM assets b WHERE b.storage_path = a.storage_path AND b.row_id < a.row_id
         AND b.space = 'library' AND b.deleted_at IS NULL)
     ORDER BY a.row_id LIMIT ?`,
  )
  const versionFiles = db.prepare(
    `SELECT v.id, v.storage_path AS storagePath, v.file_size_bytes AS size, v.stored_at IS NOT NULL AS isStored
     FROM asset_versions v JOIN assets a ON a.row_id = v.asset_row
     WHERE v.id > ? AND v.deleted_at IS NULL AND v.storage_path LIKE 'originals/%' AND a.space = 'library' AND a.deleted_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM assets b WHERE b.storage_path = v.storage_path)
       AND NOT EXISTS (SELECT 1 FROM asset_versions w WHERE w.storage_path = v.storage_path AND w.id < v.id AND w.deleted_at IS NULL)
     ORDER BY v.id LIMIT ?`,
  )
  const versionOfAnother = db.prepare(
    `SELECT 1 FROM asset_versions v JOIN assets a ON a.row_id = v.asset_row
     WHERE v.storage_path = ? AND v.deleted_at IS NULL AND a.id <> ? LIMIT 1`,
  )
  const toBeRead = db.prepare(
    // A poster that was given up is tried again with the next start.
    "SELECT 1 FROM queue WHERE key = ? AND (kind = 'poster' OR (kind = 'media' AND run_at IS NOT NULL))",
  )
  const begin = db.prepare('INSERT OR REPLACE INTO evictions(storage_path, at) VALUES (?, ?)')
  const setAway = db.prepare(
    "UPDATE assets SET sync_state = 'cloud-only', sync_reason = NULL WHERE id = ? RETURNING row_id",
  )
  const end = db.prepare('DELETE FROM evictions WHERE storage_path = ?')
  const evictions = db.prepare('SELECT storage_path FROM evictions ORDER BY storage_path').pluck()
  const home = db
    .prepare(
      `UPDATE assets SET sync_reason = NULL, sync_state = iif(EXISTS (
         SELECT 1 FROM remote_objects o JOIN remotes r ON r.id = o.remote_id
         WHERE r.role = 'library' AND o.asset_id = assets.id AND o.kind = 'original' AND o.sha256 = assets.sha256), 'synced', 'local')
       WHERE storage_path = ? AND sync_state IN ('cloud-only', 'downloading') RETURNING row_id`,
    )
    .pluck()
  const pinned = db
    .prepare(
      `SELECT p.collection_id FROM pinned_collections p JOIN collections c ON c.id = p.collection_id
       WHERE c.deleted_at IS NULL ORDER BY p.pinned_at, p.collection_id`,
    )
    .pluck()
  const pin = db.prepare('INSERT OR IGNORE INTO pinned_collections(collection_id, pinned_at) VALUES (?, ?)')
  const unpin = db.prepare('DELETE FROM pinned_collections WHERE collection_id = ?')

  return {
    // What a power cut takes of it only makes an original look unused for longer.
    noteUse: (ids, now) =>
      withoutWaiting(db, () =>
        inTransaction(db, () => {
          for (const id of ids) use.run({ id, now })
        }),
      ),
    usedAt: (id) => (usedAt.get(id) as number | undefined) ?? null,
    bytesHere: () => Number(bytesHere.get()),
    bytesElsewhere: () => Number(bytesElsewhere.get()),
    held: (after, limit) =>
      (held.all(after, limit) as (Omit<HeldOriginal, 'isSynced'> & { isSynced: number })[]).map((row) => ({
        ...row,
        isSynced: row.isSynced === 1,
      })),
    versionFiles: (after, limit) =>
      (versionFiles.all(after, limit) as (Omit<VersionFile, 'isStored'> & { isStored: number })[]).map((row) => ({
        ...row,
        isStored: row.isStored === 1,
      })),
    isVersionOfAnother: (path, id) => versionOfAnother.get(path, id) !== undefined,
    isToBeRead: (id) => toBeRead.get(id) !== undefined,
    beginEviction(storagePath, sha256, ids, now) {
      appendDurably(evictedList, `${sha256}\n`)
      mutations.local(() => {
        begin.run(storagePath, now)
        const rowIds = ids.flatMap((id) => (setAway.get(id) as { row_id: number } | undefined)?.row_id ?? [])
        return { rowIds, membership: false }
      })
    },
    endEviction: (path) => void withoutWaiting(db, () => end.run(path)),
    evictions: () => evictions.all() as string[],
    cameHome: (path) => mutations.local(() => ({ rowIds: home.all(path) as number[], membership: false })),
    pinned: () => pinned.all() as CollectionId[],
    setPinned: (id, isPinned, now) => inTransaction(db, () => void (isPinned ? pin.run(id, now) : unpin.run(id))),
  }
}

/** Hashes of originals that were removed here on purpose; of a list that can't be read, none. */
export function readEvicted(evictedList: string): ReadonlySet<string> {
  try {
    return new Set(readFileSync(evictedList, 'utf8').split('\n'))
  } catch {
    return new Set()
  }
}

function appendDurably(path: string, text: string): void {
  const isNew = !existsSync(path)
  const file = openSync(path, 'a')
  try {
    appendFileSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  // Windows can't open a folder, and its file systems journal the names in it.
  if (!isNew || process.platform === 'win32') return
  const folder = openSync(dirname(path), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
