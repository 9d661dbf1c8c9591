import { type Db, statementCache } from '../database.ts'
import type { CellValue, Entity } from '../journal/operation.ts'
import { parseStamp, type Stamp } from '../journal/stamp.ts'
import type { Mutations } from '../mutations.ts'
import { same } from '../setValues.ts'
import { CellReader } from './readCell.ts'
import type { Conflicts, FoundConflict } from './remoteLog.ts'

interface Row {
  readonly id: number
  readonly entity: Entity
  readonly entity_id: string
  readonly field: string
  readonly value: string
  readonly stamp: Stamp
  readonly found_at: number
  readonly shown: Stamp
}

/** Edits that lost. One that a later change of this device has seen is settled by that. */
export function conflictsRepository(db: Db, mutations: Mutations, self: string): Conflicts {
  const get = statementCache(db)
  const reader = new CellReader(db)
  const open = `FROM unshown_writes u JOIN stamps s ON s.entity = u.entity AND s.entity_id = u.entity_id AND s.field = u.field
    WHERE u.listed = 1 AND NOT (substr(s.stamp, 22) = :self AND s.place > iif(substr(u.stamp, 22) = :self, u.place, u.outbox))
      AND (u.entity <> 'asset' OR EXISTS (SELECT 1 FROM assets WHERE id = u.entity_id))`
  const columns = 'u.id, u.entity, u.entity_id, u.field, u.value, u.stamp, u.found_at, s.stamp AS shown'
  const toConflict = (row: Row): FoundConflict => ({
    id: row.id,
    entity: row.entity,
    entityId: row.entity_id,
    field: row.field,
    value: reader.read(row.entity, row.entity_id, row.field) ?? null,
    lost: JSON.parse(row.value),
    device: parseStamp(row.shown).device,
    lostDevice: parseStamp(row.stamp).device,
    lostAt: parseStamp(row.stamp).wall,
    foundAt: row.found_at,
  })
  return {
    count: () => Number((get(`SELECT count(*) AS n ${open}`).get({ self }) as { n: number }).n),
    list(limit, before) {
      const rows = get(
        `SELECT ${columns} ${open} AND u.id < coalesce(:before, 9223372036854775807) ORDER BY u.id DESC LIMIT :limit`,
      ).all({ self, before: before ?? null, limit })
      return (rows as Row[]).map(toConflict)
    },
    resolve(ids, how, now) {
      const verb = how === 'restore' ? 'Restored' : 'Confirmed'
      let count = 0
      const label = (): string =>
        `${verb} ${count === 1 ? '1 edit' : `${count} edits`} of which another device knew nothing`
      return mutations.run({ kind: 'resolve', label, undoable: how === 'restore', now }, (writer) => {
        for (const id of new Set(ids)) {
          const row = get(`SELECT ${columns} ${open} AND u.id = :id`).get({ self, id }) as Row | undefined
          if (row === undefined) continue
          const lost = JSON.parse(row.value) as CellValue
          const value = reader.read(row.entity, row.entity_id, row.field) ?? null
          if (how === 'restore' && !same(lost, value)) writer.set(row.entity, row.entity_id, row.field, lost)
          else writer.confirm(row.entity, row.entity_id, row.field, value)
          count++
        }
      })
    },
  }
}
