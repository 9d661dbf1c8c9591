import type { Db } from '../database.ts'
import type { Checkpoint } from './checkpoint.ts'

const STEP = 4096

/** Writes the places that assets have in a collection into `keys`, by row. Rows beyond its end are left out. */
export function readPlaces(db: Db, collectionId: string, keys: Float64Array, checkpoint: Checkpoint): void {
  const read = db.prepare('SELECT asset_row, position FROM collection_assets WHERE collection_id = ?').raw()
  let done = 0
  for (const [row, place] of read.iterate(collectionId) as IterableIterator<[number, number]>) {
    if (row < keys.length) keys[row] = place
    if (++done % STEP === 0) checkpoint()
  }
}

/** Reads the places of these rows again; one that is in the collection no more has none. */
export function refreshPlaces(db: Db, collectionId: string, keys: Float64Array, rows: readonly number[]): void {
  const read = db.prepare('SELECT position FROM collection_assets WHERE collection_id = ? AND asset_row = ?').pluck()
  for (const row of rows) if (row < keys.length) keys[row] = Number(read.get(collectionId, row) ?? 0)
}
