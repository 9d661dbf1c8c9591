import type { ImportId } from '../../../shared/domain/ids.ts'
import type { Db } from './database.ts'
import type { ImportCounts } from './importRecords.ts'

/** Jobs that an import waits for; thumbnails that can wait are none. */
const awaited = (row: string): string =>
  `(${row}kind = 'media' AND ${row}run_at IS NOT NULL AND ${row}payload <> '"drawing"')`
const taken = (row: string): string => `${row}state IN ('imported', 'duplicate')`

/** Each count as a condition on an item. */
const conditions = (row: string): Readonly<Record<string, string>> => ({
  found: 'true',
  imported: `${row}state = 'imported'`,
  duplicates: `${row}state = 'duplicate'`,
  skipped: `${row}state = 'skipped' AND ${row}code <> 'sidecar'`,
  sidecars: `${row}state = 'skipped' AND ${row}code = 'sidecar'`,
  failed: `${row}state = 'failed'`,
  pending: `${row}state = 'pending'`,
  processing: `${taken(row)} AND EXISTS (SELECT 1 FROM queue q WHERE q.key = ${row}asset_id AND ${awaited('q.')})`,
})
const names = Object.keys(conditions(''))

/** What is to be added to every count when an item comes (`+ new`) or goes (`- old`). */
const changes = (terms: readonly (readonly ['+' | '-', string])[]): string =>
  [
    ...names.map((name) => [name, (row: string) => `ifnull(${conditions(row)[name]}, 0)`] as const),
    ['bytesFound', (row: string) => `${row}bytes`] as const,
  ]
    .map(([name, of]) => `${name} = ${name} ${terms.map(([sign, row]) => `${sign} (${of(row)})`).join(' ')}`)
    .join(', ')

/** Adds the items of an asset to `processing`, or takes them off, when what is awaited of it changes. */
const changeProcessing = (sign: '+' | '-', row: string): string =>
  `UPDATE import_counts SET processing = processing ${sign} (
     SELECT count(*) FROM import_items i WHERE i.asset_id = ${row}key AND i.import_id = import_counts.import_id AND ${taken('i.')})
   WHERE import_id IN (SELECT import_id FROM import_items WHERE asset_id = ${row}key);`

/**
 * The triggers keep what has been counted up to date in the transaction of each change, so that it is taken back with it. All
 * is temporary, of this connection, which is the only one that writes: after a crash it is counted anew.
 */
const schema = `
CREATE TEMP TABLE import_counts (
  import_id TEXT PRIMARY KEY,
  bytesFound INTEGER NOT NULL,
  ${names.map((name) => `${name} INTEGER NOT NULL`).join(', ')}
) STRICT, WITHOUT ROWID;
CREATE TEMP TRIGGER import_counts_item_added AFTER INSERT ON import_items BEGIN
  UPDATE import_counts SET ${changes([['+', 'new.']])} WHERE import_id = new.import_id;
END;
CREATE TEMP TRIGGER import_counts_item_changed AFTER UPDATE OF state, code, asset_id, bytes ON import_items BEGIN
  UPDATE import_counts SET ${changes([
    ['+', 'new.'],
    ['-', 'old.'],
  ])} WHERE import_id = new.import_id;
END;
CREATE TEMP TRIGGER import_counts_item_removed AFTER DELETE ON import_items BEGIN
  UPDATE import_counts SET ${changes([['-', 'old.']])} WHERE import_id = old.import_id;
END;
CREATE TEMP TRIGGER import_counts_job_added AFTER INSERT ON queue WHEN ${awaited('new.')} BEGIN
  ${changeProcessing('+', 'new.')}
END;
CREATE TEMP TRIGGER import_counts_job_awaited AFTER UPDATE OF payload, run_at ON queue WHEN ${awaited('new.')} AND NOT ${awaited('old.')} BEGIN
  ${changeProcessing('+', 'new.')}
END;
CREATE TEMP TRIGGER import_counts_job_let_go AFTER UPDATE OF payload, run_at ON queue WHEN ${awaited('old.')} AND NOT ${awaited('new.')} BEGIN
  ${changeProcessing('-', 'old.')}
END;
CREATE TEMP TRIGGER import_counts_job_removed AFTER DELETE ON queue WHEN ${awaited('old.')} BEGIN
  ${changeProcessing('-', 'old.')}
END;
`

/** Counts all items of an import. */
const counted = `SELECT ${names.map((name) => `total(${conditions('i.')[name]}) AS ${name}`).join(', ')}, total(bytes) AS bytesFound
  FROM import_items i WHERE import_id = ?`

/**
 * How many items of an import are in which state. Counted once; from then on a look at it costs the same however large
 * the import is. Zeros for an import that does not exist.
 */
export function importCounts(db: Db): (id: ImportId) => ImportCounts {
  // What REPLACE removes must be counted as removed.
  db.pragma('recursive_triggers = ON')
  db.exec(schema)
  const known = db.prepare(`SELECT ${names.join(', ')}, bytesFound FROM import_counts WHERE import_id = ?`)
  const count = db.prepare(counted)
  const save = db.prepare(
    `INSERT INTO import_counts(import_id, bytesFound, ${names.join(', ')}) VALUES (:id, :bytesFound, ${names.map((name) => `:${name}`).join(', ')})`,
  )
  return (id) => {
    const found = known.get(id) as ImportCounts | undefined
    if (found !== undefined) return found
    const counts = count.get(id) as ImportCounts
    save.run({ id, ...counts })
    return counts
  }
}
