import { UNSORTED_NAME } from '../../../shared/domain/collection.ts'
import type { CollectionId } from '../../../shared/domain/ids.ts'
import type { Usage } from '../../../shared/domain/storage.ts'
import type { Db } from './database.ts'

type Sum = { name: string; assets: number; bytes: number }
const LISTED = 100
const LARGEST = 20

/** The part that is always at hand: triggers keep it. What is in Trash counts only as `trash`. */
export function readTotals(db: Db): Pick<Usage, 'total' | 'bySpace' | 'byType' | 'trash'> {
  const rows = db
    .prepare('SELECT space, asset_type AS type, assets, bytes FROM asset_totals WHERE assets > 0')
    .all() as {
    space: string
    type: string
    assets: number
    bytes: number
  }[]
  const sum = (of: typeof rows) => ({
    assets: of.reduce((total, { assets }) => total + assets, 0),
    bytes: of.reduce((total, { bytes }) => total + bytes, 0),
  })
  const live = rows.filter(({ space }) => space !== 'trash')
  return {
    total: sum(live),
    trash: sum(rows.filter(({ space }) => space === 'trash')),
    bySpace: Object.fromEntries([...Map.groupBy(live, ({ space }) => space)].map(([space, of]) => [space, sum(of)])),
    byType: Object.fromEntries(
      [...Map.groupBy(live, ({ type }) => type)].map(([type, of]) => {
        const total = sum(of)
        return [type, { ...total, averageBytes: total.bytes / total.assets }]
      }),
    ),
  }
}

/** Bytes of every collection, "Unsorted" first. Looks at each membership once: a second for a million. */
export function readCollections(db: Db, unsorted: CollectionId): Usage['byCollection'] {
  const rest = db
    .prepare(
      "SELECT count(*) AS assets, total(file_size_bytes) AS bytes FROM assets WHERE space = 'library' AND deleted_at IS NULL AND membership_count = 0",
    )
    .get() as Sum
  const others = db
    .prepare(
      `SELECT c.id, c.name, coalesce(s.assets, 0) AS assets, coalesce(s.bytes, 0) AS bytes FROM collections c
       LEFT JOIN (SELECT x.collection_id, count(*) AS assets, total(a.file_size_bytes) AS bytes
         FROM collection_assets x CROSS JOIN assets a ON a.row_id = x.asset_row WHERE a.deleted_at IS NULL GROUP BY x.collection_id) s
       ON s.collection_id = c.id WHERE c.deleted_at IS NULL AND c.id <> ? ORDER BY c.position, c.name COLLATE NOCASE`,
    )
    .all(unsorted) as Usage['byCollection']
  return [{ id: unsorted, name: UNSORTED_NAME, assets: rest.assets, bytes: rest.bytes }, ...others]
}

export function readRemotes(db: Db): Usage['byRemote'] {
  return db
    .prepare(
      `SELECT r.id, r.name, coalesce(t.objects, 0) AS objects, coalesce(t.bytes, 0) AS bytes FROM remotes r
       LEFT JOIN remote_totals t ON t.remote_id = r.id ORDER BY r.created_at, r.id`,
    )
    .all() as Usage['byRemote']
}

/**
 * Everything that the storage view shows of the catalogue. Takes seconds for a million assets, from a few indexes: not
 * for the engine's own thread.
 */
export function readUsage(db: Db, unsorted: CollectionId): Usage {
  const by = (expression: string, rest: string): Sum[] =>
    db
      .prepare(
        `SELECT ${expression} AS name, count(*) AS assets, sum(file_size_bytes) AS bytes FROM assets INDEXED BY assets_columns
         WHERE deleted_at IS NULL ${rest}`,
      )
      .all() as Sum[]
  const largestFirst = `ORDER BY bytes DESC, name LIMIT ${LISTED}`
  return {
    ...readTotals(db),
    byCollection: readCollections(db, unsorted),
    byRemote: readRemotes(db),
    byModel: by('model_used', `AND model_used IS NOT NULL GROUP BY model_used ${largestFirst}`),
    byGenerator: by('generator', `AND generator IS NOT NULL GROUP BY generator ${largestFirst}`),
    byYear: by("strftime('%Y', imported_at / 1000, 'unixepoch')", 'GROUP BY 1 ORDER BY name DESC'),
    largest: readLargest(db),
    duplicates: readDuplicates(db),
  }
}

function readLargest(db: Db): Usage['largest'] {
  // The rows first, from the index alone; then the few that are shown.
  return db
    .prepare(
      `SELECT a.row_id AS rowId, a.id, a.file_name, a.file_size_bytes AS bytes FROM (
         SELECT row_id FROM assets INDEXED BY assets_size WHERE deleted_at IS NULL
         ORDER BY file_size_bytes DESC, row_id LIMIT ${LARGEST}) top
       JOIN assets a ON a.row_id = top.row_id ORDER BY bytes DESC, rowId`,
    )
    .all() as Usage['largest']
}

/** Assets that share one stored file take no more than one. */
function readDuplicates(db: Db): Usage['duplicates'] {
  return db
    .prepare(
      `SELECT coalesce(sum(copies - 1), 0) AS assets, total(max(files - 1, 0) * bytes) AS bytes FROM (
         SELECT count(*) AS copies, count(DISTINCT iif(storage_path LIKE 'originals/%', storage_path, NULL)) AS files,
           max(file_size_bytes) AS bytes
         FROM assets WHERE deleted_at IS NULL AND sha256 IN (SELECT sha256 FROM assets GROUP BY sha256 HAVING count(*) > 1)
         GROUP BY sha256 HAVING count(*) > 1)`,
    )
    .get() as Usage['duplicates']
}
