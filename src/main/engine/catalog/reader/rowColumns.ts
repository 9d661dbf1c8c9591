import type { CollectionId } from '../../../../shared/domain/ids.ts'
import type { Db } from '../database.ts'
import { type QueryOrder, type SortColumn, sortExpressions } from '../query/compileQuery.ts'
import type { Checkpoint } from './checkpoint.ts'
import { readPlaces, refreshPlaces } from './placeKeys.ts'
import { isRanked, type RankedField, Ranks } from './rankKeys.ts'
import { FLAGS, type FlagPattern, said } from './rowFlags.ts'

/** Row ids up to here have columns in memory: sixteen times the largest library that the program is made for. */
export const MOST_ROWS = 16_000_000
/** Sort fields whose keys are kept, besides the usual one. */
const KEYS_KEPT = 4
/** Rows read between two looks at whether to go on. */
const STEP = 8192
/** Distance of neighbours in an order of texts, so that others fit between them. */
const GAP = 2 ** 20
/** A text that comes between two others takes this part of the distance: most that come between are followed by more. */
const SHARE = 1 / 64
/** Rows that came between the same two texts and are passed over before the whole order is read again. */
const MOST_PASSED = 64

type TextField = 'file_name' | 'custom_title'

/**
 * What queries need of every row, by row id, in memory: a few bytes a row. Read once, from an index that holds little else,
 * and brought up to date row by row.
 */
export class RowColumns {
  readonly #db: Db
  #flags = new Uint16Array()
  #aspects = new Float32Array()
  /** Sort keys of a column, or of the places in a collection (by its id). Last used last. */
  readonly #keys = new Map<SortColumn | CollectionId, Float64Array>()
  readonly #ranks = new Map<RankedField, Ranks>()
  #end = 0
  /** Rows up to here have been read, of those up to `#last`. */
  #read = 0
  #last: number | null = null

  constructor(db: Db) {
    this.#db = db
  }

  get loaded(): boolean {
    return this.#read === this.#last
  }

  /** Whether reading has begun: from then on it must be told of rows that change. */
  get begun(): boolean {
    return this.#last !== null
  }

  /** What is said of each row, 0 where there is none. */
  get flags(): Uint16Array {
    return this.#flags
  }

  /** The keys of the usual order, `imported_at`. */
  get usual(): Float64Array {
    return this.#keys.get('imported_at') ?? new Float64Array()
  }

  get aspects(): Float32Array {
    return this.#aspects
  }

  /** One past the highest row id. */
  get end(): number {
    return this.#end
  }

  /**
   * Reads all rows of the snapshot, with the keys of the usual order. What `checkpoint` ends goes on where it was: `refresh`
   * is to be told, when all are read, of the rows that changed since it began.
   */
  load(checkpoint: Checkpoint): void {
    this.#last ??= this.#highest()
    this.#reserve(this.#last + 1)
    const usual = this.#keys.get('imported_at') ?? new Float64Array(this.#flags.length)
    this.#keys.set('imported_at', usual)
    const read = this.#db
      .prepare(
        `SELECT row_id, ${FLAGS}, aspect, ${sortExpressions.imported_at} FROM assets INDEXED BY assets_columns WHERE row_id BETWEEN ? AND ?`,
      )
      .raw()
    while (this.#read < this.#last) {
      const to = Math.min(this.#last, this.#read + STEP)
      const rows = read.all(this.#read + 1, to) as [number, number, number, number][]
      for (const [row, flags, aspect, key] of rows) {
        this.#flags[row] = flags
        this.#aspects[row] = aspect
        usual[row] = key
      }
      this.#read = to
      // What was read once is not read again: its pages need not stay.
      if (this.loaded) this.#db.pragma('shrink_memory')
      checkpoint()
    }
  }

  matches(row: number, { mask, value }: FlagPattern): boolean {
    return ((this.#flags[row] ?? 0) & mask) === value
  }

  /** The sort keys of an order by row, read when they are not there yet. */
  keysOf(order: QueryOrder, checkpoint: Checkpoint): Float64Array {
    const name = nameOf(order)
    const known = this.#keys.get(name)
    this.#keys.delete(name)
    const keys = known ?? this.#readKeys(order, checkpoint)
    this.#keys.set(name, keys)
    for (const other of this.#keys.keys()) {
      if (this.#keys.size <= KEYS_KEPT) break
      if (other !== 'imported_at') this.#keys.delete(other)
    }
    return keys
  }

  hasKeysOf(order: QueryOrder): boolean {
    return this.#keys.has(nameOf(order))
  }

  /** Reads these rows again. They are all that has changed since the columns were last up to date. */
  refresh(rows: readonly number[]): void {
    this.#reserve(this.#highest() + 1)
    const numbers = [...this.#keys.keys()]
      .filter((name) => isColumn(name))
      .filter((field) => !isText(field) && !isRanked(field))
    const read = this.#db
      .prepare(
        `SELECT row_id, ${[FLAGS, 'aspect', ...numbers.map((field) => sortExpressions[field])].join(', ')} FROM assets WHERE row_id = ?`,
      )
      .raw()
    for (const row of rows) {
      if (row >= this.#end) continue
      const found = read.get(row) as number[] | undefined
      this.#flags[row] = found?.[1] ?? 0
      if (found === undefined) continue
      this.#aspects[row] = found[2] ?? 1
      for (const [index, field] of numbers.entries()) {
        const keys = this.#keys.get(field)
        if (keys) keys[row] = found[index + 3] ?? 0
      }
    }
    for (const [name, keys] of this.#keys) {
      if (!isColumn(name)) refreshPlaces(this.#db, name, keys, rows)
      else if (
        isRanked(name) ? !this.#ranks.get(name)?.refresh(keys, rows) : isText(name) && !this.#moveTexts(name, rows)
      )
        this.#keys.delete(name)
    }
  }

  #highest(): number {
    return Number(this.#db.prepare('SELECT coalesce(max(row_id), 0) FROM assets').pluck().get())
  }

  #reserve(end: number): void {
    this.#end = Math.max(this.#end, end)
    if (end <= this.#flags.length) return
    const capacity = Math.ceil(end * 1.1) + 1024
    this.#flags = grown(this.#flags, new Uint16Array(capacity))
    this.#aspects = grown(this.#aspects, new Float32Array(capacity))
    for (const [field, keys] of this.#keys) this.#keys.set(field, grown(keys, new Float64Array(capacity)))
  }

  #readKeys(order: QueryOrder, checkpoint: Checkpoint): Float64Array {
    if (order.kind === 'column') {
      if (isRanked(order.field)) return this.#rankKeys(order.field, checkpoint)
      return isText(order.field) ? this.#textKeys(order.field, checkpoint) : this.#numberKeys(order.field, checkpoint)
    }
    const keys = new Float64Array(this.#flags.length)
    readPlaces(this.#db, order.collectionId, keys, checkpoint)
    return keys
  }

  #rankKeys(field: RankedField, checkpoint: Checkpoint): Float64Array {
    const keys = new Float64Array(this.#flags.length)
    this.#ranks.set(field, Ranks.read(this.#db, field, keys, checkpoint))
    return keys
  }

  /** Rows are known, so that only their values need to be read. */
  #numberKeys(field: SortColumn, checkpoint: Checkpoint): Float64Array {
    const flags = this.#flags
    const keys = new Float64Array(flags.length)
    if (field === 'rating') {
      for (let row = 1; row < this.#end; row++) keys[row] = said.rating(flags[row] ?? 0)
      return keys
    }
    const read = this.#db
      .prepare(
        `SELECT ${sortExpressions[field]} FROM assets INDEXED BY assets_columns WHERE row_id BETWEEN ? AND ? ORDER BY row_id`,
      )
      .pluck()
    for (let from = 1; from < this.#end; from += STEP) {
      const values = read.all(from, from + STEP - 1) as number[]
      let at = 0
      const end = Math.min(this.#end, from + STEP)
      for (let row = from; row < end; row++) if (flags[row] !== 0) keys[row] = values[at++] ?? 0
      if (at !== values.length) throw new Error('The columns are those of another snapshot.')
      checkpoint()
    }
    return keys
  }

  /** Texts are ordered by the database; the key of a row is its place in that order. */
  #textKeys(field: TextField, checkpoint: Checkpoint): Float64Array {
    const keys = new Float64Array(this.#flags.length)
    const read = this.#db.prepare(`SELECT row_id FROM assets ORDER BY ${sortExpressions[field]}, row_id`).pluck()
    const rows = read.all() as number[]
    checkpoint()
    for (let place = 0; place < rows.length; place++) keys[rows[place] ?? 0] = (place + 1) * GAP
    return keys
  }

  /** Gives changed rows their place among the texts of the others; false when there is no room for one of them. */
  #moveTexts(field: TextField, rows: readonly number[]): boolean {
    const keys = this.#keys.get(field)
    if (keys === undefined) return true
    const text = sortExpressions[field]
    const ordered = this.#db
      .prepare(
        `SELECT row_id, ${plain(text)} FROM assets WHERE row_id IN (SELECT value FROM json_each(?)) ORDER BY ${text}, row_id`,
      )
      .raw()
      .all(JSON.stringify(rows)) as [number, string][]
    const neighbour = (comparison: '<' | '>', direction: 'ASC' | 'DESC') => ({
      alike: this.#db
        .prepare(`SELECT row_id FROM assets WHERE ${text} = ? AND row_id ${comparison} ? ORDER BY row_id ${direction}`)
        .pluck(),
      other: this.#db
        .prepare(
          `SELECT row_id FROM assets WHERE ${text} ${comparison} ? ORDER BY ${text} ${direction}, row_id ${direction}`,
        )
        .pluck(),
    })
    const before = neighbour('<', 'DESC')
    const after = neighbour('>', 'ASC')
    const waiting = new Set(ordered.map(([row]) => row))
    for (const [row, value] of ordered) {
      waiting.delete(row)
      const previous = first(before.alike.iterate(value, row)) ?? first(before.other.iterate(value))
      const next = firstSettled([() => after.alike.iterate(value, row), () => after.other.iterate(value)], waiting)
      if (next === 'too many') return false
      const low = previous === undefined ? Number.NEGATIVE_INFINITY : (keys[previous] ?? 0)
      const high = next === undefined ? Number.POSITIVE_INFINITY : (keys[next] ?? 0)
      const own = keys[row] ?? 0
      if (own !== 0 && low < own && own < high) continue
      const place = between(low, high)
      if (!(low < place && place < high) || place === 0) return false
      keys[row] = place
    }
    return true
  }
}

function nameOf(order: QueryOrder): SortColumn | CollectionId {
  return order.kind === 'column' ? order.field : order.collectionId
}

function isColumn(name: SortColumn | CollectionId): name is SortColumn {
  return Object.hasOwn(sortExpressions, name)
}

function isText(field: SortColumn): field is TextField {
  return field === 'file_name' || field === 'custom_title'
}

/** The text itself, without the collation that orders it. */
function plain(expression: string): string {
  return expression.replace(/ COLLATE NOCASE$/, '')
}

function between(low: number, high: number): number {
  if (low === Number.NEGATIVE_INFINITY && high === Number.POSITIVE_INFINITY) return GAP
  if (high === Number.POSITIVE_INFINITY) return low + GAP
  if (low === Number.NEGATIVE_INFINITY) return high - GAP
  return low + (high - low) * SHARE
}

function first(rows: IterableIterator<unknown>): number | undefined {
  for (const row of rows) return row as number
  return undefined
}

function firstSettled(
  sources: readonly (() => IterableIterator<unknown>)[],
  waiting: ReadonlySet<number>,
): number | undefined | 'too many' {
  let passed = 0
  for (const source of sources) {
    for (const row of source() as IterableIterator<number>) {
      if (!waiting.has(row)) return row
      if (++passed > MOST_PASSED) return 'too many'
    }
  }
  return undefined
}

function grown<T extends Uint16Array | Float32Array | Float64Array>(before: T, after: T): T {
  after.set(before)
  return after
}
