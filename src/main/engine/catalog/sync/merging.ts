import { type Db, type Statement, statementCache } from '../database.ts'
import type { CellValue, Entity, Operation, SegmentHeader } from '../journal/operation.ts'
import { parseStamp, type Stamp } from '../journal/stamp.ts'
import type { MergeDoor } from '../mutations.ts'
import type { Knows, Write } from './mergeWrites.ts'
import { CellReader } from './readCell.ts'

/** Whose operations are merged, and what that device knew when it wrote them. */
export interface Origin {
  readonly device: string
  /** What `stamps.place` says of its writes: the sequence of the segment, for this device's own log an outbox number. */
  readonly place: number
  readonly knows: Knows
  /** When they came, ms. */
  readonly now: number
  /** Last number of the outbox when they came. */
  readonly outbox: number
  readonly header: Pick<SegmentHeader, 'device' | 'seq' | 'seen'>
}

/** A cell that a person may want to read of in the history. */
export interface SeenChange {
  readonly entity: Entity
  readonly id: string
  readonly field: string
  readonly before: CellValue
  readonly after: CellValue
  readonly assetRow: number | null
}

/** What came of the operations so far. */
export interface Tally {
  readonly changes: SeenChange[]
  readonly rows: Set<number>
  conflicts: number
  /** Places of operations within their segment, for those that are kept for later. */
  place: number
  /** Ids of assets that were kept here, or there, while the other end deleted them. */
  readonly undelete: Set<string>
  /** Ids of assets that were removed for good by a device that did not know all that was done to them. */
  readonly bringBack: Set<string>
  /** Entities that were made or came back since the last operation. */
  readonly made: { readonly id: string; readonly isBack: boolean }[]
}

/** A write with what this device remembers of it. */
export interface KeptWrite extends Write<CellValue> {
  readonly outbox: number
  readonly foundAt: number
}

/** Everything that merging one operation needs; lives as long as the catalogue, `door` and `origin` as long as a transaction. */
export class Merging {
  readonly get: (sql: string) => Statement
  readonly reader: CellReader
  readonly self: string
  /** Whether a file, given relative to the library, is on this device. */
  readonly isHere: (path: string) => boolean
  #current: { readonly door: MergeDoor; readonly origin: Origin; readonly tally: Tally } | null = null

  constructor(db: Db, self: string, isHere: (path: string) => boolean) {
    this.get = statementCache(db)
    this.reader = new CellReader(db)
    this.self = self
    this.isHere = isHere
  }

  /** Runs `work` with the parts of one transaction, also within other work of the same one. */
  within(door: MergeDoor, origin: Origin, tally: Tally, work: () => void): void {
    const before = this.#current
    this.#current = { door, origin, tally }
    try {
      work()
    } finally {
      this.#current = before
    }
  }

  get door(): MergeDoor {
    return this.#parts().door
  }
  get origin(): Origin {
    return this.#parts().origin
  }
  get tally(): Tally {
    return this.#parts().tally
  }

  /** The write that a cell shows; undefined if it still is as its entity was made. */
  shownStamp(entity: string, id: string, field: string): { readonly stamp: Stamp; readonly place: number } | undefined {
    return this.get('SELECT stamp, place FROM stamps WHERE entity = ? AND entity_id = ? AND field = ?').get(
      entity,
      id,
      field,
    ) as { stamp: Stamp; place: number } | undefined
  }

  /** Whether the device whose operations are merged had seen the write that a cell shows. */
  isKnown(entity: string, id: string, field: string): boolean {
    const shown = this.shownStamp(entity, id, field)
    return shown === undefined || this.origin.knows(parseStamp(shown.stamp).device, shown.place)
  }

  saveStamp(operation: Pick<Operation, 'entity' | 'id' | 'field' | 'stamp'>): void {
    this.door.saveStamp(operation.entity, operation.id, operation.field, operation.stamp, this.origin.place)
  }

  /** Writes a row. Returns false if there is nothing that the cell belongs to. */
  write(entity: string, id: string, field: string, value: CellValue, stamp: string, isSeen: boolean): boolean {
    const wall = parseStamp(stamp as Stamp).wall
    const { before, assetRow } = this.door.write(entity as Entity, id, field, value, wall)
    if (before === undefined) return false
    if (assetRow !== null) this.tally.rows.add(assetRow)
    if (isSeen) this.tally.changes.push({ entity: entity as Entity, id, field, before, after: value, assetRow })
    return true
  }

  /** Writes to a cell that it does not show, but for those that a later write of this device has seen. */
  unshown(entity: string, id: string, field: string): KeptWrite[] {
    const rows = this.get(
      'SELECT value, stamp, place, outbox, found_at FROM unshown_writes WHERE entity = ? AND entity_id = ? AND field = ?',
    ).all(entity, id, field) as { value: string; stamp: Stamp; place: number; outbox: number; found_at: number }[]
    if (rows.length === 0) return []
    const shown = this.shownStamp(entity, id, field)
    const own = shown !== undefined && parseStamp(shown.stamp).device === this.self ? shown.place : 0
    return rows
      .filter(({ outbox, place, stamp }) => {
        const seenFrom = parseStamp(stamp).device === this.self ? place : outbox
        return own <= seenFrom || stamp === shown?.stamp
      })
      .map(({ value, stamp, place, outbox, found_at }) => ({
        value: JSON.parse(value),
        stamp,
        device: parseStamp(stamp).device,
        place,
        outbox,
        foundAt: found_at,
      }))
  }

  hide(entity: string, id: string, field: string, write: KeptWrite, listed: boolean): void {
    this.get(
      `INSERT INTO unshown_writes(entity, entity_id, field, value, stamp, place, outbox, found_at, listed)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET listed = excluded.listed`,
    ).run(
      entity,
      id,
      field,
      JSON.stringify(write.value),
      write.stamp,
      write.place,
      write.outbox,
      write.foundAt,
      listed ? 1 : 0,
    )
  }

  /** Forgets what a cell does not show, but for the writes with these stamps. */
  keepUnshown(entity: string, id: string, field: string, stamps: readonly string[]): void {
    this.get(
      `DELETE FROM unshown_writes WHERE entity = ? AND entity_id = ? AND field = ?
       AND stamp NOT IN (SELECT value FROM json_each(?))`,
    ).run(entity, id, field, JSON.stringify(stamps))
  }

  #parts() {
    if (this.#current === null) throw new Error('Merging goes on inside of a transaction')
    return this.#current
  }
}
