import { assetTypeSchema } from '../../../../shared/domain/asset.ts'
import { UNSORTED_NAME } from '../../../../shared/domain/collection.ts'
import type { FacetKind, Facets, FacetValue } from '../../../../shared/domain/facet.ts'
import type { CollectionId } from '../../../../shared/domain/ids.ts'
import type { LibraryQuery } from '../../../../shared/domain/query.ts'
import type { Db } from '../database.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { LibraryReader } from './libraryReader.ts'
import { LinkColumn } from './linkColumn.ts'
import { FLAGS_END, said, viewFlags } from './rowFlags.ts'
import { ValueColumn } from './valueColumn.ts'

export interface FacetRequest {
  readonly query: LibraryQuery
  readonly kinds: readonly FacetKind[]
  /** Values of each kind at most. */
  readonly limit: number
  /** Milliseconds since the Unix epoch. */
  readonly now: number
}

/** What is kept for each row beside its flags, which tell its type and rating. */
type ColumnKind = Exclude<FacetKind, 'tag' | 'collection' | 'type' | 'rating'>

const expressions: Readonly<Record<ColumnKind, string>> = {
  model: 'model_used',
  generator: 'generator',
  year: 'coalesce(captured_at, created_at)',
  label: 'color_label',
  extension: 'extension',
}
/** Rows read between two looks at whether to go on. */
const STEP = 8192
const KEPT_ANSWERS = 16

/** Counts how many results of a query have each tag, type, rating …, from columns that it keeps in memory. */
export class FacetCounter {
  readonly #db: Db
  readonly #reader: LibraryReader
  readonly #unsorted: CollectionId
  /** Those that have been asked for. */
  readonly #values = new Map<ColumnKind, ValueColumn>()
  readonly #tags: LinkColumn
  readonly #collections: LinkColumn
  readonly #stale = new Set<number>()
  /** Answers at the present revision. */
  readonly #kept = new Map<string, Facets>()
  #keptRevision = -1

  constructor(db: Db, reader: LibraryReader, unsorted: CollectionId) {
    this.#db = db
    this.#reader = reader
    this.#unsorted = unsorted
    this.#tags = new LinkColumn(db, 'asset_tags')
    this.#collections = new LinkColumn(db, 'collection_assets')
  }

  /** These rows have changed. */
  changed(rows: readonly number[]): void {
    for (const row of rows) this.#stale.add(row)
  }

  /**
   * The facets of a query, on one snapshot.
   * @throws as `LibraryReader.vector`
   */
  facets(request: FacetRequest, checkpoint: Checkpoint): Facets {
    return this.#reader.inSnapshot((revision) => {
      if (this.#keptRevision !== revision) this.#kept.clear()
      this.#keptRevision = revision
      const minute = Math.floor(request.now / 60_000)
      const key = JSON.stringify([request.query, request.kinds, request.limit, minute])
      const known = this.#kept.get(key)
      if (known !== undefined) return known
      const rows = this.#reader.members(request.query, request.now, checkpoint)
      this.#upToDate(request.kinds, checkpoint)
      const facets = {
        revision,
        total: rows.length,
        facets: request.kinds.map((kind) => this.#count(kind, rows, request.limit, checkpoint)),
      }
      this.#kept.set(key, facets)
      for (const oldest of this.#kept.keys()) {
        if (this.#kept.size <= KEPT_ANSWERS) break
        this.#kept.delete(oldest)
      }
      return facets
    })
  }

  /** How many of these rows have each tag, and each collection, themselves. Only inside of `inSnapshot`. */
  links(rows: Int32Array, checkpoint: Checkpoint): Record<'tags' | 'collections', ReadonlyMap<string, number>> {
    this.#upToDate(['tag', 'collection'], checkpoint)
    const none = new Map<string, readonly string[]>()
    return {
      tags: this.#tags.count(rows, none, checkpoint),
      collections: this.#collections.count(rows, none, checkpoint),
    }
  }

  #count(kind: FacetKind, rows: Int32Array, limit: number, checkpoint: Checkpoint): Facets['facets'][number] {
    checkpoint()
    const values = this.#valuesOf(kind, rows, checkpoint)
    values.sort(
      (a, b) => b.count - a.count || (a.name < b.name ? -1 : a.name > b.name ? 1 : a.value < b.value ? -1 : 1),
    )
    return { kind, values: values.slice(0, limit), more: Math.max(0, values.length - limit) }
  }

  #valuesOf(kind: FacetKind, rows: Int32Array, checkpoint: Checkpoint): FacetValue[] {
    switch (kind) {
      case 'tag':
        return this.#named(this.#tags.count(rows, this.#above('tag_tree'), checkpoint), 'tags')
      case 'collection':
        return this.#collectionValues(rows, checkpoint)
      case 'type':
      case 'rating':
        return unnamed(countFlags(kind, rows, this.#reader.columns.flags))
      default:
        return unnamed(this.#values.get(kind)?.count(rows) ?? new Map())
    }
  }

  #collectionValues(rows: Int32Array, checkpoint: Checkpoint): FacetValue[] {
    const values = this.#named(this.#collections.count(rows, this.#above('collection_tree'), checkpoint), 'collections')
    const flags = viewFlags({ kind: 'collection', collectionId: this.#unsorted }, this.#unsorted)
    let unsorted = 0
    if (flags !== null) for (const row of rows) if (this.#reader.columns.matches(row, flags)) unsorted++
    if (unsorted > 0) values.push({ value: this.#unsorted, name: UNSORTED_NAME, count: unsorted })
    return values
  }

  /** What is above each tag or collection. */
  #above(table: 'tag_tree' | 'collection_tree'): ReadonlyMap<string, readonly string[]> {
    const above = new Map<string, string[]>()
    const pairs = this.#db.prepare(`SELECT id, ancestor_id FROM ${table}`).raw().all() as [string, string][]
    for (const [id, ancestor] of pairs) {
      const known = above.get(id)
      if (known === undefined) above.set(id, [ancestor])
      else known.push(ancestor)
    }
    return above
  }

  #named(counts: ReadonlyMap<string, number>, table: 'tags' | 'collections'): FacetValue[] {
    const name = this.#db.prepare(`SELECT name FROM ${table} WHERE id = ? AND deleted_at IS NULL`).pluck()
    const values: FacetValue[] = []
    for (const [id, count] of counts) {
      const found = name.get(id)
      if (typeof found === 'string') values.push({ value: id, name: found, count })
    }
    return values
  }

  #upToDate(kinds: readonly FacetKind[], checkpoint: Checkpoint): void {
    const rows = [...this.#stale]
    if (rows.length > 0) this.#refresh(rows)
    this.#tags.refresh(rows)
    this.#collections.refresh(rows)
    this.#stale.clear()
    for (const kind of kinds) {
      if (kind === 'tag') this.#tags.load(checkpoint)
      else if (kind === 'collection') this.#collections.load(checkpoint)
      else if (isColumn(kind) && !this.#values.has(kind)) this.#values.set(kind, this.#load(kind, checkpoint))
    }
  }

  /** Which rows there are is known, so that only their values need to be read. */
  #load(kind: ColumnKind, checkpoint: Checkpoint): ValueColumn {
    const { flags, end } = this.#reader.columns
    const column = new ValueColumn()
    column.reserve(end)
    const textOf = textsOf(kind)
    const read = this.#db
      .prepare(
        `SELECT ${expressions[kind]} FROM assets INDEXED BY assets_columns WHERE row_id BETWEEN ? AND ? ORDER BY row_id`,
      )
      .pluck()
    for (let from = 1; from < end; from += STEP) {
      const values = read.all(from, from + STEP - 1) as (string | number | null)[]
      let at = 0
      for (let row = from; row < Math.min(end, from + STEP); row++) {
        if (flags[row] !== 0) column.set(row, textOf(values[at++] ?? null))
      }
      if (at !== values.length) throw new Error('The columns are those of another snapshot.')
      checkpoint()
    }
    return column
  }

  #refresh(rows: readonly number[]): void {
    for (const [kind, column] of this.#values) {
      column.reserve(this.#reader.columns.end)
      const read = this.#db.prepare(`SELECT ${expressions[kind]} FROM assets WHERE row_id = ?`).pluck()
      const textOf = textsOf(kind)
      for (const row of rows) {
        const value = read.get(row) as string | number | null | undefined
        if (value !== undefined) column.set(row, textOf(value))
      }
    }
  }
}

function isColumn(kind: FacetKind): kind is ColumnKind {
  return Object.hasOwn(expressions, kind)
}

function unnamed(counts: ReadonlyMap<string, number>): FacetValue[] {
  return [...counts].map(([value, count]) => ({ value, name: value, count }))
}

/** How many rows have each type or rating, by what their flags say. */
function countFlags(kind: 'type' | 'rating', rows: Int32Array, flags: Uint16Array): Map<string, number> {
  const counts = new Float64Array(FLAGS_END)
  for (let i = 0; i < rows.length; i++) {
    const of = flags[rows[i] ?? 0] ?? 0
    counts[of] = (counts[of] ?? 0) + 1
  }
  const found = new Map<string, number>()
  for (const [of, count] of counts.entries()) {
    if (count === 0) continue
    const text =
      kind === 'rating' ? String(said.rating(of)) : assetTypeSchema.options.find((type) => said.ofType(of, type))
    if (text !== undefined) found.set(text, (found.get(text) ?? 0) + count)
  }
  return found
}

/** What a column's value is called: a time is in a year, of the place where this runs. */
function textsOf(kind: ColumnKind): (value: string | number | null) => string | null {
  if (kind !== 'year') return (value) => (value === null ? null : String(value))
  /** The year that was told last: most follow one of the same. */
  let from = 0
  let to = 0
  let name = ''
  return (value) => {
    const time = Number(value)
    if (time < from || time >= to) {
      const year = new Date(time).getFullYear()
      name = String(year)
      from = beginOf(year)
      to = beginOf(year + 1)
    }
    return name
  }
}

/** Of years before 100 too, which the constructor takes for those of the last century. */
function beginOf(year: number): number {
  return new Date(2000, 0, 1).setFullYear(year)
}
