import type { MutationResult } from '../../../shared/contract/requests/requestMap.ts'
import type { DeviceId, RowId } from '../../../shared/domain/ids.ts'
import { CellStore } from './cells.ts'
import { type Db, databaseError, type Statement, statementCache, withoutWaiting } from './database.ts'
import type { CellValue, Entity, Operation } from './journal/operation.ts'
import { nextStamp, type Stamp } from './journal/stamp.ts'

export interface MutationSpec {
  /** A verb for programs, e.g. `keep`. */
  readonly kind: string
  /** For a person, e.g. `Kept 12 assets`; `count` is how many assets really changed. */
  readonly label: (count: number) => string
  readonly undoable: boolean
  /** Milliseconds since the Unix epoch. */
  readonly now: number
  /** Entries of one group are one line of the history (all batches of an import). */
  readonly groupId?: string
  /** False for what would be found out again if a power cut took it back; the commit then doesn't wait for the disk. */
  readonly durable?: boolean
  /** False leaves single changes out of the history of an asset (what decoders found). */
  readonly recordChanges?: boolean
}

/** Inside one transaction: every cell that is set goes to the rows, the activity and the journal. */
export interface MutationWriter {
  /** Sets a cell; a value that is already there is no change. Returns false if the entity does not exist. */
  set(entity: Entity, id: string, field: string, value: CellValue): boolean
  /** Row of an asset, also of one made in this transaction. */
  assetRow(id: string): RowId | undefined
}

interface Change {
  readonly entity: Entity
  readonly id: string
  readonly field: string
  readonly before: CellValue
  readonly after: CellValue
}

type ChangeListener = (change: { revision: number; rowIds: readonly RowId[]; membership: boolean }) => void

/** Runs mutations: the only way a row that belongs to the library is ever changed. */
export class Mutations {
  readonly #db: Db
  readonly #device: DeviceId
  readonly cells: CellStore
  readonly #statement: (sql: string) => Statement
  readonly #listeners = new Set<ChangeListener>()
  #revision: number

  constructor(db: Db, device: DeviceId) {
    this.#db = db
    this.#device = device
    this.#statement = statementCache(db)
    this.cells = new CellStore(db)
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
   * when the database can't be written. Listeners are called after the commit.
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
      const count = countAssets(changes)
      const label = spec.label(count)
      return { count, label, activityId: this.#record(spec, label, count, changes) }
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

  /** Applies operations of a journal that win over what is here; writes neither activity nor outbox. */
  replay(operations: readonly Operation[]): void {
    this.#transaction((tracker) => {
      const stampOf = this.#db.prepare('SELECT stamp FROM stamps WHERE entity = ? AND entity_id = ? AND field = ?')
      for (const operation of operations) {
        const entity = operation.entity as Entity
        const known = stampOf.get(entity, operation.id, operation.field) as { stamp: string } | undefined
        if (known !== undefined && known.stamp >= operation.stamp) continue
        tracker.write(entity, operation.id, operation.field, operation.value, Number(operation.stamp.slice(0, 13)))
        if (operation.field !== '') this.#saveStamp(entity, operation.id, operation.field, operation.stamp)
      }
    })
  }

  /**
   * Sets each cell of an activity entry back to what it was (`undo`) or forward again (`redo`), as a mutation of its
   * own. A cell that something else has changed since is left alone.
   */
  revert(activityId: number, direction: 'undo' | 'redo', now: number): MutationResult {
    const entry = this.#db.prepare('SELECT label FROM activity WHERE id = ?').get(activityId) as { label: string }
    const rows = this.#db
      .prepare(
        `SELECT entity, entity_id, field, before, after FROM activity_changes WHERE activity_id = ? ORDER BY rowid ${direction === 'undo' ? 'DESC' : 'ASC'}`,
      )
      .all(activityId) as { entity: Entity; entity_id: string; field: string; before: string; after: string }[]
    const result = this.#transaction((tracker) => {
      const changes: Change[] = []
      const writer = tracker.writer(now, changes)
      for (const row of rows) {
        const [expected, target] = direction === 'undo' ? [row.after, row.before] : [row.before, row.after]
        writer.setIf(row.entity, row.entity_id, row.field, JSON.parse(expected), JSON.parse(target))
      }
      this.#db.prepare('UPDATE activity SET undone = ? WHERE id = ?').run(direction === 'undo' ? 1 : 0, activityId)
      const count = countAssets(changes)
      const label = `${direction === 'undo' ? 'Undid' : 'Redid'}: ${entry.label}`
      const spec = { kind: direction, label: () => label, undoable: false, now }
      return { count, label, activityId: changes.length === 0 ? null : this.#record(spec, label, count, changes) }
    })
    return { ...result, revision: this.#revision }
  }

  #record(spec: MutationSpec, label: string, count: number, changes: readonly Change[]): number {
    if (spec.undoable) this.#statement('UPDATE activity SET undone = 2 WHERE undoable = 1 AND undone = 1').run()
    const activityId = this.#activity(spec, label, count)
    const outbox = this.#statement('INSERT INTO journal_outbox(operation) VALUES (?)')
    const insert = this.#statement(
      'INSERT INTO activity_changes(activity_id, entity, entity_id, field, before, after) VALUES (?, ?, ?, ?, ?, ?)',
    )
    for (const change of changes) {
      if (spec.recordChanges !== false) {
        // The whole first record is in the journal; the history only needs to know that it began here.
        const after = change.field === '' ? true : change.after
        insert.run(
          activityId,
          change.entity,
          change.id,
          change.field,
          JSON.stringify(change.before),
          JSON.stringify(after),
        )
      }
      const stamp = this.#stamp(change, spec.now)
      const operation: Operation = {
        entity: change.entity,
        id: change.id,
        field: change.field,
        value: change.after,
        stamp,
      }
      outbox.run(JSON.stringify(operation))
    }
    return activityId
  }

  #activity(spec: MutationSpec, label: string, count: number): number {
    if (spec.groupId !== undefined) {
      const open = this.#statement('SELECT id, asset_count FROM activity WHERE group_id = ?').get(spec.groupId) as
        | { id: number; asset_count: number }
        | undefined
      if (open !== undefined) {
        const total = open.asset_count + count
        this.#statement('UPDATE activity SET asset_count = ?, label = ? WHERE id = ?').run(
          total,
          spec.label(total),
          open.id,
        )
        return open.id
      }
    }
    const result = this.#statement(
      'INSERT INTO activity(device_id, at, kind, label, asset_count, group_id, undoable) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ).run(this.#device, spec.now, spec.kind, label, count, spec.groupId ?? null, spec.undoable ? 1 : 0)
    return Number(result.lastInsertRowid)
  }

  #stamp(change: Change, now: number): Stamp {
    if (change.field === '') return nextStamp(now, null, this.#device)
    const known = this.#statement('SELECT stamp FROM stamps WHERE entity = ? AND entity_id = ? AND field = ?').get(
      change.entity,
      change.id,
      change.field,
    ) as { stamp: Stamp } | undefined
    const stamp = nextStamp(now, known?.stamp ?? null, this.#device)
    this.#saveStamp(change.entity, change.id, change.field, stamp)
    return stamp
  }

  #saveStamp(entity: Entity, id: string, field: string, stamp: string): void {
    this.#statement('INSERT OR REPLACE INTO stamps(entity, entity_id, field, stamp) VALUES (?, ?, ?, ?)').run(
      entity,
      id,
      field,
      stamp,
    )
  }

  #transaction<T>(work: (tracker: Tracker) => T): T {
    const tracker = new Tracker(this.cells)
    let committed: { value: T; revision: number }
    try {
      committed = this.#db
        .transaction(() => {
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

  constructor(cells: CellStore) {
    this.#cells = cells
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

  writer(now: number, changes: Change[]) {
    const set = (entity: Entity, id: string, field: string, value: CellValue): boolean => {
      const { before } = this.write(entity, id, field, value, now)
      if (before === undefined) return false
      if (field === '' || field === 'media' || !same(before, value))
        changes.push({ entity, id, field, before, after: value })
      return true
    }
    return {
      set,
      assetRow: (id: string) => this.#cells.assetRow(id),
      /** Sets the cell only if it still holds `expected`. A creation is reverted by its `deleted_at`, never by removal. */
      setIf: (entity: Entity, id: string, field: string, expected: CellValue, target: CellValue): void => {
        if (field === '' || field === 'media' || field === 'purged') return
        const { before } = this.write(entity, id, field, target, now)
        if (before === undefined) return
        if (!same(before, expected)) {
          this.write(entity, id, field, before, now)
          return
        }
        if (!same(before, target)) changes.push({ entity, id, field, before, after: target })
      },
    }
  }
}

function same(a: CellValue, b: CellValue): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}

function countAssets(changes: readonly Change[]): number {
  const ids = new Set<string>()
  for (const { entity, id } of changes) {
    if (entity === 'asset') ids.add(id)
    else if (entity === 'membership' || entity === 'assetTag') ids.add(id.slice(id.indexOf('/') + 1))
  }
  return ids.size
}
