import type { Db } from '../database.ts'
import { type SortColumn, sortExpressions } from '../query/compileQuery.ts'
import type { Checkpoint } from './checkpoint.ts'

/** Texts of which a library has few different ones. */
export type RankedField = Extract<SortColumn, 'asset_type' | 'model_used'>

const STEP = 4096

export function isRanked(field: string): field is RankedField {
  return field === 'asset_type' || field === 'model_used'
}

/** The places of few different texts in their order (`NOCASE` where the catalogue orders so): the sort key of a row is that of its text. */
export class Ranks {
  readonly #db: Db
  readonly #field: RankedField
  readonly #ranks: ReadonlyMap<string, number>

  private constructor(db: Db, field: RankedField, ranks: ReadonlyMap<string, number>) {
    this.#db = db
    this.#field = field
    this.#ranks = ranks
  }

  /** Writes the sort keys of all rows of the snapshot into `keys`, by row. */
  static read(db: Db, field: RankedField, keys: Float64Array, checkpoint: Checkpoint): Ranks {
    const read = db
      .prepare(`SELECT row_id, ${plain(field)} FROM assets INDEXED BY assets_columns WHERE row_id > ? LIMIT ${STEP}`)
      .raw()
    const numbers = new Map<string, number>()
    for (let last: number | undefined = 0; last !== undefined; ) {
      const rows = read.all(last) as [number, string][]
      for (const [row, text] of rows) {
        const number = numbers.get(text) ?? numbers.size
        if (number === numbers.size) numbers.set(text, number)
        keys[row] = number
      }
      last = rows.at(-1)?.[0]
      checkpoint()
    }
    const ranks = ranksOf(field, numbers.keys())
    const byNumber = Float64Array.from(numbers.keys(), (text) => ranks.get(folded(field, text)) ?? 0)
    for (let row = 0; row < keys.length; row++) keys[row] = byNumber[keys[row] ?? 0] ?? 0
    return new Ranks(db, field, ranks)
  }

  /** Reads these rows again; false when one has a text that has no place yet. */
  refresh(keys: Float64Array, rows: readonly number[]): boolean {
    const read = this.#db.prepare(`SELECT ${plain(this.#field)} FROM assets WHERE row_id = ?`).pluck()
    for (const row of rows) {
      const text = read.get(row)
      if (typeof text !== 'string' || row >= keys.length) continue
      const rank = this.#ranks.get(folded(this.#field, text))
      if (rank === undefined) return false
      keys[row] = rank
    }
    return true
  }
}

function ranksOf(field: RankedField, texts: Iterable<string>): ReadonlyMap<string, number> {
  const different = [...new Set(Array.from(texts, (text) => folded(field, text)))]
  // The catalogue compares bytes of UTF-8; the units of UTF-16 would order some characters otherwise.
  const bytes = different.map((text) => ({ text, bytes: Buffer.from(text) })).sort((a, b) => a.bytes.compare(b.bytes))
  return new Map(bytes.map(({ text }, place) => [text, place + 1]))
}

/** Texts that the order takes for the same. */
function folded(field: RankedField, text: string): string {
  return sortExpressions[field].endsWith('NOCASE') ? text.replace(/[A-Z]+/g, (run) => run.toLowerCase()) : text
}

/** The text itself, without the collation that orders it. */
function plain(field: RankedField): string {
  return sortExpressions[field].replace(/ COLLATE NOCASE$/, '')
}
