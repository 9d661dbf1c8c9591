import type { Db } from '../../database.ts'

/** Tables whose rows a load finds by their keys alone. */
const TABLES = ['assets', 'asset_versions', 'asset_tags', 'collection_assets']
/** What these do for each link, `countLinks` does for all. Source: migrations 1 and 9. */
const TRIGGERS = ['asset_tags_added', 'asset_tags_counted', 'collection_assets_added', 'collection_assets_counted']

/**
 * Does what writes very many rows into empty tables without the indexes that nothing asks meanwhile, and makes these when it is
 * done: each is then sorted once, in place of a search of its place for every row. Links are counted once as well. Unique indexes
 * stay. `finish` finds links counted, and trees as they are. Throws what these throw; indexes and triggers are then missing.
 */
export function inBulk(db: Db, load: () => void, finish: () => void): void {
  const later = db
    .prepare(
      `SELECT type, name, sql FROM sqlite_master
       WHERE (type = 'index' AND sql NOT LIKE 'CREATE UNIQUE%' AND tbl_name IN (SELECT value FROM json_each(:tables)))
         OR (type = 'trigger' AND name IN (SELECT value FROM json_each(:triggers)))`,
    )
    .all({ tables: JSON.stringify(TABLES), triggers: JSON.stringify(TRIGGERS) }) as {
    readonly type: 'index' | 'trigger'
    readonly name: string
    readonly sql: string
  }[]
  db.transaction(() => {
    for (const { type, name } of later) db.exec(`DROP ${type} "${name}"`)
  }).immediate()
  load()
  db.transaction(() => {
    countLinks(db, 'asset_tags', 'tags', 'tag_id', 'tag_count')
    countLinks(db, 'collection_assets', 'collections', 'collection_id', 'membership_count')
    for (const { sql } of later) db.exec(sql)
  }).immediate()
  finish()
}

function countLinks(db: Db, links: string, owners: string, owner: string, ofAsset: string): void {
  db.exec(`
    UPDATE assets SET ${ofAsset} = x.n FROM (SELECT asset_row, count(*) AS n FROM ${links} GROUP BY asset_row) x
      WHERE assets.row_id = x.asset_row;
    UPDATE ${owners} SET asset_count = x.n, total_count = x.n FROM (
      SELECT l.${owner} AS id, count(*) AS n FROM ${links} l JOIN assets a ON a.row_id = l.asset_row
      WHERE a.deleted_at IS NULL GROUP BY l.${owner}) x WHERE ${owners}.id = x.id`)
}
