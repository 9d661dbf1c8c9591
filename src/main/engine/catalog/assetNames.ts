import type { Db } from './database.ts'
import { sortExpressions } from './query/compileQuery.ts'

/** Comes after everything that continues a prefix. */
const LAST = '\u{10ffff}'

export interface AssetNames {
  /** Rows whose title (or file name, when they have none) begins with a prefix, in any capitals; at most `limit`, by title. */
  beginningWith(prefix: string, limit: number): number[]
  /** The first of some rows whose title begins with a prefix. */
  firstAmong(rowIds: Int32Array, prefix: string): number | null
}

/** Finds assets by the beginning of their titles, in the index of titles. */
export function assetNames(db: Db): AssetNames {
  const title = sortExpressions.custom_title
  const inRange = `${title} >= ? AND ${title} < ?`
  const all = db.prepare(`SELECT row_id FROM assets WHERE ${inRange} ORDER BY ${title} LIMIT ?`).pluck()
  const one = db.prepare(`SELECT 1 FROM assets WHERE row_id = ? AND ${inRange}`).pluck()
  return {
    beginningWith: (prefix, limit) => all.all(prefix, prefix + LAST, limit) as number[],
    firstAmong: (rowIds, prefix) => rowIds.find((row) => one.get(row, prefix, prefix + LAST) === 1) ?? null,
  }
}
