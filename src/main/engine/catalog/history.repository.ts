import { VitrineError } from '../../../shared/contract/errors.ts'
import type { Activity, MutationResult } from '../../../shared/contract/requests/requestMap.ts'
import { type AssetHistory, assetHistory } from './assetHistory.repository.ts'
import { iso } from './assetRows.ts'
import type { Db } from './database.ts'
import type { Mutations } from './mutations.ts'
import { type Steps, toEnd } from './stepDone.ts'

export interface HistoryRepository {
  list(limit: number): readonly Activity[]
  readonly ofAsset: AssetHistory
  undo(now: number): MutationResult
  redo(now: number): MutationResult
  /** As `undo` and `redo`, but stops after each transaction of a very large one, so that other work gets its turn. */
  undoSteps(now: number): Steps
  redoSteps(now: number): Steps
  /**
   * Undoes an entry that need not be the last. One that is not is taken back by a change of its own, so that what can be
   * undone stays one line from the latest to the oldest.
   */
  revertSteps(activityId: number, now: number): Steps
}

type Row = { id: number; kind: string; label: string; asset_count: number; at: number; undone: number }

/** What was done, newest first, and the way back. */
export function historyRepository(db: Db, mutations: Mutations): HistoryRepository {
  const columns = 'id, kind, label, asset_count, at, undone'
  const list = db.prepare(`SELECT ${columns} FROM activity WHERE kind <> 'media' ORDER BY id DESC LIMIT ?`)
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
  const revert = (id: unknown, direction: 'undo' | 'redo', now: number): Steps => {
    if (typeof id !== 'number') throw new VitrineError('nothing_to_undo', `There is nothing to ${direction}.`)
    return mutations.revert(id, direction, now)
  }
  const undoSteps = (now: number) => revert(lastDone.get(), 'undo', now)
  const redoSteps = (now: number) => revert(lastUndone.get(), 'redo', now)
  return {
    list: (limit: number) => (list.all(limit) as Row[]).map(toActivity),
    ofAsset: assetHistory(db),
    undo: (now: number) => toEnd(undoSteps(now)),
    redo: (now: number) => toEnd(redoSteps(now)),
    undoSteps,
    redoSteps,
    revertSteps: (activityId: number, now: number) =>
      lastDone.get() === activityId ? undoSteps(now) : mutations.revert(activityId, 'undo', now, 'entry'),
  }
}
