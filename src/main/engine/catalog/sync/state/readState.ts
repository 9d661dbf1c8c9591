import { links, tables } from '../../cellColumns.ts'
import { type Db, type Statement, statementCache } from '../../database.ts'
import { unpack } from '../../generationPayload.ts'
import type { CellValue } from '../../journal/operation.ts'
import { parseStamp, type Stamp } from '../../journal/stamp.ts'
import { BEYOND_LINES } from '../mergePurge.ts'
import type { KeyedLine } from './cutShards.ts'
import { type StateKind, sharedAssetColumns, sharedColumns, sharedVersionColumns, stateKinds } from './stateKinds.ts'
import type { EntityLine, HiddenWrite, ParkedLine, StateCell } from './stateLine.ts'

/** The device whose catalogue is read. */
export interface StateSource {
  readonly db: Db
  readonly self: string
  /** The remote whose devices are to read it: what this device has not told them is left out. */
  readonly remote: string
  /** What others know a file as that this device links to: relative to the library. */
  readonly publishedPath: (row: Readonly<Record<string, CellValue>>) => string
}

type Values = Record<string, CellValue>
interface Tombstone {
  readonly id: string
  readonly at: number
  /** What its bytes had been adopted from, as `adoptedKey.ts` has it, and their size. */
  readonly object: string | null
  readonly size: number
}
interface CellRow {
  readonly entity_id: string
  readonly field: string
  readonly stamp: Stamp
  readonly place: number
}
interface HiddenRow extends CellRow {
  readonly value: string
  readonly outbox: number
  readonly listed: 0 | 1
}

/**
 * Everything that the logs up to a frontier have left in a catalogue, one line for each entity, by kind and id. Only to be
 * read inside of a transaction in which nothing of this device waits to be told. What is this device’s own (numbers of
 * its outbox, paths of linked files, assets that others do not know) is told as others know it, or left out.
 */
export function* readState(source: StateSource): Generator<KeyedLine> {
  const reader = new StateReader(source)
  for (const kind of stateKinds) yield* kind === 'parked' ? reader.parked() : reader.entities(kind)
}

class StateReader {
  readonly #source: StateSource
  readonly #get: (sql: string) => Statement
  /** Assets that others do not know. */
  readonly #untold: ReadonlySet<string>
  /** Last outbox number of each segment of this device, ascending, and its sequence. */
  readonly #segments: readonly { readonly last: number; readonly seq: number }[]

  constructor(source: StateSource) {
    this.#source = source
    this.#get = statementCache(source.db)
    this.#untold = new Set(
      this.#get(
        'SELECT asset_id FROM held_operations WHERE remote_id = ? UNION ALL SELECT asset_id FROM tombstones WHERE told = 0',
      )
        .pluck()
        .all(source.remote) as string[],
    )
    this.#segments = this.#get(
      'SELECT last_outbox AS last, seq FROM journal_segments WHERE device_id = ? ORDER BY seq',
    ).all(source.self) as { last: number; seq: number }[]
  }

  *entities(kind: Exclude<StateKind, 'parked'>): Generator<KeyedLine> {
    const rows = cursor(this.#rows(kind), ({ id }) => id)
    const gone = cursor(kind === 'asset' ? this.#tombstones() : [], ({ id }) => id)
    const cells = cursor(this.#cells(kind), ({ entity_id }) => entity_id)
    const hidden = cursor(this.#hidden(kind), ({ entity_id }) => entity_id)
    for (;;) {
      const ids = [rows.id, gone.id, cells.id, hidden.id].filter((id) => id !== null)
      if (ids.length === 0) return
      const id = ids.reduce((a, b) => (a < b ? a : b))
      const [row] = rows.take(id)
      const [tombstone] = gone.take(id)
      const shown = cells.take(id)
      const line = this.#line(id, row, tombstone, shown, hidden.take(id))
      if (line !== null && !this.#isUntold(kind, id, row?.values)) yield { kind, key: id, text: JSON.stringify(line) }
    }
  }

  *parked(): Generator<KeyedLine> {
    const rows = this.#get(
      'SELECT device_id, seq, place, operation, seen, reason, waits_for FROM parked_operations ORDER BY id',
    ).all() as {
      device_id: string
      seq: number
      place: number
      operation: string
      seen: string
      reason: ParkedLine['reason']
      waits_for: string | null
    }[]
    for (const { device_id: device, seq, place, operation, seen, reason, waits_for } of rows) {
      if (waits_for !== null && this.#untold.has(waits_for)) continue
      const isOwn = device === this.#source.self && place >= BEYOND_LINES
      const line: ParkedLine = {
        device,
        seq: isOwn ? this.#segmentOf(seq) : seq,
        place,
        operation,
        seen: JSON.parse(seen),
        reason,
        waits_for,
      }
      yield { kind: 'parked', key: `${device}/${line.seq}/${place}`, text: JSON.stringify(line) }
    }
  }

  #line(
    id: string,
    row: { readonly values: Values; readonly raw?: string | undefined } | undefined,
    gone: Tombstone | undefined,
    shown: readonly CellRow[],
    hidden: readonly HiddenRow[],
  ): EntityLine | null {
    const isLinked =
      row !== undefined && typeof row.values.storage_path === 'string' && isOwnPath(row.values.storage_path)
    const cells: StateCell[] = []
    for (const { field, stamp, place } of shown)
      if (!(isLinked && field === 'storage_path')) cells.push([field, stamp, this.#place(stamp, place)])
    const kept: HiddenWrite[] = []
    for (const write of hidden) {
      const known = shown.find(({ field }) => field === write.field)
      // The latest move of a link counts for as long as there is none later.
      if (write.field !== 'position' && isSettled(write, known, this.#source.self)) continue
      // When an asset ends is one write that is either shown or not: nobody asks who knew it.
      const place = write.field === 'expires_at' ? 0 : this.#place(write.stamp, write.place)
      kept.push([write.field, JSON.parse(write.value) as CellValue, write.stamp, place, write.listed])
    }
    if (row === undefined && gone === undefined && cells.length === 0 && kept.length === 0) return null
    const values = isLinked ? { ...row.values, storage_path: this.#source.publishedPath(row.values) } : row?.values
    return {
      id,
      ...(values === undefined ? {} : { row: withoutNulls(values) }),
      ...(row?.raw === undefined ? {} : { raw: row.raw }),
      ...(gone === undefined ? {} : { gone: gone.at }),
      ...(gone === undefined || gone.object === null ? {} : { object: [gone.object, gone.size] as const }),
      cells,
      hidden: kept,
    }
  }

  *#rows(kind: Exclude<StateKind, 'parked'>): Generator<{ id: string; values: Values; raw?: string | undefined }> {
    for (const row of this.#get(rowsOf(kind)).iterate() as Iterable<Values & { id: string }>) {
      const { id, payload, ...values } = row as Values & { id: string; payload?: unknown }
      const raw = payload instanceof Uint8Array ? JSON.stringify(unpack(payload)) : undefined
      yield { id, values: values as Values, raw }
    }
  }

  #tombstones(): Iterable<Tombstone> {
    return this.#get(
      `SELECT t.asset_id AS id, t.at, p.sha256 || '/' || p.object_key AS object, coalesce(p.size, 0) AS size
       FROM tombstones t LEFT JOIN purged_origins p ON p.asset_id = t.asset_id ORDER BY t.asset_id`,
    ).iterate() as Iterable<Tombstone>
  }

  #cells(kind: StateKind): Iterable<CellRow> {
    return this.#get(
      'SELECT entity_id, field, stamp, place FROM stamps WHERE entity = ? ORDER BY entity_id, field',
    ).iterate(kind) as Iterable<CellRow>
  }

  #hidden(kind: StateKind): Iterable<HiddenRow> {
    return this.#get(
      'SELECT entity_id, field, value, stamp, place, outbox, listed FROM unshown_writes WHERE entity = ? ORDER BY entity_id, field, stamp',
    ).iterate(kind) as Iterable<HiddenRow>
  }

  #isUntold(kind: StateKind, id: string, row: Values | undefined): boolean {
    if (this.#untold.size === 0) return false
    if (kind === 'assetVersion') return row !== undefined && this.#untold.has(String(row.asset_id))
    return this.#untold.has(kind in links ? id.slice(id.indexOf('/') + 1) : id)
  }

  #place(stamp: Stamp, place: number): number {
    return parseStamp(stamp).device === this.#source.self ? this.#segmentOf(place) : place
  }

  /** The segment of this device that holds a number of its outbox. */
  #segmentOf(outbox: number): number {
    let [low, high] = [0, this.#segments.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#segments[middle]?.last ?? 0) < outbox) low = middle + 1
      else high = middle
    }
    return this.#segments[low]?.seq ?? 0
  }
}

/** Whether a later change of this device has seen a write that its cell does not show: as `Merging.unshown` has it. */
function isSettled({ stamp, place, outbox }: HiddenRow, shown: CellRow | undefined, self: string): boolean {
  if (shown === undefined || shown.stamp === stamp || parseStamp(shown.stamp).device !== self) return false
  return shown.place > (parseStamp(stamp).device === self ? place : outbox)
}

function rowsOf(kind: Exclude<StateKind, 'parked'>): string {
  switch (kind) {
    case 'asset':
      return `SELECT a.id, ${sharedAssetColumns.map((column) => `a.${column}`).join(', ')}, p.payload
        FROM assets a LEFT JOIN generation_payloads p ON p.asset_row = a.row_id ORDER BY a.id`
    case 'assetVersion':
      return `SELECT v.id, a.id AS asset_id, ${sharedVersionColumns.map((column) => `v.${column}`).join(', ')}
        FROM asset_versions v JOIN assets a ON a.row_id = v.asset_row ORDER BY v.id`
    case 'membership':
    case 'assetTag':
    case 'requestReference': {
      const { table, owner, ordered } = links[kind]
      return `SELECT x.${owner} || '/' || a.id AS id, x.added_at AS at${ordered ? ', x.position' : ''}
        FROM ${table} x JOIN assets a ON a.row_id = x.asset_row ORDER BY 1`
    }
    case 'librarySetting':
      return 'SELECT key AS id, value FROM library_settings ORDER BY key'
    case 'collection':
    case 'tag':
    case 'generationRequest':
    case 'generationJob':
      return `SELECT id, ${sharedColumns(kind).join(', ')} FROM ${tables[kind].table} ORDER BY id`
  }
}

function isOwnPath(path: string): boolean {
  return !path.startsWith('originals/')
}

function withoutNulls(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))
}

/** Rows in the order of an id, taken by it. */
function cursor<Row>(rows: Iterable<Row>, idOf: (row: Row) => string) {
  const iterator = rows[Symbol.iterator]()
  let next = iterator.next()
  return {
    get id(): string | null {
      return next.done === true ? null : idOf(next.value)
    },
    take(id: string): Row[] {
      const taken: Row[] = []
      while (next.done !== true && idOf(next.value) === id) {
        taken.push(next.value)
        next = iterator.next()
      }
      return taken
    },
  }
}
