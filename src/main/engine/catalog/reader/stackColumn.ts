import type { Db } from '../database.ts'
import type { Checkpoint } from './checkpoint.ts'

const CHECK_EVERY = 4096
/** With more changed rows than this all are read again. */
const MOST_REFRESHED = 50_000

/** Which rows were made of the same prompt, by number; 0 for those without one. Read from an index that has no more. */
export class StackColumn {
  readonly #db: Db
  readonly #stale = new Set<number>()
  #numbers = new Int32Array()
  #last = 0
  #loaded = false

  constructor(db: Db) {
    this.#db = db
  }

  /** These rows have changed. */
  changed(rows: readonly number[]): void {
    if (!this.#loaded) return
    for (const row of rows) this.#stale.add(row)
    if (this.#stale.size > MOST_REFRESHED) this.#loaded = false
  }

  /** The number of each row's stack, in the order given. */
  of(rowIds: Int32Array, checkpoint: Checkpoint): Int32Array<ArrayBuffer> {
    if (this.#loaded) this.#refresh()
    else this.#load(checkpoint)
    const found = new Int32Array(rowIds.length)
    const numbers = this.#numbers
    for (let at = 0; at < found.length; at++) found[at] = numbers[rowIds[at] ?? 0] ?? 0
    return found
  }

  #load(checkpoint: Checkpoint): void {
    this.#numbers.fill(0)
    this.#last = 0
    this.#reserve()
    const rows = this.#db
      .prepare(
        'SELECT row_id, prompt_key FROM assets INDEXED BY assets_prompt_key WHERE prompt_key IS NOT NULL ORDER BY prompt_key',
      )
      .raw()
    let before: string | null = null
    let done = 0
    for (const [row, key] of rows.iterate() as IterableIterator<[number, string]>) {
      if (key !== before) this.#last++
      before = key
      this.#numbers[row] = this.#last
      if (++done % CHECK_EVERY === 0) checkpoint()
    }
    this.#stale.clear()
    this.#loaded = true
  }

  #refresh(): void {
    if (this.#stale.size === 0) return
    this.#reserve()
    const keyOf = this.#db.prepare('SELECT prompt_key FROM assets WHERE row_id = ?').pluck()
    const alike = this.#db.prepare('SELECT row_id FROM assets WHERE prompt_key = ?').pluck()
    // What these had may be of another prompt by now, so none of them tells the number of its stack before it has it again.
    for (const row of this.#stale) this.#numbers[row] = 0
    const known = new Map<string, number>()
    for (const row of this.#stale) {
      const key = keyOf.get(row)
      if (typeof key !== 'string') continue
      const number = known.get(key) ?? this.#knownOf(alike.iterate(key) as IterableIterator<number>) ?? ++this.#last
      known.set(key, number)
      this.#numbers[row] = number
    }
    this.#stale.clear()
  }

  /** The number that one of these rows has already. Those that have none yet are changed ones, which are few. */
  #knownOf(rows: IterableIterator<number>): number | undefined {
    for (const row of rows) {
      const number = this.#numbers[row] ?? 0
      if (number > 0) return number
    }
    return undefined
  }

  #reserve(): void {
    const end = Number(this.#db.prepare('SELECT coalesce(max(row_id), 0) FROM assets').pluck().get()) + 1
    if (end <= this.#numbers.length) return
    const larger = new Int32Array(Math.ceil(end * 1.1) + 1024)
    larger.set(this.#numbers)
    this.#numbers = larger
  }
}
