import type { Db } from '../database.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { ReadLimits } from './readLimits.ts'
import type { RowColumns } from './rowColumns.ts'
import type { RowSource, SearchParts } from './searchParts.ts'

/** Up to so many rows in a library, what a source has is taken from SQLite at once: a quarter of the time, for up to 32 MB. */
const MOST_AT_ONCE = 4_000_000
const CHECK_EVERY = 4096

/** Row ids between two, both included. */
export interface RowSpan {
  readonly from: number
  readonly to: number
}

/** A snapshot: a connection in a transaction, and the columns up to date with it. */
export interface Snapshot {
  readonly db: Db
  readonly columns: RowColumns
  readonly checkpoint: Checkpoint
  readonly limits: ReadLimits
}

/** Rows that a search finds, ascending; with `span` only those between two row ids, in little more time than it has rows. */
export function findRows(snapshot: Snapshot, parts: SearchParts, span: RowSpan | null = null): Int32Array<ArrayBuffer> {
  const { columns } = snapshot
  const { from, to } = span ?? { from: 1, to: columns.end - 1 }
  if (parts.sources.length === 0) return collect(columns, parts, from, to)
  const wanted = parts.sources.filter(({ not }) => !not)
  // How many of the sources agree on each row.
  const agreed = new Uint16Array(Math.max(0, to - from + 1))
  for (const [index, source] of wanted.entries()) {
    each(snapshot, source, span, (row) => {
      if (agreed[row - from] === index) agreed[row - from] = index + 1
    })
  }
  for (const source of parts.sources) {
    if (!source.not) continue
    each(snapshot, source, span, (row) => {
      agreed[row - from] = 0xffff
    })
  }
  return collect(columns, parts, from, to, agreed, wanted.length)
}

/**
 * Rows that a search finds, ascending, when one of its sources has few: the others are then asked only for what lies where
 * these do. Null when all have many.
 */
export function findFew(snapshot: Snapshot, parts: SearchParts): Int32Array<ArrayBuffer> | null {
  for (const source of parts.sources) {
    if (source.not) continue
    snapshot.checkpoint()
    const rows = snapshot.db
      .prepare(`SELECT * FROM (${source.sql}) LIMIT ${snapshot.limits.few + 1}`)
      .pluck()
      .all(...source.parameters) as number[]
    if (rows.length > snapshot.limits.few) continue
    const passes = inMemory(snapshot.columns, parts)
    const found = Int32Array.from(new Set(rows)).filter(passes).sort()
    const others = parts.sources.filter((other) => other !== source)
    const [first, last] = [found[0], found.at(-1)]
    if (others.length === 0 || first === undefined || last === undefined) return found
    const isFound = new Uint8Array(last - first + 1)
    for (const row of findRows(snapshot, { ...parts, sources: others }, { from: first, to: last }))
      isFound[row - first] = 1
    return found.filter((row) => isFound[row - first] === 1)
  }
  return null
}

/** Those of some rows, in their order, that a search finds, each looked for by itself. The sources are `seekable`. */
export function probeRows({ db, columns }: Snapshot, parts: SearchParts, rows: Int32Array): Int32Array<ArrayBuffer> {
  let found = Int32Array.from(rows.filter(inMemory(columns, parts)))
  for (const { not, sql, parameters } of parts.sources) {
    const has = db
      .prepare(`WITH found(row) AS (${sql}) SELECT f.row FROM json_each(?) j CROSS JOIN found f ON f.row = j.value`)
      .pluck()
    const those = new Set(has.all(...parameters, JSON.stringify([...found])) as number[])
    found = found.filter((row) => those.has(row) !== not)
  }
  return found
}

/** Whether what is in memory of a row lets it pass; what the sources say is not looked at. */
export function inMemory({ flags, usual }: RowColumns, { test, imported }: SearchParts): (row: number) => boolean {
  return (row) => {
    const at = usual[row] ?? 0
    return test[flags[row] ?? 0] === 1 && at >= imported.from && at <= imported.to
  }
}

/** The loop that a million rows go through. */
function collect(
  { flags, usual }: RowColumns,
  { test, imported }: SearchParts,
  from: number,
  to: number,
  agreed: Uint16Array | null = null,
  wanted = 0,
): Int32Array<ArrayBuffer> {
  const anyTime = imported.from === Number.NEGATIVE_INFINITY && imported.to === Number.POSITIVE_INFINITY
  let rows = new Int32Array(1024)
  let count = 0
  for (let row = Math.max(1, from); row <= to; row++) {
    if (agreed !== null && agreed[row - from] !== wanted) continue
    if (test[flags[row] ?? 0] !== 1) continue
    if (!anyTime) {
      const at = usual[row] ?? 0
      if (at < imported.from || at > imported.to) continue
    }
    if (count === rows.length) {
      const larger = new Int32Array(count * 2)
      larger.set(rows)
      rows = larger
    }
    rows[count++] = row
  }
  return rows.slice(0, count)
}

function each(
  { db, columns, checkpoint }: Snapshot,
  { sql, parameters }: RowSource,
  span: RowSpan | null,
  visit: (row: number) => void,
): void {
  checkpoint()
  const statement = db
    .prepare(span === null ? sql : `WITH found(row) AS (${sql}) SELECT row FROM found WHERE row BETWEEN ? AND ?`)
    .pluck()
  const values = span === null ? parameters : [...parameters, span.from, span.to]
  if (columns.end <= MOST_AT_ONCE) {
    const rows = statement.all(...values) as number[]
    for (let at = 0; at < rows.length; at++) visit(rows[at] ?? 0)
    return
  }
  let looked = 0
  for (const row of statement.iterate(...values) as IterableIterator<number>) {
    visit(row)
    if (++looked % CHECK_EVERY === 0) checkpoint()
  }
}
