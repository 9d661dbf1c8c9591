import type { Arrange, Arrangement } from '../../../../shared/domain/arrangement.ts'
import type { CollectionId } from '../../../../shared/domain/ids.ts'
import type { LibraryQuery } from '../../../../shared/domain/query.ts'
import type { VectorPatch } from '../../../../shared/domain/vectorPatch.ts'
import type { Db } from '../database.ts'
import { compileQuery, orderOf, type SortColumn, sortExpressions } from '../query/compileQuery.ts'
import { arrangeAtOnce, arrangeRows, keysFromRows } from './arrangeRows.ts'
import type { Checkpoint } from './checkpoint.ts'
import { findFew, findRows, inMemory, type RowSpan, type Snapshot } from './findRows.ts'
import { type Beginning, beginningOf, firstFound, firstInOrder } from './firstParts.ts'
import { patchVector } from './patchVector.ts'
import { type ReadLimits, readLimits } from './readLimits.ts'
import { MOST_ROWS, RowColumns } from './rowColumns.ts'
import { viewFlags } from './rowFlags.ts'
import { contextOf, type SearchParts, searchParts } from './searchParts.ts'
import { firstRows, sortRows } from './sortRows.ts'
import { StackColumn } from './stackColumn.ts'

/** Rows of each further part, about 1 MB. */
const PART_ROWS = 131_072
/** Answers that are kept, and rows of all of them together (4 bytes each). */
const KEPT_ANSWERS = 12
const KEPT_ROWS = 3_000_000
/** Patches of one answer that a window may still be behind. */
const KEPT_PATCHES = 24
/** Changed rows up to which an answer is patched; with more it is made anew. */
const PATCHED_ROWS = 2000
const CHECK_EVERY = 1024
const indexedOrders: ReadonlySet<string> = new Set(['imported_at', 'file_name', 'custom_title'])
const MINUTE_MS = 60_000

export interface VectorRequest {
  readonly query: LibraryQuery
  /** Milliseconds since the Unix epoch; whole minutes count, so that answers keep for one. */
  readonly now: number
  /** Revision of the vector that the asker has of this query, null when it has none. */
  readonly since: number | null
  /** What is to be told of the vector beside its rows. */
  readonly arrange?: Arrange | undefined
}

/** A part of a vector, in its order. */
export interface VectorPart {
  readonly rowIds: Int32Array<ArrayBuffer>
  readonly aspects: Float32Array<ArrayBuffer>
  /** Of this part alone, with the first of several parts when it was asked for. */
  readonly arrangement?: Arrangement
}

export interface VectorAnswer {
  readonly revision: number
  readonly total: number
  /** What makes the asker's vector this one, in order; null when it came in parts. */
  readonly patches: readonly VectorPatch[] | null
  /** Of the whole vector; null when it was not asked for. */
  readonly arrangement: Arrangement | null
}

/** The snapshot is newer than the last change that the reader was told of: the message is on its way. */
export class BehindError extends Error {
  override readonly name = 'BehindError'
}

interface Kept {
  readonly structure: number
  /** False for an answer that depends on more than the rows themselves: names of tags, collections, jobs. */
  readonly plain: boolean
  revision: number
  rowIds: Int32Array<ArrayBuffer>
  patches: { readonly from: number; readonly to: number; readonly patch: VectorPatch | null }[]
}

/**
 * Answers queries from snapshots of a catalogue, on a connection that only reads. Not for the engine's own thread: one
 * call may take as long as a query takes. Whoever writes tells of each change; answers that were given are kept and
 * brought up to date with it.
 */
export class LibraryReader {
  readonly #db: Db
  readonly #unsorted: CollectionId
  readonly #limits: ReadLimits
  readonly columns: RowColumns
  readonly #stacks: StackColumn
  /** Last used last. */
  readonly #kept = new Map<string, Kept>()
  /** Of the search that was asked last. */
  #beginning: Beginning | null = null
  /** Rows that changed after the columns were read. */
  readonly #stale = new Set<number>()
  #log: { readonly revision: number; readonly rowIds: readonly number[] }[] = []
  /** Changes up to here are in the log, or were there when the reader began. */
  #known: number

  constructor(db: Db, unsorted: CollectionId, limits: ReadLimits = readLimits) {
    this.#db = db
    this.#unsorted = unsorted
    this.#limits = limits
    this.columns = new RowColumns(db)
    this.#stacks = new StackColumn(db)
    this.#known = this.#meta('revision')
  }

  /** A mutation was committed. Told of every one, in their order. */
  changed(revision: number, rowIds: readonly number[]): void {
    if (revision <= this.#known) return
    this.#known = revision
    this.#log.push({ revision, rowIds })
    while (this.#log.length > KEPT_PATCHES * 4) this.#log.shift()
    for (const row of rowIds) this.#stale.add(row)
    this.#stacks.changed(rowIds)
  }

  /**
   * Runs `work` on one snapshot, with its revision.
   * @throws {BehindError} when a change is on its way that the snapshot has already: try again in a moment
   */
  inSnapshot<T>(work: (revision: number) => T): T {
    this.#db.exec('BEGIN')
    try {
      const revision = this.#meta('revision')
      if (revision > this.#known) throw new BehindError('A change has not been told yet.')
      return work(revision)
    } finally {
      this.#db.exec('COMMIT')
    }
  }

  /**
   * The vector of a query: in parts through `emit`, the first one as early as possible, or as patches of what the asker has.
   * @throws {VitrineError} `invalid_request` for a text that is no search; what `checkpoint` throws; `BehindError`
   */
  vector(
    request: VectorRequest,
    emitAt: (part: VectorPart, revision: number) => void,
    checkpoint: Checkpoint,
  ): VectorAnswer {
    return this.inSnapshot((revision) => {
      const { query } = request
      let first = request.arrange !== undefined
      const emit = (part: VectorPart) => {
        const arrangement = first && part.rowIds.length > 0 ? this.#arrangeFirst(part.rowIds, request) : undefined
        first = false
        emitAt(arrangement === undefined ? part : { ...part, arrangement }, revision)
      }
      const now = wholeMinute(request.now)
      const compiled = compileQuery(query, this.#unsorted, now)
      const key = JSON.stringify([compiled.sql, compiled.parameters, query.sort])
      const kept = this.#current(key, query, now, revision, checkpoint)
      if (kept !== undefined) {
        const patches = request.since === null ? null : patchesSince(kept, request.since)
        if (patches === null) {
          this.#upToDate(checkpoint)
          this.#emitAll(kept.rowIds, 0, emit, checkpoint)
        }
        const arrangement = this.#arrange(kept.rowIds, request, checkpoint)
        return { revision, total: kept.rowIds.length, patches, arrangement }
      }
      const rowIds = this.#run(query, now, compiled, emit, checkpoint)
      this.#keep(key, query, revision, rowIds)
      const arrangement = this.#arrange(rowIds, request, checkpoint)
      return { revision, total: rowIds.length, patches: null, arrangement }
    })
  }

  #arrange(rowIds: Int32Array, { query, arrange }: VectorRequest, checkpoint: Checkpoint): Arrangement | null {
    if (arrange === undefined) return null
    const inMemory = this.#fits() && this.columns.loaded
    return arrangeRows(
      rowIds,
      query,
      this.#unsorted,
      arrange,
      (field) => {
        if (!inMemory || !isNumber(field)) return keysFromRows(this.#db, field)
        const keys = this.columns.keysOf({ kind: 'column', field }, checkpoint)
        return (row) => keys[row] ?? 0
      },
      (rows) => this.#stacks.of(rows, checkpoint),
    )
  }

  /** What is asked for of the first rows, before anything need be in memory. */
  #arrangeFirst(rowIds: Int32Array, { query, arrange }: VectorRequest): Arrangement | undefined {
    if (arrange === undefined) return undefined
    return arrangeAtOnce(this.#db, rowIds, query, this.#unsorted, arrange)
  }

  /** Rows that a query finds in this snapshot, ascending. Only inside of `inSnapshot`. */
  members(query: LibraryQuery, at: number, checkpoint: Checkpoint): Int32Array<ArrayBuffer> {
    this.#upToDate(checkpoint)
    return this.#find(this.#parts(query, wholeMinute(at)), checkpoint)
  }

  /** What is in memory of every row, as it is in this snapshot. Only inside of `inSnapshot`. */
  columnsNow(checkpoint: Checkpoint): RowColumns {
    this.#upToDate(checkpoint)
    return this.columns
  }

  /** Columns and the rows that changed since they were read. Only inside of `inSnapshot`. */
  #upToDate(checkpoint: Checkpoint): void {
    // What changed before it was read is read as it is now.
    if (!this.columns.begun) this.#stale.clear()
    this.columns.load(checkpoint)
    if (this.#stale.size > 0) {
      this.columns.refresh([...this.#stale])
      this.#beginning = null
    }
    this.#stale.clear()
  }

  #fits(): boolean {
    return Number(this.#db.prepare('SELECT coalesce(max(row_id), 0) FROM assets').pluck().get()) <= MOST_ROWS
  }

  #meta(key: string): number {
    return Number(this.#db.prepare('SELECT value FROM meta WHERE key = ?').pluck().get(key) ?? 0)
  }

  /** The answer that is kept, brought up to date; undefined when it must be made anew. */
  #current(key: string, query: LibraryQuery, now: number, revision: number, checkpoint: Checkpoint): Kept | undefined {
    const kept = this.#kept.get(key)
    if (kept === undefined) return undefined
    this.#kept.delete(key)
    if (!kept.plain && kept.structure !== this.#meta('structure')) return undefined
    if (kept.revision !== revision && !this.#patch(kept, query, now, revision, checkpoint)) return undefined
    this.#kept.set(key, kept)
    return kept
  }

  #patch(kept: Kept, query: LibraryQuery, now: number, revision: number, checkpoint: Checkpoint): boolean {
    const oldest = this.#log[0]?.revision ?? Number.POSITIVE_INFINITY
    if (oldest > kept.revision + 1) return false
    const changed = new Set<number>()
    for (const entry of this.#log) {
      if (entry.revision <= kept.revision) continue
      for (const row of entry.rowIds) changed.add(row)
      if (changed.size > PATCHED_ROWS) return false
    }
    this.#upToDate(checkpoint)
    const keys = this.columns.keysOf(orderOf(query, this.#unsorted), checkpoint)
    const found = this.#membersAmong(this.#parts(query, now), changed, checkpoint)
    const { direction } = query.sort
    const { aspects } = this.columns
    const { rowIds, patch } = patchVector(kept.rowIds, { changed, found, keys, aspects, direction })
    kept.patches = [...kept.patches, { from: kept.revision, to: revision, patch }].slice(-KEPT_PATCHES)
    kept.rowIds = rowIds
    kept.revision = revision
    return true
  }

  #run(
    query: LibraryQuery,
    now: number,
    compiled: ReturnType<typeof compileQuery>,
    emit: (part: VectorPart) => void,
    checkpoint: Checkpoint,
  ): Int32Array<ArrayBuffer> {
    const { direction } = query.sort
    const order = orderOf(query, this.#unsorted)
    if (!this.#fits()) return this.#stream(compiled, emit, checkpoint)
    const { columns } = this
    const hasKeys = columns.hasKeysOf(order)
    // While nothing is in memory yet, an index gives the first rows at once.
    let sent = columns.loaded ? 0 : this.#emitAhead(query, compiled, emit)
    this.#upToDate(checkpoint)
    const snapshot = this.#snapshot(checkpoint)
    const parts = this.#parts(query, now)
    const send = (rows: Int32Array): void => {
      if (sent > 0 || rows.length === 0) return
      emit(this.#part(rows))
      sent = rows.length
      checkpoint()
    }
    if (!hasKeys && sent === 0) send(firstInOrder(snapshot, parts, order, direction))
    const few = findFew(snapshot, parts)
    const keys = columns.keysOf(order, checkpoint)
    if (few === null && sent === 0) {
      this.#beginning = beginningOf(snapshot, parts, keys, direction, this.#beginning)
      if (this.#beginning !== null) send(firstFound(snapshot, parts, this.#beginning))
    }
    const members = few ?? findRows(snapshot, parts)
    if (members.length > this.#limits.firstPart * 4 && sent === 0)
      send(firstRows(members, keys, direction, this.#limits.firstPart))
    const rowIds = sortRows(members, keys, direction)
    if (sent < rowIds.length || rowIds.length === 0) this.#emitAll(rowIds, sent, emit, checkpoint)
    return rowIds
  }

  /** The first rows of a whole view whose order an index has; how many were sent. */
  #emitAhead(
    { view, text, sort }: LibraryQuery,
    { sql, parameters }: ReturnType<typeof compileQuery>,
    emit: (part: VectorPart) => void,
  ): number {
    if (text.trim() !== '' || viewFlags(view, this.#unsorted) === null || !indexedOrders.has(sort.field)) return 0
    const rows = this.#db
      .prepare(`${sql} LIMIT ${this.#limits.firstPart}`)
      .raw()
      .all(...parameters) as [number, number][]
    if (rows.length === 0) return 0
    emit({ rowIds: Int32Array.from(rows, ([row]) => row), aspects: Float32Array.from(rows, ([, aspect]) => aspect) })
    return rows.length
  }

  /** The query as SQL says it, row by row. */
  #stream(
    { sql, parameters }: ReturnType<typeof compileQuery>,
    emit: (part: VectorPart) => void,
    checkpoint: Checkpoint,
  ): Int32Array<ArrayBuffer> {
    const rows = this.#db
      .prepare(sql)
      .raw()
      .iterate(...parameters) as IterableIterator<[number, number]>
    let all = new Int32Array(this.#limits.firstPart)
    let total = 0
    let size = this.#limits.firstPart
    let part = { rowIds: new Int32Array(size), aspects: new Float32Array(size) }
    let at = 0
    const flush = () => {
      if (total > all.length) all = grown(all, total)
      all.set(part.rowIds.subarray(0, at), total - at)
      emit({ rowIds: part.rowIds.slice(0, at), aspects: part.aspects.slice(0, at) })
      size = PART_ROWS
      part = { rowIds: new Int32Array(size), aspects: new Float32Array(size) }
      at = 0
    }
    for (const [row, aspect] of rows) {
      part.rowIds[at] = row
      part.aspects[at] = aspect
      total++
      if (++at === size) flush()
      if (total % CHECK_EVERY === 0) checkpoint()
    }
    if (at > 0 || total === 0) flush()
    return all.slice(0, total)
  }

  #snapshot(checkpoint: Checkpoint): Snapshot {
    return { db: this.#db, columns: this.columns, checkpoint, limits: this.#limits }
  }

  #find(parts: SearchParts, checkpoint: Checkpoint): Int32Array<ArrayBuffer> {
    const snapshot = this.#snapshot(checkpoint)
    return findFew(snapshot, parts) ?? findRows(snapshot, parts)
  }

  #parts(query: LibraryQuery, now: number): SearchParts {
    return searchParts(query, contextOf(this.#unsorted, now))
  }

  /** Those of some rows that are found, ascending. */
  #membersAmong(parts: SearchParts, rows: ReadonlySet<number>, checkpoint: Checkpoint): Int32Array {
    const ordered = Int32Array.from(rows).sort()
    const passes = inMemory(this.columns, parts)
    if (parts.sources.length === 0) return ordered.filter(passes)
    const spans = spansOf(ordered, this.#limits.spanGap)
    const found =
      spans.length <= this.#limits.spans
        ? spans.map((span) => findRows(this.#snapshot(checkpoint), parts, span))
        : [this.#find(parts, checkpoint)]
    return Int32Array.from(found.flatMap((some) => [...some.filter((row) => rows.has(row))]))
  }

  #part(rowIds: Int32Array): VectorPart {
    const { aspects } = this.columns
    const own = new Float32Array(rowIds.length)
    for (let i = 0; i < own.length; i++) own[i] = aspects[rowIds[i] ?? 0] ?? 1
    return { rowIds: new Int32Array(rowIds), aspects: own }
  }

  #emitAll(rowIds: Int32Array, from: number, emit: (part: VectorPart) => void, checkpoint: Checkpoint): void {
    let start = from
    do {
      const end = Math.min(rowIds.length, start === 0 ? this.#limits.firstPart : start + PART_ROWS)
      emit(this.#part(rowIds.subarray(start, end)))
      start = end
      checkpoint()
    } while (start < rowIds.length)
  }

  #keep(key: string, query: LibraryQuery, revision: number, rowIds: Int32Array<ArrayBuffer>): void {
    const plain = query.text.trim() === '' && viewFlags(query.view, this.#unsorted) !== null
    if (!isPatchable(query) || !this.#fits()) return
    this.#kept.set(key, { revision, structure: this.#meta('structure'), plain, rowIds, patches: [] })
    let rows = 0
    for (const kept of this.#kept.values()) rows += kept.rowIds.length
    for (const [other, kept] of this.#kept) {
      if ((this.#kept.size <= KEPT_ANSWERS && rows <= KEPT_ROWS) || other === key) break
      this.#kept.delete(other)
      rows -= kept.rowIds.length
    }
  }
}

/** Whether the sort key in memory is what rows are ordered by, and not its place in an order. */
function isNumber(field: SortColumn): boolean {
  return !sortExpressions[field].endsWith('NOCASE') && field !== 'asset_type'
}

/** False when what a row is found by may lie in other rows. */
function isPatchable(query: LibraryQuery): boolean {
  return !/\b(similar|stack|duplicate)/i.test(query.text)
}

/** Spans of row ids that have all of these, without larger gaps. */
function spansOf(ordered: Int32Array, gap: number): RowSpan[] {
  const spans: { from: number; to: number }[] = []
  for (const row of ordered) {
    const last = spans.at(-1)
    if (last !== undefined && row - last.to <= gap) last.to = row
    else spans.push({ from: row, to: row })
  }
  return spans
}

/** What leads from the revision to the present; null when that is not known any more. */
function patchesSince(kept: Kept, revision: number): readonly VectorPatch[] | null {
  if (revision === kept.revision) return []
  const start = kept.patches.findIndex(({ from }) => from === revision)
  return start < 0 ? null : kept.patches.slice(start).flatMap(({ patch }) => patch ?? [])
}

function wholeMinute(time: number): number {
  return Math.floor(time / MINUTE_MS) * MINUTE_MS
}

function grown(rows: Int32Array<ArrayBuffer>, least: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(least, rows.length * 2))
  larger.set(rows)
  return larger
}
