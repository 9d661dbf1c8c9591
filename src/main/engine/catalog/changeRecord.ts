import type { DeviceId } from '../../../shared/domain/ids.ts'
import { links } from './cellColumns.ts'
import type { SetChange } from './cellSets.ts'
import { type Db, type Statement, statementCache } from './database.ts'
import type { CellValue, Entity, Operation } from './journal/operation.ts'
import { MOST_CELLS, operationSet } from './journal/operationSet.ts'
import { nextStamp, type Stamp } from './journal/stamp.ts'
import { keepMove } from './linkPlaces.ts'
import { bucketsOf, packRows } from './rowSets.ts'
import { pickValues, sliceValues } from './setValues.ts'

/** What the history says of a mutation. */
export interface HistoryEntry {
  /** A verb for programs, e.g. `keep`. */
  readonly kind: string
  /** For a person, e.g. `Kept 12 assets`; `count` is how many assets really changed. */
  readonly label: (count: number) => string
  readonly undoable: boolean
  /** Milliseconds since the Unix epoch. */
  readonly now: number
  /** Entries of one group are one line of the history (all batches of an import, all parts of a large edit). */
  readonly groupId?: string
  /** False leaves single changes out of the history of an asset (what decoders found). */
  readonly recordChanges?: boolean
}

/** A cell that really changed. */
export interface CellChange {
  readonly entity: Entity
  readonly id: string
  readonly field: string
  readonly before: CellValue
  readonly after: CellValue
  /** Row of the asset concerned, if there is one. */
  readonly assetRow: number | null
  readonly stamp: Stamp
  /** The number in the outbox that it gets. */
  readonly place: number
}

/** A set of cells that were changed at once, each with its stamp: places of the set by stamp. */
export interface StampedSet {
  readonly set: SetChange
  readonly stamps: ReadonlyMap<Stamp, readonly number[] | 'all'>
  /** The number in the outbox that all of them get. */
  readonly place: number
}

export type Change = CellChange | StampedSet

/** Cells of an asset that write the same columns as `media` does: the last of all of them stands there. */
export const mediaFields: readonly string[] = ['media', 'status', 'error_code', 'error_message']

/** The last stamp of a cell of a set, shown or not; making a link comes after all its moves. */
const LAST = `max(stamps.stamp, coalesce((SELECT max(u.stamp) FROM unshown_writes u
  WHERE u.entity = stamps.entity AND u.entity_id = stamps.entity_id
    AND u.field IN (stamps.field, iif(stamps.field = 'in', 'position', stamps.field))), ''))`

/** Writes down what changed: history, stamps and the outbox of the journal. Only ever inside of the mutation's transaction. */
export class ChangeRecord {
  readonly #device: DeviceId
  readonly #statement: (sql: string) => Statement
  /** Stamps of the set at hand that are not simply the current time, by id. */
  #raised = new Map<string, Stamp>()
  #now = 0
  /** The last number in the outbox, counting the changes of this transaction; null before the first of them. */
  #place: number | null = null

  constructor(db: Db, device: DeviceId) {
    this.#device = device
    this.#statement = statementCache(db)
    db.function('raise_stamp', { directOnly: true }, (id, previous) => {
      const stamp = nextStamp(this.#now, previous as Stamp, device)
      this.#raised.set(String(id), stamp)
      return stamp
    })
  }

  /** Called at the beginning of each transaction. */
  begin(): void {
    this.#place = null
  }

  /** A stamp for a cell that was just changed, and its place in the outbox. `now` in ms. */
  stampCell(entity: Entity, id: string, field: string, now: number): Pick<CellChange, 'stamp' | 'place'> {
    const place = this.#takePlace()
    if (field === '') return { stamp: nextStamp(now, null, this.#device), place }
    const stamp = nextStamp(now, this.#lastStamp(entity, id, field), this.#device)
    this.saveStamp(entity, id, field, stamp, place)
    return { stamp, place }
  }

  /** The last stamp of a cell, or of all that write the same columns. */
  #lastStamp(entity: Entity, id: string, field: string): Stamp | null {
    const together =
      entity === 'asset' && mediaFields.includes(field)
        ? "field IN ('media', 'status', 'error_code', 'error_message')"
        : entity in links
          ? "field IN ('in', 'position')"
          : 'field = :field'
    // Also later than what the cell does not show: a stamp names one write.
    const known = this.#statement(
      `SELECT max(stamp) AS stamp FROM (
         SELECT stamp FROM stamps WHERE entity = :entity AND entity_id = :id AND ${together}
         UNION ALL SELECT stamp FROM unshown_writes WHERE entity = :entity AND entity_id = :id AND ${together})`,
    ).get(together === 'field = :field' ? { entity, id, field } : { entity, id }) as { readonly stamp: Stamp | null }
    return known.stamp
  }

  #takePlace(): number {
    const last =
      this.#place ??
      Number(
        (
          this.#statement("SELECT seq FROM sqlite_sequence WHERE name = 'journal_outbox'").get() as
            | { readonly seq: number }
            | undefined
        )?.seq ?? 0,
      )
    this.#place = last + 1
    return last + 1
  }

  /** Gives the cells that were just changed (they stand in `cell_set` still) a stamp each. `now` in ms. */
  stampSet(set: SetChange, now: number): StampedSet {
    this.#now = now
    this.#raised = new Map()
    const place = this.#takePlace()
    const stamp = nextStamp(now, null, this.#device)
    const prefix = set.of === '' ? '' : `${set.of}/`
    this.#statement(
      `INSERT INTO stamps(entity, entity_id, field, stamp, place)
       SELECT :entity, :prefix || id, :field, :stamp, :place FROM temp.cell_set WHERE true
       ON CONFLICT DO UPDATE SET stamp = iif(${LAST} < :wall, excluded.stamp, raise_stamp(entity_id, ${LAST})),
         place = excluded.place`,
    ).run({ entity: set.entity, prefix, field: set.field, stamp, place, wall: stamp.slice(0, stamp.indexOf('.')) })
    const raised = this.#raised
    if (raised.size === 0) return { set, stamps: new Map([[stamp, 'all']]), place }
    const places = new Map<Stamp, number[]>()
    for (const [place, id] of set.ids.entries()) {
      const own = raised.get(prefix + id) ?? stamp
      const known = places.get(own)
      if (known === undefined) places.set(own, [place])
      else known.push(place)
    }
    return { set, stamps: places, place }
  }

  /** One entry of the history, or more of the one that is open for the group. */
  record(
    spec: HistoryEntry,
    count: number,
    changes: readonly Change[],
  ): { readonly id: number; readonly label: string } {
    if (spec.undoable) this.#statement('UPDATE activity SET undone = 2 WHERE undoable = 1 AND undone = 1').run()
    const activity = this.#activity(spec, count, this.#device)
    const kept = spec.recordChanges !== false
    let follows = this.#lastCell(activity.id)
    for (const change of changes) {
      if ('set' in change) {
        if (kept) this.#keepSet(activity.id, change.set, follows)
        this.#journalSet(change)
      } else {
        if (kept) follows = this.#keepCell(activity.id, change)
        this.#journalCell(change)
      }
    }
    return activity
  }

  /** Whether what is here of a cell is as new as `stamp` or newer. */
  isKnown(entity: Entity, id: string, field: string, stamp: string): boolean {
    const known = this.#statement('SELECT stamp FROM stamps WHERE entity = ? AND entity_id = ? AND field = ?').get(
      entity,
      id,
      field,
    ) as { stamp: Stamp } | undefined
    return known !== undefined && known.stamp >= stamp
  }

  /** What another device did, for the history: it can't be undone here, and what has been undone here can still be redone. */
  recordOther(
    device: string,
    spec: Omit<HistoryEntry, 'undoable' | 'recordChanges'>,
    count: number,
    changes: readonly Omit<CellChange, 'stamp' | 'place'>[],
  ): void {
    const { id } = this.#activity({ ...spec, undoable: false }, count, device)
    for (const change of changes) this.#keepCell(id, change)
  }

  /** `place` is that of the write in its device's log: `stamps.place`. */
  saveStamp(entity: string, id: string, field: string, stamp: string, place: number): void {
    this.#statement('INSERT OR REPLACE INTO stamps(entity, entity_id, field, stamp, place) VALUES (?, ?, ?, ?, ?)').run(
      entity,
      id,
      field,
      stamp,
      place,
    )
  }

  /** Keeps where a link was moved to; any other operation is none of its business. */
  keepMove({ entity, id, field, value, stamp }: Operation, place: number): void {
    if (field === 'position' && entity in links)
      keepMove(this.#statement, { entity, id }, { stamp, position: Number(value) }, place)
  }

  #activity(spec: HistoryEntry, count: number, device: string): { readonly id: number; readonly label: string } {
    if (spec.groupId !== undefined) {
      const open = this.#statement('SELECT id, asset_count FROM activity WHERE group_id = ?').get(spec.groupId) as
        | { id: number; asset_count: number }
        | undefined
      if (open !== undefined) {
        const total = open.asset_count + count
        const label = spec.label(total)
        this.#statement('UPDATE activity SET asset_count = ?, label = ? WHERE id = ?').run(total, label, open.id)
        return { id: open.id, label }
      }
    }
    const label = spec.label(count)
    const result = this.#statement(
      'INSERT INTO activity(device_id, at, kind, label, asset_count, group_id, undoable) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ).run(device, spec.now, spec.kind, label, count, spec.groupId ?? null, spec.undoable ? 1 : 0)
    return { id: Number(result.lastInsertRowid), label }
  }

  #lastCell(activity: number): number {
    const last = this.#statement('SELECT max(rowid) AS last FROM activity_changes WHERE activity_id = ?').get(activity)
    return (last as { last: number | null }).last ?? 0
  }

  #keepCell(activity: number, change: Omit<CellChange, 'stamp' | 'place'>): number {
    // The whole first record is in the journal; the history only needs to know that it began here.
    const after = change.field === '' ? true : change.after
    const result = this.#statement(
      'INSERT INTO activity_changes(activity_id, entity, entity_id, field, before, after) VALUES (?, ?, ?, ?, ?, ?)',
    ).run(activity, change.entity, change.id, change.field, JSON.stringify(change.before), JSON.stringify(after))
    return Number(result.lastInsertRowid)
  }

  #keepSet(activity: number, set: SetChange, follows: number): void {
    const insert = this.#statement(
      'INSERT INTO activity_sets(activity_id, entity, owner, field, bucket, rows, before, after, follows) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    )
    for (const { bucket, from, to } of bucketsOf(set.rows)) {
      insert.run(
        activity,
        set.entity,
        set.of,
        set.field,
        bucket,
        packRows(set.rows.slice(from, to)),
        JSON.stringify(sliceValues(set.before, from, to)),
        JSON.stringify(sliceValues(set.after, from, to)),
        follows,
      )
    }
  }

  /** One row of the outbox, however many lines: a set has one place. */
  #journalSet({ set, stamps, place }: StampedSet): void {
    const lines: string[] = []
    for (const [stamp, places] of stamps) {
      const ids = places === 'all' ? set.ids : places.map((index) => set.ids[index] ?? '')
      const values = places === 'all' ? set.after : pickValues(set.after, places)
      for (let from = 0; from < ids.length; from += MOST_CELLS) {
        const to = Math.min(ids.length, from + MOST_CELLS)
        lines.push(operationSet({ ...set, stamp }, ids.slice(from, to), sliceValues(values, from, to)))
      }
    }
    this.#outbox(place, lines.join('\n'))
  }

  #journalCell({ entity, id, field, after, stamp, place }: CellChange): void {
    const operation: Operation = { entity, id, field, value: after, stamp }
    this.keepMove(operation, place)
    this.#outbox(place, JSON.stringify(operation))
  }

  #outbox(place: number, lines: string): void {
    this.#statement('INSERT INTO journal_outbox(seq, operation) VALUES (?, ?)').run(place, lines)
  }
}
