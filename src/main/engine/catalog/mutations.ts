import { randomUUID } from 'node:crypto'
import type { MutationResult } from '../../../shared/contract/requests/requestMap.ts'
import type { DeviceId, RowId } from '../../../shared/domain/ids.ts'
import { CellSets, type LinkEntity, type SetChange, type SetRequest } from './cellSets.ts'
import { CellStore, type CellWrite } from './cells.ts'
import { type Change, ChangeRecord, type HistoryEntry } from './changeRecord.ts'
import { type Db, databaseError, type Statement, statementCache, withoutWaiting } from './database.ts'
import type { CellValue, Entity } from './journal/operation.ts'
import { decisive, type PlacedOperation, type ReplayRun, ReplaySets, runsOf, wallOf } from './replaySets.ts'
import { type RevertStep, revertParts } from './revertParts.ts'
import { RowCounter } from './rowSets.ts'
import { same, spread } from './setValues.ts'
import type { Steps } from './stepDone.ts'

export interface MutationSpec extends HistoryEntry {
  /** False for what would be found out again if a power cut took it back; the commit then doesn't wait for the disk. */
  readonly durable?: boolean
}

/** Inside one transaction: every cell that is set goes to the rows, the activity and the journal. */
export interface MutationWriter {
  /** Sets a cell; a value that is already there is no change. Returns false if the entity does not exist. */
  set(entity: Entity, id: string, field: string, value: CellValue): boolean
  /**
   * Sets a column of many assets in a few steps; with `expected` only where it holds that now. Assets that do not exist
   * are left out. Returns how many changed.
   */
  setMany(
    field: string,
    rows: Iterable<RowId>,
    value: string | number | null,
    expected?: string | number | null,
  ): number
  /** Sets a column of many assets to a value of its own each, as `setMany` does. No row may come twice. */
  setEach(field: string, cells: Iterable<readonly [row: RowId, value: string | number | null]>): number
  /**
   * Makes links of many assets to one collection, tag or request: those that do not stand yet. In an order made by hand
   * they take the places from `position` on, by row. Returns how many were made.
   */
  link(entity: LinkEntity, of: string, rows: Iterable<RowId>, at: number, position?: number): number
  /** Takes links of many assets away. Returns how many stood. */
  unlink(entity: LinkEntity, of: string, rows: Iterable<RowId>): number
  /** Removes assets for good, with a tombstone of each and what is to be removed of their files. Returns how many there were. */
  purge(rows: Iterable<RowId>, at: number): number
  /** Writes down a value that stands already, so that other devices learn that somebody has seen and meant it. */
  confirm(entity: Entity, id: string, field: string, value: CellValue): void
  /** Row of an asset, also of one made in this transaction. */
  assetRow(id: string): RowId | undefined
}

/** Inside one transaction: what another device wrote goes to the rows, and what this one answers is a change of its own. */
export interface MergeDoor {
  /** Sets a cell without history and journal, which have it already. `now` becomes the entity's `updated_at`, ms. */
  write(entity: Entity, id: string, field: string, value: CellValue, now: number): CellWrite
  /** Says that something of the asset changed that is no cell. */
  touch(row: RowId): void
  /** `place` as in `stamps.place`. */
  saveStamp(entity: string, id: string, field: string, stamp: string, place: number): void
  /** An entry of the history, or more of the one that is open for the group. */
  record: ChangeRecord['recordOther']
  /** Changes of this device's own. Returns whether there were any. */
  answer(spec: HistoryEntry, write: (writer: MutationWriter) => void): boolean
}

/** Rows that are written with one set of statements. */
const ROWS_AT_ONCE = 10_000

type ChangeListener = (change: { revision: number; rowIds: readonly RowId[]; membership: boolean }) => void

/** Runs mutations: the only way a row that belongs to the library is ever changed. */
export class Mutations {
  readonly #db: Db
  readonly #record: ChangeRecord
  readonly #sets: CellSets
  readonly #replays: ReplaySets
  readonly cells: CellStore
  readonly #statement: (sql: string) => Statement
  readonly #listeners = new Set<ChangeListener>()
  #revision: number

  constructor(db: Db, device: DeviceId) {
    this.#db = db
    this.#statement = statementCache(db)
    this.cells = new CellStore(db)
    this.#sets = new CellSets(db)
    this.#replays = new ReplaySets(db)
    this.#record = new ChangeRecord(db, device)
    const row = db.prepare("SELECT value FROM meta WHERE key = 'revision'").get() as { value: string } | undefined
    this.#revision = row === undefined ? 0 : Number(row.value)
  }

  get revision(): number {
    return this.#revision
  }

  onChange(listener: ChangeListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * One mutation in one transaction. Throws what `write` throws, with nothing changed, and `disk_full` and its like
   * when the database can't be written. Listeners are called after the commit. Within a group the label is that of the
   * whole group so far, the count that of this mutation.
   */
  run(spec: MutationSpec, write: (writer: MutationWriter) => void): MutationResult {
    const run = () => this.#change(spec, write)
    const result = spec.durable === false ? withoutWaiting(this.#db, run) : run()
    return { ...result, revision: this.#revision }
  }

  #change(spec: MutationSpec, write: (writer: MutationWriter) => void): Omit<MutationResult, 'revision'> {
    return this.#transaction((tracker) => {
      const changes: Change[] = []
      write(tracker.writer(spec.now, changes))
      if (changes.length === 0) return { count: 0, label: spec.label(0), activityId: null }
      const assets = new RowCounter()
      countAssets(assets, changes)
      const { id, label } = this.#record.record(spec, assets.size, changes)
      return { count: assets.size, label, activityId: id }
    })
  }

  /** Rows that belong to this device only (sync state, settings of the queue): no activity, no journal. */
  local(write: () => { readonly rowIds: readonly RowId[]; readonly membership: boolean }): void {
    this.#transaction((tracker) => {
      const touched = write()
      for (const row of touched.rowIds) tracker.rows.add(row)
      tracker.membership ||= touched.membership
    })
  }

  /** Applies the log of a single device to an empty catalogue, in its order; writes neither activity nor outbox. */
  replay(operations: readonly PlacedOperation[]): void {
    this.#transaction((tracker) => {
      for (const run of runsOf(decisive(operations))) tracker.replay(run)
    })
  }

  /** What a log says, in one transaction. Listeners are called after the commit. */
  merge<T>(work: (door: MergeDoor) => T): T {
    return this.#transaction((tracker) =>
      work({
        write: (entity, id, field, value, now) => tracker.write(entity, id, field, value, now),
        touch: (row) => tracker.rows.add(row),
        saveStamp: (...stamp) => this.#record.saveStamp(...stamp),
        record: (...entry) => this.#record.recordOther(...entry),
        answer: (spec, write) => {
          const changes: Change[] = []
          write(tracker.writer(spec.now, changes))
          if (changes.length === 0) return false
          const assets = new RowCounter()
          countAssets(assets, changes)
          this.#record.record(spec, assets.size, changes)
          return true
        },
      }),
    )
  }

  /**
   * Sets each cell of an activity entry back to what it was (`undo`) or forward again (`redo`), as a mutation of its
   * own. A cell that something else has changed since is left alone. One transaction, unless that would keep the engine
   * busy for long: then the generator stops after each of several, and the entry counts as reverted after the last; until
   * then the same step goes on where it was left.
   * `as` a step it is one of undo and redo; as an entry it is a change like any, which can be undone, and the entry that it
   * takes back still counts as done.
   */
  *revert(activityId: number, direction: 'undo' | 'redo', now: number, as: 'step' | 'entry' = 'step'): Steps {
    const entry = this.#db.prepare('SELECT label, asset_count FROM activity WHERE id = ?').get(activityId) as {
      readonly label: string
      readonly asset_count: number
    }
    const verb = direction === 'undo' ? 'Undid' : 'Redid'
    let label = `${verb} part of: ${entry.label}`
    const isEntry = as === 'entry'
    const kind = isEntry ? 'revert' : direction
    const spec = { kind, label: () => label, undoable: isEntry, now, groupId: randomUUID() }
    const assets = new RowCounter()
    let recorded: number | null = null
    for (const { steps, last } of revertParts(this.#db, activityId, direction)) {
      if (last) label = `${verb}: ${entry.label}`
      recorded = this.#transaction((tracker) => {
        const changes: Change[] = []
        for (const step of steps) tracker.revert(step, now, changes)
        countAssets(assets, changes)
        const id = changes.length === 0 ? recorded : this.#record.record(spec, 0, changes).id
        this.#statement('UPDATE activity SET asset_count = ?, label = ? WHERE id = ?').run(assets.size, label, id)
        if (last && !isEntry) {
          const undone = direction === 'undo' ? 1 : 0
          this.#statement('UPDATE activity SET undone = ? WHERE id = ?').run(undone, activityId)
        }
        return id
      })
      const result = { count: assets.size, label, activityId: recorded, revision: this.#revision }
      if (last) return result
      yield { done: assets.size, total: entry.asset_count, result }
    }
    throw new Error('What is to be reverted has a last part')
  }

  #transaction<T>(work: (tracker: Tracker) => T): T {
    const tracker = new Tracker(this.cells, this.#sets, this.#replays, this.#record)
    let committed: { value: T; revision: number }
    try {
      committed = this.#db
        .transaction(() => {
          this.#record.begin()
          const value = work(tracker)
          this.cells.refreshTrees()
          this.cells.reindex(tracker.searched)
          const changed = tracker.rows.size > 0 || tracker.membership
          const revision = changed ? this.#revision + 1 : this.#revision
          if (changed)
            this.#statement("INSERT OR REPLACE INTO meta(key, value) VALUES ('revision', ?)").run(String(revision))
          return { value, revision }
        })
        .immediate()
    } catch (error) {
      throw databaseError(error)
    }
    if (committed.revision !== this.#revision) {
      this.#revision = committed.revision
      const change = { revision: this.#revision, rowIds: [...tracker.rows], membership: tracker.membership }
      for (const listener of this.#listeners) listener(change)
    }
    return committed.value
  }
}

/** What one transaction has touched. */
class Tracker {
  readonly rows = new Set<RowId>()
  readonly searched = new Set<RowId>()
  membership = false
  readonly #cells: CellStore
  readonly #sets: CellSets
  readonly #replays: ReplaySets
  readonly #record: ChangeRecord

  constructor(cells: CellStore, sets: CellSets, replays: ReplaySets, record: ChangeRecord) {
    this.#cells = cells
    this.#sets = sets
    this.#replays = replays
    this.#record = record
  }

  write(entity: Entity, id: string, field: string, value: CellValue, now: number) {
    const written = this.#cells.write(entity, id, field, value, now)
    if (written.before === undefined) return written
    if (written.assetRow !== null) {
      this.rows.add(written.assetRow)
      if (CellStore.isSearched(entity, field)) this.searched.add(written.assetRow)
    }
    this.membership ||= written.membership
    return written
  }

  /** Those of a run that win over what is here. */
  replay(run: ReplayRun): void {
    const { entity, field, operations } = run
    const changed = this.#replays.apply(run)
    if (changed !== null) {
      this.#touch(entity, field, changed)
      return
    }
    for (const operation of operations) {
      const { id, value, stamp, place = 0 } = operation
      if (field !== '' && this.#record.isKnown(entity, id, field, stamp)) continue
      this.#record.keepMove(operation, place)
      const { before } = this.write(entity, id, field, value, wallOf(stamp))
      if (before !== undefined && same(before, value)) this.#cells.touch(entity, id, wallOf(stamp))
      if (field !== '') this.#record.saveStamp(entity, id, field, stamp, place)
    }
  }

  writer(now: number, changes: Change[]): MutationWriter {
    const keep = (set: SetChange | null): number => this.#keep(set, now, changes)
    return {
      set: (entity, id, field, value) => {
        const { before, assetRow } = this.write(entity, id, field, value, now)
        if (before === undefined) return false
        if (field === '' || field === 'media' || !same(before, value)) {
          const stamped = this.#record.stampCell(entity, id, field, now)
          changes.push({ entity, id, field, before, after: value, assetRow, ...stamped })
        }
        return true
      },
      setMany: (field, rows, value, expected) =>
        inSlices(rows, (slice) => {
          const held = expected === undefined ? {} : { expected: { all: expected } }
          return keep(this.#sets.setColumn(field, { rows: slice, target: { all: value }, ...held }, now))
        }),
      setEach: (field, cells) => {
        const values = new Map(cells)
        return inSlices(values.keys(), (slice) => {
          const each = slice.map((row) => values.get(row) ?? null)
          return keep(this.#sets.setColumn(field, { rows: slice, target: { each } }, now))
        })
      },
      link: (entity, of, rows, at, position) => {
        let next = position
        return inSlices(rows, (slice) => {
          const target = next === undefined ? { all: { at } } : { run: { at, position: next } }
          const count = keep(this.#sets.link(entity, of, { rows: slice, target }))
          if (next !== undefined) next += count
          return count
        })
      },
      unlink: (entity, of, rows) => inSlices(rows, (slice) => keep(this.#sets.unlink(entity, of, { rows: slice }))),
      purge: (rows, at) => inSlices(rows, (slice) => keep(this.#sets.purge(slice, at))),
      confirm: (entity, id, field, value) => {
        const stamped = this.#record.stampCell(entity, id, field, now)
        changes.push({ entity, id, field, before: value, after: value, assetRow: null, ...stamped })
      },
      assetRow: (id) => this.#cells.assetRow(id),
    }
  }

  /** Only what still holds what is expected. A creation is reverted by its `deleted_at`, never by removal. */
  revert(step: RevertStep, now: number, changes: Change[]): void {
    if (step.kind === 'set') this.#keep(this.#revertSet(step, now), now, changes)
    else this.#revertCell(step, now, changes)
  }

  #revertSet(step: Extract<RevertStep, { kind: 'set' }>, now: number): SetChange | null {
    if (step.field === 'purged') return null
    const request: Required<SetRequest> = step
    if (step.entity === 'asset') return this.#sets.setColumn(step.field, request, now)
    const away = 'all' in step.target && step.target.all === null
    if (away) return this.#sets.unlink(step.entity, step.of, request)
    // Each link goes back to its own place, also when some of them stand already.
    const target = { each: spread(step.target, step.rows.length) }
    return this.#sets.link(step.entity, step.of, { rows: step.rows, target })
  }

  #revertCell(step: Extract<RevertStep, { kind: 'cell' }>, now: number, changes: Change[]): void {
    const { entity, id, field, expected, target } = step
    if (field === '' || field === 'media' || field === 'purged') return
    const { before, assetRow } = this.write(entity, id, field, target, now)
    if (before === undefined) return
    if (!same(before, expected)) {
      this.write(entity, id, field, before, now)
      return
    }
    if (same(before, target)) return
    const stamped = this.#record.stampCell(entity, id, field, now)
    changes.push({ entity, id, field, before, after: target, assetRow, ...stamped })
  }

  #keep(set: SetChange | null, now: number, changes: Change[]): number {
    if (set === null) return 0
    this.#touch(set.entity, set.field, set.rows)
    changes.push(this.#record.stampSet(set, now))
    return set.rows.length
  }

  #touch(entity: Entity, field: string, rows: readonly RowId[]): void {
    const searched = CellStore.isSearched(entity, field)
    for (const row of rows) {
      this.rows.add(row)
      if (searched) this.searched.add(row)
    }
    this.membership = true
  }
}

/** Calls `write` for the rows, ascending and each once, not too many at a time. Returns the sum. */
function inSlices(rows: Iterable<RowId>, write: (slice: readonly RowId[]) => number): number {
  const sorted = [...new Set(rows)].sort((a, b) => a - b)
  let sum = 0
  for (let from = 0; from < sorted.length; from += ROWS_AT_ONCE) sum += write(sorted.slice(from, from + ROWS_AT_ONCE))
  return sum
}

const counted: ReadonlySet<Entity> = new Set<Entity>(['asset', 'membership', 'assetTag'])

function countAssets(assets: RowCounter, changes: readonly Change[]): void {
  for (const change of changes) {
    if ('set' in change) for (const row of change.set.rows) assets.add(row)
    else if (counted.has(change.entity) && change.assetRow !== null) assets.add(change.assetRow)
  }
}
