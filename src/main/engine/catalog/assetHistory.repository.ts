import type { AssetId } from '../../../shared/domain/ids.ts'
import type { Db } from './database.ts'
import type { CellValue, Entity } from './journal/operation.ts'
import { bucketOf, holdsRow, unpackRows } from './rowSets.ts'
import { valueAt } from './setValues.ts'

/** One cell that concerns an asset, as an entry of the history changed it. */
export interface AssetChange {
  readonly entity: Entity
  /** The other end of a link, or the version; empty for a cell of the asset itself. */
  readonly of: string
  readonly field: string
  readonly before: CellValue
  readonly after: CellValue
}

export interface AssetEntry {
  readonly id: number
  readonly deviceId: string
  readonly kind: string
  readonly label: string
  /** How many assets it changed. */
  readonly count: number
  /** Milliseconds since the Unix epoch. */
  readonly at: number
  readonly undoable: boolean
  readonly undone: boolean
  /** In the order in which they were made. */
  readonly changes: readonly AssetChange[]
}

/** What happened to one asset. */
export interface AssetHistory {
  /** The newest entries before the one with the id `before` (null: of all), newest first. */
  entries(id: AssetId, limit: number, before: number | null): readonly AssetEntry[]
  /** The last thing that was done to it, can be undone, and has not been. */
  latestUndoable(id: AssetId): { readonly id: number; readonly label: string } | undefined
  /** What people call what a change names, as it is called now; null if it is gone or has no name. */
  nameOf(kind: NamedKind, id: string): string | null
}
export type NamedKind = 'collection' | 'tag' | 'request' | 'job' | 'version'

/** Ids are UUIDs; that of a link is its two ends with a slash between them. */
const UUID_LENGTH = 36

interface CellRow {
  readonly activity_id: number
  readonly place: number
  readonly entity: Entity
  readonly entity_id: string
  readonly field: string
  readonly before: string
  readonly after: string
}
interface SetRow {
  readonly id: number
  readonly activity_id: number
  readonly entity: Entity
  readonly owner: string
  readonly field: string
  readonly bucket: number
  readonly rows: Uint8Array
  readonly before: string
  readonly after: string
  readonly follows: number
}
type EntryRow = Omit<AssetEntry, 'undoable' | 'undone' | 'changes'> & {
  readonly undoable: number
  readonly undone: number
}
/** In the order of `revertParts`: by the cell, then the sets that follow it. */
type Placed = AssetChange & { readonly place: number; readonly set: number }

/**
 * Finds the entries by single cells (of the asset, of its links by the end of their id, and of its versions) and by sets
 * of the asset's bucket, of which only the rows are read until one holds the asset.
 */
export function assetHistory(db: Db): AssetHistory {
  const columns = 'activity_id, rowid AS place, entity, entity_id, field, before, after FROM activity_changes'
  const cells = db.prepare(
    `SELECT ${columns} WHERE entity_id = :id AND entity = 'asset' AND activity_id < :before
     UNION ALL SELECT ${columns} WHERE substr(entity_id, 38) = :id AND entity IN ('membership', 'assetTag', 'requestReference')
       AND activity_id < :before
     UNION ALL SELECT ${columns} WHERE entity_id IN (SELECT id FROM asset_versions WHERE asset_row = :row)
       AND entity = 'assetVersion' AND activity_id < :before
     ORDER BY activity_id DESC`,
  )
  const sets = db
    .prepare(
      'SELECT activity_id, id, rows FROM activity_sets WHERE bucket = ? AND activity_id < ? ORDER BY activity_id DESC',
    )
    .raw()
  const setById = db.prepare('SELECT * FROM activity_sets WHERE id = ?')
  const rowOf = db
    .prepare(
      'SELECT row_id FROM assets WHERE id = :id UNION ALL SELECT asset_row FROM tombstones WHERE asset_id = :id AND asset_row IS NOT NULL',
    )
    .pluck()
  const entry = db.prepare(
    `SELECT id, device_id AS deviceId, kind, label, asset_count AS count, at, undoable, undone FROM activity WHERE id = ?`,
  )
  const undoable = db.prepare('SELECT id, label FROM activity WHERE id = ? AND undoable = 1 AND undone = 0')
  const named: Readonly<Record<NamedKind, { get(id: string): unknown }>> = {
    collection: db.prepare('SELECT name FROM collections WHERE id = ?').pluck(),
    tag: db.prepare('SELECT name FROM tags WHERE id = ?').pluck(),
    request: db.prepare('SELECT user_prompt FROM generation_requests WHERE id = ?').pluck(),
    job: db.prepare('SELECT folder FROM generation_jobs WHERE id = ?').pluck(),
    version: db.prepare('SELECT version_number FROM asset_versions WHERE id = ?').pluck(),
  }

  /** Changes by entry, of the newest `limit` entries. */
  const changesOf = (id: AssetId, limit: number, before: number): Map<number, Placed[]> => {
    const row = rowOf.get({ id }) as number | undefined
    const found = new Map<number, Placed[]>()
    const add = (activity: number, change: Placed): void => {
      const known = found.get(activity)
      if (known === undefined) found.set(activity, [change])
      else known.push(change)
    }
    let entries = new Set<number>()
    for (const cell of cells.iterate({ id, row: row ?? null, before }) as Iterable<CellRow>) {
      if (entries.add(cell.activity_id).size > limit) break
      add(cell.activity_id, changeOfCell(cell))
    }
    if (row !== undefined) {
      entries = new Set()
      const hits: number[] = []
      for (const [activity, set, rows] of sets.iterate(bucketOf(row), before) as Iterable<
        [number, number, Uint8Array]
      >) {
        if (entries.size === limit && !entries.has(activity)) break
        if (!holdsRow(rows, row)) continue
        entries.add(activity)
        hits.push(set)
      }
      for (const hit of hits) {
        const set = setById.get(hit) as SetRow
        add(set.activity_id, changeOfSet(set, row))
      }
    }
    const newest = [...found].sort(([a], [b]) => b - a).slice(0, limit)
    return new Map(newest)
  }

  return {
    entries: (id, limit, before) =>
      [...changesOf(id, limit, before ?? Number.MAX_SAFE_INTEGER)].map(([activity, changes]) => {
        const found = entry.get(activity) as EntryRow
        const ordered = changes
          .sort((a, b) => a.place - b.place || a.set - b.set)
          .map(({ place: _, set: __, ...change }) => change)
        return { ...found, undoable: found.undoable !== 0, undone: found.undone !== 0, changes: ordered }
      }),
    latestUndoable(id) {
      let before = Number.MAX_SAFE_INTEGER
      for (;;) {
        const ids = [...changesOf(id, 20, before).keys()]
        for (const activity of ids) {
          const found = undoable.get(activity) as { id: number; label: string } | undefined
          if (found !== undefined) return found
        }
        const last = ids.at(-1)
        if (last === undefined) return undefined
        before = last
      }
    },
    nameOf(kind, id) {
      const name = named[kind].get(id)
      return name === undefined || name === null ? null : String(name)
    },
  }
}

function changeOfCell({ place, entity, entity_id, field, before, after }: CellRow): Placed {
  const of = entity === 'asset' ? '' : entity_id.slice(0, UUID_LENGTH)
  return { place, set: 0, entity, of, field, before: JSON.parse(before), after: JSON.parse(after) }
}

function changeOfSet({ id, entity, owner, field, bucket, rows, before, after, follows }: SetRow, row: number): Placed {
  const index = unpackRows(bucket, rows).indexOf(row)
  const [old, made] = [valueAt(JSON.parse(before), index), valueAt(JSON.parse(after), index)]
  return { place: follows, set: id, entity, of: owner, field, before: old, after: made }
}
