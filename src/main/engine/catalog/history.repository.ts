import { VitrineError } from '../../../shared/contract/errors.ts'
import type { Activity, MutationResult } from '../../../shared/contract/requests/requestMap.ts'
import type { AssetId } from '../../../shared/domain/ids.ts'
import { iso } from './assetRows.ts'
import type { Db } from './database.ts'
import type { Mutations } from './mutations.ts'
import { bucketOf, holdsRow } from './rowSets.ts'

export interface HistoryRepository {
  list(limit: number): readonly Activity[]
  forAsset(id: AssetId, limit: number): readonly Activity[]
  undo(now: number): MutationResult
  redo(now: number): MutationResult
  /** As `undo` and `redo`, but stops after each transaction of a very large one, so that other work gets its turn. */
  undoSteps(now: number): Generator<void, MutationResult>
  redoSteps(now: number): Generator<void, MutationResult>
}

type Row = { id: number; kind: string; label: string; asset_count: number; at: number; undone: number }

/** What was done, newest first, and the way back. */
export function historyRepository(db: Db, mutations: Mutations): HistoryRepository {
  const columns = 'id, kind, label, asset_count, at, undone'
  const list = db.prepare(`SELECT ${columns} FROM activity WHERE kind <> 'media' ORDER BY id DESC LIMIT ?`)
  const cellsOf = db
    .prepare(
      `SELECT DISTINCT activity_id FROM activity_changes WHERE entity_id = :id AND entity = 'asset'
       UNION SELECT activity_id FROM activity_changes WHERE entity_id IN (
         SELECT collection_id || '/' || :id FROM collection_assets WHERE asset_row = :row
         UNION ALL SELECT tag_id || '/' || :id FROM asset_tags WHERE asset_row = :row)
       ORDER BY activity_id DESC LIMIT :limit`,
    )
    .pluck()
  const setsOf = db
    .prepare('SELECT activity_id, rows FROM activity_sets WHERE bucket = ? ORDER BY activity_id DESC')
    .raw()
  const rowOf = db.prepare('SELECT row_id FROM assets WHERE id = ?').pluck()
  const entries = db.prepare(
    `SELECT ${columns} FROM activity WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id DESC LIMIT ?`,
  )
  const lastDone = db
    .prepare('SELECT id FROM activity WHERE undoable = 1 AND undone = 0 ORDER BY id DESC LIMIT 1')
    .pluck()
  const lastUndone = db.prepare('SELECT id FROM activity WHERE undoable = 1 AND undone = 1 ORDER BY id LIMIT 1').pluck()

  const toActivity = (row: Row): Activity => ({
    id: row.id,
    kind: row.kind,
    label: row.label,
    count: row.asset_count,
    at: iso(row.at) ?? '',
    undone: row.undone !== 0,
  })
  /** The latest entries of which a set holds the row. Sets are small, and there is at most one a field in each entry. */
  const withRow = (row: number, limit: number): number[] => {
    const found = new Set<number>()
    for (const [activity, rows] of setsOf.iterate(bucketOf(row)) as Iterable<[number, Uint8Array]>) {
      if (found.size >= limit && !found.has(activity)) break
      if (!found.has(activity) && holdsRow(rows, row)) found.add(activity)
    }
    return [...found]
  }
  const revert = (id: unknown, direction: 'undo' | 'redo', now: number): Generator<void, MutationResult> => {
    if (typeof id !== 'number') throw new VitrineError('nothing_to_undo', `There is nothing to ${direction}.`)
    return mutations.revert(id, direction, now)
  }
  const undoSteps = (now: number) => revert(lastDone.get(), 'undo', now)
  const redoSteps = (now: number) => revert(lastUndone.get(), 'redo', now)
  return {
    list: (limit: number) => (list.all(limit) as Row[]).map(toActivity),
    forAsset(id: AssetId, limit: number) {
      const row = rowOf.get(id) as number | undefined
      const ids = cellsOf.all({ id, row: row ?? null, limit }) as number[]
      const all = row === undefined ? ids : [...ids, ...withRow(row, limit)]
      return (entries.all(JSON.stringify(all), limit) as Row[]).map(toActivity)
    },
    undo: (now: number) => toEnd(undoSteps(now)),
    redo: (now: number) => toEnd(redoSteps(now)),
    undoSteps,
    redoSteps,
  }
}

function toEnd<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}
