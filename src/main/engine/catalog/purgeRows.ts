import type { Statement } from './database.ts'
import { NOTE_ORIGINS } from './purgedOrigins.repository.ts'

/** SQL that is true for a path of a file that is the library's own. */
export const inOriginals = (path: string): string => `${path} LIKE 'originals/%'`

/** The files of an asset, its versions and its sidecars that are the library's own, and what is made of their bytes. */
const REMOVE_FILES = `INSERT OR IGNORE INTO file_removals(storage_path, sha256, at)
  WITH bytes(row, path, sha256) AS (
    SELECT a.row_id, a.storage_path, a.sha256 FROM temp.cell_set s CROSS JOIN assets a ON a.row_id = s.row
    UNION ALL SELECT v.asset_row, v.storage_path, v.sha256 FROM temp.cell_set s CROSS JOIN asset_versions v ON v.asset_row = s.row)
  SELECT path, sha256, :at FROM bytes WHERE ${inOriginals('path')}
  UNION ALL SELECT j.value ->> 'path', a.sha256, :at
    FROM temp.cell_set s CROSS JOIN assets a ON a.row_id = s.row
      CROSS JOIN json_each(iif(json_valid(a.sidecars), a.sidecars, '[]')) j
    WHERE ${inOriginals("j.value ->> 'path'")}
  UNION ALL SELECT 'cache/thumbs/' || substr(sha256, 1, 2) || '/' || sha256, sha256, :at FROM bytes`

/** What buckets hold of an asset, unless another one that stays has the same bytes, now or as an earlier version, there. */
const REMOVE_OBJECTS = `INSERT OR IGNORE INTO remote_removals(remote_id, key, sha256, at)
  SELECT o.remote_id, o.key, o.sha256, :at
  FROM remotes r CROSS JOIN temp.cell_set s CROSS JOIN remote_objects o ON o.remote_id = r.id AND o.asset_id = s.id
  WHERE NOT EXISTS (
    SELECT 1 FROM assets own CROSS JOIN assets a ON a.sha256 = own.sha256
      CROSS JOIN remote_objects other ON other.remote_id = o.remote_id AND other.asset_id = a.id AND other.key = o.key
    WHERE own.row_id = s.row AND a.row_id NOT IN (SELECT row FROM temp.cell_set))
  AND NOT EXISTS (
    SELECT 1 FROM (
        SELECT row_id FROM assets WHERE sha256 = o.sha256
        UNION SELECT asset_row FROM asset_versions WHERE sha256 = o.sha256 AND deleted_at IS NULL) x
      CROSS JOIN assets a ON a.row_id = x.row_id
      CROSS JOIN remote_objects other ON other.remote_id = o.remote_id AND other.asset_id = a.id AND other.key = o.key
    WHERE a.row_id NOT IN (SELECT row FROM temp.cell_set))`

const COUNTED =
  'SELECT a.row_id FROM temp.cell_set s CROSS JOIN assets a ON a.row_id = s.row WHERE a.deleted_at IS NULL'

const DELETE = [
  `DELETE FROM remote_objects WHERE remote_id IN (SELECT id FROM remotes) AND asset_id IN (SELECT id FROM temp.cell_set)`,
  `DELETE FROM queue WHERE kind IN ('media', 'poster') AND key IN (SELECT id FROM temp.cell_set)`,
  'DELETE FROM asset_search WHERE rowid IN (SELECT row FROM temp.cell_set)',
  // Triggers of links ask whether the asset counted, and can't once it is gone. What is in Trash does not count: its links
  // go with it, which is quicker.
  `DELETE FROM asset_tags INDEXED BY asset_tags_asset WHERE asset_row IN (${COUNTED})`,
  `DELETE FROM collection_assets INDEXED BY collection_assets_asset WHERE asset_row IN (${COUNTED})`,
  'DELETE FROM assets WHERE row_id IN (SELECT row FROM temp.cell_set)',
]

/**
 * Removes the assets that stand in `cell_set` for good; `at` in ms. A tombstone of each is left, and what is to be removed of
 * files and buckets: what of it is still used by others is found out by whoever removes it.
 */
export function purgeRows(get: (sql: string) => Statement, at: number): void {
  get('INSERT OR IGNORE INTO tombstones(asset_id, at, asset_row) SELECT id, :at, row FROM temp.cell_set').run({ at })
  get(NOTE_ORIGINS).run()
  get(REMOVE_FILES).run({ at })
  get(REMOVE_OBJECTS).run({ at })
  for (const sql of DELETE) get(sql).run()
}
