import type { LibraryCounts, Stats } from '../../../shared/contract/requests/libraryRequests.ts'
import { UNSORTED_NAME } from '../../../shared/domain/collection.ts'
import type { CollectionId } from '../../../shared/domain/ids.ts'
import { iso } from './assetRows.ts'
import type { Db } from './database.ts'
import { RECENT_MS } from './query/compileQuery.ts'

/** Numbers of the sidebar. Each condition is that of the view it stands beside. `now` in ms. */
export function readCounts(db: Db, revision: number, now: number): LibraryCounts {
  const count = (where: string, ...parameters: number[]): number =>
    Number(
      db
        .prepare(`SELECT count(*) FROM assets WHERE ${where}`)
        .pluck()
        .get(...parameters),
    )
  const nextExpiry = db
    .prepare('SELECT min(expires_at) FROM assets WHERE expires_at IS NOT NULL AND deleted_at IS NULL')
    .pluck()
    .get() as number | null
  const library = "space = 'library' AND deleted_at IS NULL"
  return {
    revision,
    workspace: count("space = 'workspace' AND deleted_at IS NULL"),
    nextExpiryAt: iso(nextExpiry),
    library: count(library),
    favorites: count(`${library} AND is_favorite = 1`),
    recent: count(`${library} AND imported_at >= ?`, now - RECENT_MS),
    untagged: count(`${library} AND tag_count = 0`),
    trash: count('deleted_at IS NOT NULL'),
  }
}

/** Numbers and bytes by space, type, collection and bucket. */
export function readStats(db: Db, unsorted: CollectionId): Stats {
  type Group = { key: string; assets: number; bytes: number }
  const groups = (sql: string): Group[] => db.prepare(sql).all() as Group[]
  const total = groups(
    "SELECT 'total' AS key, count(*) AS assets, total(file_size_bytes) AS bytes FROM assets WHERE deleted_at IS NULL",
  )[0]
  const trash = groups(
    "SELECT 'trash' AS key, count(*) AS assets, total(file_size_bytes) AS bytes FROM assets WHERE deleted_at IS NOT NULL",
  )[0]
  const bySpace = groups(
    'SELECT space AS key, count(*) AS assets, total(file_size_bytes) AS bytes FROM assets WHERE deleted_at IS NULL GROUP BY space',
  )
  const byType = groups(
    'SELECT asset_type AS key, count(*) AS assets, total(file_size_bytes) AS bytes FROM assets WHERE deleted_at IS NULL GROUP BY asset_type',
  )
  const byCollection = db
    .prepare(
      `SELECT c.id, CASE WHEN c.id = :unsorted THEN :name ELSE c.name END AS name, count(a.row_id) AS assets, total(a.file_size_bytes) AS bytes
       FROM collections c LEFT JOIN collection_assets x ON x.collection_id = c.id
         LEFT JOIN assets a ON a.deleted_at IS NULL AND (a.row_id = x.asset_row OR (c.id = :unsorted AND a.space = 'library' AND a.membership_count = 0))
       WHERE c.deleted_at IS NULL GROUP BY c.id ORDER BY c.id <> :unsorted, c.position, c.name COLLATE NOCASE`,
    )
    .all({ unsorted, name: UNSORTED_NAME }) as Stats['byCollection']
  const byRemote = db
    .prepare(
      'SELECT r.id, r.name, count(o.key) AS objects, total(o.size) AS bytes FROM remotes r LEFT JOIN remote_objects o ON o.remote_id = r.id GROUP BY r.id ORDER BY r.created_at',
    )
    .all() as Stats['byRemote']
  const usage = ({ assets, bytes }: { assets: number; bytes: number }) => ({ assets, bytes })
  return {
    total: usage(total ?? { assets: 0, bytes: 0 }),
    trash: usage(trash ?? { assets: 0, bytes: 0 }),
    bySpace: Object.fromEntries(bySpace.map((group) => [group.key, usage(group)])),
    byType: Object.fromEntries(
      byType.map((group) => [group.key, { ...usage(group), averageBytes: group.bytes / group.assets }]),
    ),
    byCollection,
    byRemote,
  }
}
