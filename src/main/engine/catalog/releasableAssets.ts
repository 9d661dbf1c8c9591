import type { AssetId, RemoteId } from '../../../shared/domain/ids.ts'
import type { Db } from './database.ts'

/** Of the assets that are held, those that others may know now. */
export interface ReleasableAssets {
  /** Kept assets whose content the remote holds, up to a limit. */
  find(remote: RemoteId, limit: number): readonly AssetId[]
  /** What is held has changed as a whole. */
  reset(): void
}

const READY = `a.space = 'library' AND a.deleted_at IS NULL AND EXISTS (
  SELECT 1 FROM remote_objects o
  WHERE o.remote_id = :remote AND o.asset_id = a.id AND o.kind = 'original' AND o.sha256 = a.sha256)`

/**
 * Much may be held for long, as the whole Workspace is, and with every change that is published somebody asks. So all of it is
 * looked through once; from then on only assets of which something was changed that can make them ready, which triggers of this
 * connection note: what is rolled back is noted by nobody.
 */
export function releasableAssets(db: Db): ReleasableAssets {
  // Within a trigger OR IGNORE means what the statement around it says (https://www.sqlite.org/lang_createtrigger.html, 2).
  const note = (id: string): string =>
    `INSERT INTO release_candidates(asset_id) SELECT ${id} WHERE ${id} NOT IN (SELECT asset_id FROM release_candidates)`
  db.exec(`
    CREATE TEMP TABLE IF NOT EXISTS release_candidates(asset_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
    CREATE TEMP TRIGGER IF NOT EXISTS candidate_kept AFTER UPDATE OF space, deleted_at, sha256 ON main.assets
      WHEN NEW.space = 'library' AND NEW.deleted_at IS NULL BEGIN ${note('NEW.id')}; END;
    CREATE TEMP TRIGGER IF NOT EXISTS candidate_stored AFTER INSERT ON main.remote_objects
      WHEN NEW.kind = 'original' BEGIN ${note('NEW.asset_id')}; END;
    CREATE TEMP TRIGGER IF NOT EXISTS candidate_replaced AFTER UPDATE OF sha256 ON main.remote_objects
      WHEN NEW.kind = 'original' BEGIN ${note('NEW.asset_id')}; END;
  `)
  const ofAll = db
    .prepare(
      `SELECT DISTINCT h.asset_id FROM held_operations h CROSS JOIN assets a ON a.id = h.asset_id
       WHERE h.remote_id = :remote AND ${READY} LIMIT :limit`,
    )
    .pluck()
  const ofCandidates = db
    .prepare(
      `SELECT c.asset_id FROM temp.release_candidates c CROSS JOIN assets a ON a.id = c.asset_id
       WHERE EXISTS (SELECT 1 FROM held_operations h WHERE h.remote_id = :remote AND h.asset_id = c.asset_id) AND ${READY}
       LIMIT :limit`,
    )
    .pluck()
  const forget = db.prepare('DELETE FROM temp.release_candidates')
  const keep = db.prepare('INSERT OR IGNORE INTO temp.release_candidates(asset_id) VALUES (?)')
  /** The remote for which all that is held was looked through. */
  let through: RemoteId | null = null

  return {
    find(remote, limit) {
      const isThrough = through === remote
      const found = (isThrough ? ofCandidates : ofAll).all({ remote, limit }) as AssetId[]
      if (found.length < limit) {
        // What is found stays until it isn't held any more: nobody knows yet whether it can be told of.
        forget.run()
        for (const id of found) keep.run(id)
        through = remote
      }
      return found
    },
    reset() {
      through = null
    },
  }
}
