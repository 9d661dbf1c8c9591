import { VitrineError } from '../../../shared/contract/errors.ts'
import type { Activity, MutationResult } from '../../../shared/contract/requests/requestMap.ts'
import type { AssetId } from '../../../shared/domain/ids.ts'
import { iso } from './assetRows.ts'
import type { HistoryRepository } from './catalog.ts'
import type { Db } from './database.ts'
import type { Mutations } from './mutations.ts'

type Row = { id: number; kind: string; label: string; asset_count: number; at: number; undone: number }

/** What was done, newest first, and the way back. */
export function historyRepository(db: Db, mutations: Mutations): HistoryRepository {
  const columns = 'id, kind, label, asset_count, at, undone'
  const list = db.prepare(`SELECT ${columns} FROM activity WHERE kind <> 'media' ORDER BY id DESC LIMIT ?`)
  const forAsset = db.prepare(
    `SELECT ${columns} FROM activity WHERE id IN (
       SELECT activity_id FROM activity_changes WHERE entity_id = :id AND entity = 'asset'
       UNION SELECT activity_id FROM activity_changes WHERE entity_id IN (
         SELECT collection_id || '/' || :id FROM collection_assets WHERE asset_row = (SELECT row_id FROM assets WHERE id = :id))
     ) ORDER BY id DESC LIMIT :limit`,
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
  const revert = (id: unknown, direction: 'undo' | 'redo', now: number): MutationResult => {
    if (typeof id !== 'number') throw new VitrineError('nothing_to_undo', `There is nothing to ${direction}.`)
    return mutations.revert(id, direction, now)
  }
  return {
    list: (limit: number) => (list.all(limit) as Row[]).map(toActivity),
    forAsset: (id: AssetId, limit: number) => (forAsset.all({ id, limit }) as Row[]).map(toActivity),
    undo: (now: number) => revert(lastDone.get(), 'undo', now),
    redo: (now: number) => revert(lastUndone.get(), 'redo', now),
  }
}
