import type { Db } from '../database.ts'
import type { Checkpoint } from './checkpoint.ts'

/** Changed rows up to which they are kept beside the packed ones; then all are read again. */
const KEPT_BESIDE = 50_000

/**
 * Which tags (or collections) each row has, by number: the numbers of all rows one after the other, and where each row's
 * begin. Rows that change later stand beside these.
 */
export class LinkColumn {
  readonly #db: Db
  readonly #table: string
  readonly #owner: string
  readonly #owners: string
  readonly #numbers = new Map<string, number>()
  readonly #beside = new Map<number, Int32Array>()
  #starts = new Int32Array(1)
  #linked = new Int32Array()
  #loaded = false

  /** @param table a table of links with `asset_row`, and `owner`, the column that names the other side */
  constructor(db: Db, table: 'asset_tags' | 'collection_assets') {
    this.#db = db
    this.#table = table
    this.#owner = table === 'asset_tags' ? 'tag_id' : 'collection_id'
    this.#owners = table === 'asset_tags' ? 'tags' : 'collections'
  }

  /** Reads all links of the snapshot, unless that has been done. */
  load(checkpoint: Checkpoint): void {
    if (this.#loaded) return
    const highest = Number(this.#db.prepare(`SELECT coalesce(max(asset_row), 0) FROM ${this.#table}`).pluck().get())
    const starts = new Int32Array(highest + 2)
    // By tag: a million links of ten thousand tags are then ten thousand names, and all else are numbers.
    const owners = this.#db.prepare(`SELECT id FROM ${this.#owners}`).pluck().all() as string[]
    const linked = this.#db.prepare(`SELECT asset_row FROM ${this.#table} WHERE ${this.#owner} = ?`).pluck()
    const rowsOf = owners.map((owner) => {
      checkpoint()
      const rows = Int32Array.from(linked.all(owner) as number[])
      for (const row of rows) starts[row + 1] = (starts[row + 1] ?? 0) + 1
      return rows
    })
    for (let row = 0; row <= highest; row++) starts[row + 1] = (starts[row + 1] ?? 0) + (starts[row] ?? 0)
    const filled = starts.slice()
    const numbers = new Int32Array(starts[highest + 1] ?? 0)
    for (const [index, owner] of owners.entries()) {
      const number = this.#number(owner)
      for (const row of rowsOf[index] ?? []) {
        const at = filled[row] ?? 0
        numbers[at] = number
        filled[row] = at + 1
      }
    }
    this.#starts = starts
    this.#linked = numbers
    this.#beside.clear()
    this.#loaded = true
  }

  /** Reads the links of these rows again. */
  refresh(rows: readonly number[]): void {
    if (!this.#loaded) return
    if (this.#beside.size + rows.length > KEPT_BESIDE) {
      this.#loaded = false
      return
    }
    const links = this.#db.prepare(`SELECT ${this.#owner} FROM ${this.#table} WHERE asset_row = ?`).pluck()
    for (const row of rows) {
      this.#beside.set(
        row,
        Int32Array.from(links.all(row) as string[], (owner) => this.#number(owner)),
      )
    }
  }

  /**
   * How many of these rows each tag (or collection) has, by id, each row counted once for all that is above its tags too;
   * those that have none are left out.
   * @param above what is above each, by id
   */
  count(rows: Int32Array, above: ReadonlyMap<string, readonly string[]>, checkpoint: Checkpoint): Map<string, number> {
    const over = new Map<number, readonly number[]>()
    for (const [owner, ancestors] of above) {
      over.set(
        this.#number(owner),
        ancestors.map((ancestor) => this.#number(ancestor)),
      )
    }
    const counts = new Float64Array(this.#numbers.size)
    /** The last row that was counted for each, plus one. */
    const seen = new Int32Array(this.#numbers.size)
    const addOne = (owner: number, turn: number) => {
      if (seen[owner] === turn) return
      seen[owner] = turn
      counts[owner] = (counts[owner] ?? 0) + 1
    }
    const add = (owner: number, turn: number) => {
      addOne(owner, turn)
      if (over.size > 0) for (const ancestor of over.get(owner) ?? []) addOne(ancestor, turn)
    }
    const starts = this.#starts
    const linked = this.#linked
    const anyBeside = this.#beside.size > 0
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] ?? 0
      if (i % 65_536 === 0) checkpoint()
      const beside = anyBeside ? this.#beside.get(row) : undefined
      if (beside !== undefined) {
        for (const owner of beside) add(owner, i + 1)
        continue
      }
      const end = starts[row + 1] ?? 0
      for (let at = starts[row] ?? end; at < end; at++) add(linked[at] ?? 0, i + 1)
    }
    const found = new Map<string, number>()
    for (const [owner, number] of this.#numbers) {
      const count = counts[number] ?? 0
      if (count > 0) found.set(owner, count)
    }
    return found
  }

  #number(owner: string): number {
    const known = this.#numbers.get(owner)
    if (known !== undefined) return known
    const number = this.#numbers.size
    this.#numbers.set(owner, number)
    return number
  }
}
