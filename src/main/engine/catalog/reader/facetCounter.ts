import { UNSORTED_NAME } from '../../../../shared/domain/collection.ts'
import type { FacetKind, Facets, FacetValue } from '../../../../shared/domain/facet.ts'
import { facetKinds } from '../../../../shared/domain/facet.ts'
import type { CollectionId } from '../../../../shared/domain/ids.ts'
import type { LibraryQuery } from '../../../../shared/domain/query.ts'
import type { Db } from '../database.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { LibraryReader } from './libraryReader.ts'
import { LinkColumn } from './linkColumn.ts'
import { viewFlags } from './rowFlags.ts'
import { ValueColumn } from './valueColumn.ts'

export interface FacetRequest {
  readonly query: LibraryQuery
  readonly kinds: readonly FacetKind[]
  /** Values of each kind at most. */
  readonly limit: number
  /** Milliseconds since the Unix epoch. */
  readonly now: number
}

type ColumnKind = Exclude<FacetKind, 'tag' | 'collection'>

const expressions: Readonly<Record<ColumnKind, string>> = {
  type: 'asset_type',
  model: 'model_used',
  generator: 'generator',
  year: 'coalesce(captured_at, created_at)',
  rating: 'CAST(rating AS TEXT)',
  label: 'color_label',
  extension: 'extension',
}
const columnKinds = facetKinds.filter((kind) => kind !== 'tag' && kind !== 'collection')
const COLUMNS = columnKinds.map((kind) => expressions[kind]).join(', ')
const CHECK_EVERY = 4096
const KEPT_ANSWERS = 16

/** Counts how many results of a query have each tag, type, rating …, from columns that it keeps in memory. */
export class FacetCounter {
  readonly #db: Db
  readonly #reader: LibraryReader
  readonly #unsorted: CollectionId
  readonly #values: Readonly<Record<ColumnKind, ValueColumn>>
  readonly #tags: LinkColumn
  readonly #collections: LinkColumn
  readonly #stale = new Set<number>()
  /** Answers at the present revision. */
  readonly #kept = new Map<string, Facets>()
  #keptRevision = -1
  #loaded = false

  constructor(db: Db, reader: LibraryReader, unsorted: CollectionId) {
    this.#db = db
    this.#reader = reader
    this.#unsorted = unsorted
    this.#values = Object.fromEntries(columnKinds.map((kind) => [kind, new ValueColumn()])) as Record<
      ColumnKind,
      ValueColumn
    >
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

  #count(kind: FacetKind, rows: Int32Array, limit: number, checkpoint: Checkpoint): Facets['facets'][number] {
    checkpoint()
    const values =
      kind === 'tag'
        ? this.#named(this.#tags.count(rows, this.#above('tag_tree'), checkpoint), 'tags')
        : kind === 'collection'
          ? this.#collectionValues(rows, checkpoint)
          : [...this.#values[kind].count(rows)].map(([value, count]) => ({ value, name: value, count }))
    values.sort(
      (a, b) => b.count - a.count || (a.name < b.name ? -1 : a.name > b.name ? 1 : a.value < b.value ? -1 : 1),
    )
    return { kind, values: values.slice(0, limit), more: Math.max(0, values.length - limit) }
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
    if (!this.#loaded) this.#load(checkpoint)
    else if (rows.length > 0) this.#refresh(rows)
    this.#tags.refresh(rows)
    this.#collections.refresh(rows)
    this.#stale.clear()
    if (kinds.includes('tag')) this.#tags.load(checkpoint)
    if (kinds.includes('collection')) this.#collections.load(checkpoint)
  }

  #load(checkpoint: Checkpoint): void {
    for (const kind of columnKinds) this.#values[kind].reserve(this.#reader.columns.end)
    const rows = this.#db
      .prepare(`SELECT row_id, ${COLUMNS} FROM assets INDEXED BY assets_columns WHERE row_id > 0`)
      .raw()
    let done = 0
    for (const row of rows.iterate() as IterableIterator<(string | number | null)[]>) {
      this.#set(row)
      if (++done % CHECK_EVERY === 0) checkpoint()
    }
    this.#loaded = true
  }

  #refresh(rows: readonly number[]): void {
    for (const kind of columnKinds) this.#values[kind].reserve(this.#reader.columns.end)
    const read = this.#db.prepare(`SELECT row_id, ${COLUMNS} FROM assets WHERE row_id = ?`).raw()
    for (const row of rows) {
      const found = read.get(row) as (string | number | null)[] | undefined
      if (found !== undefined) this.#set(found)
    }
  }

  #set(row: readonly (string | number | null)[]): void {
    const rowId = Number(row[0])
    for (const [index, kind] of columnKinds.entries()) {
      const value = row[index + 1] ?? null
      const text = kind === 'year' ? new Date(Number(value)).getFullYear() : value
      this.#values[kind].set(rowId, text === null ? null : String(text))
    }
  }
}
