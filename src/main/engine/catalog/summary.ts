import type { LibraryCounts, Stats } from '../../../shared/contract/requests/libraryRequests.ts'
import type { CollectionId } from '../../../shared/domain/ids.ts'
import { iso } from './assetRows.ts'
import type { Db } from './database.ts'
import { RECENT_MS } from './query/compileQuery.ts'
import { readCollections, readRemotes, readTotals } from './usage.ts'

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
  const { bySpace, trash } = readTotals(db)
  return {
    revision,
    workspace: bySpace.workspace?.assets ?? 0,
    nextExpiryAt: iso(nextExpiry),
    library: bySpace.library?.assets ?? 0,
    favorites: count(`${library} AND is_favorite = 1`),
    recent: count(`${library} AND imported_at >= ?`, now - RECENT_MS),
    untagged: count(`${library} AND tag_count = 0`),
    missing: count("status = 'missing' AND deleted_at IS NULL"),
    trash: trash.assets,
  }
}

/** Numbers and bytes by space, type, collection and bucket. The collections take a second for a million memberships. */
export function readStats(db: Db, unsorted: CollectionId): Stats {
  return { ...readTotals(db), byCollection: readCollections(db, unsorted), byRemote: readRemotes(db) }
}
