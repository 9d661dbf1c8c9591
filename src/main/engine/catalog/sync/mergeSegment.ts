import Database from 'better-sqlite3'
import type { Operation, SegmentHeader } from '../journal/operation.ts'
import { mergeOperation } from './mergeCell.ts'
import type { Knows } from './mergeWrites.ts'
import type { Merging, Tally } from './merging.ts'
import { missingEntity } from './missingEntity.ts'
import { park } from './park.ts'

/**
 * What the author of a segment had seen. Of this device's own writes `stamps.place` names a number of the outbox, which its
 * segments bring to a sequence.
 */
export function knowledgeOf(merging: Merging, header: Pick<SegmentHeader, 'device' | 'seen'>): Knows {
  const { self } = merging
  const ownSeen = header.seen[self] ?? 0
  const sealed = merging
    .get(
      `SELECT coalesce(max(iif(seq <= :seen, last_outbox, NULL)), 0) AS seen, coalesce(max(iif(last_outbox = 0, seq, NULL)), 0) AS old
       FROM journal_segments WHERE device_id = :self`,
    )
    .get({ self, seen: ownSeen }) as { readonly seen: number; readonly old: number }
  return (device, place) => {
    if (device === header.device) return true
    if (device !== self) return (header.seen[device] ?? 0) >= place
    // From before places were noted: somewhere in the segments of that time.
    return place === 0 ? ownSeen > 0 && ownSeen >= sealed.old : place <= sealed.seen
  }
}

export function emptyTally(): Tally {
  return {
    changes: [],
    rows: new Set(),
    conflicts: 0,
    place: 0,
    undelete: new Set(),
    bringBack: new Set(),
    made: [],
  }
}

/** Merges operations inside of `Merging.within`. What can't be taken in now is parked. */
export function mergeOperations(merging: Merging, operations: readonly Operation[]): void {
  for (const operation of operations) {
    mergeOrPark(merging, operation)
    merging.tally.place++
  }
}

function mergeOrPark(merging: Merging, operation: Operation): void {
  const missing = missingEntity(merging, operation)
  if (missing !== null) {
    park(merging, JSON.stringify(operation), 'waits', missing)
    return
  }
  try {
    mergeOperation(merging, operation)
    for (const made of merging.tally.made.splice(0)) mergeWaiting(merging, made)
  } catch (error) {
    if (!isUnusable(error)) throw error
    park(merging, JSON.stringify(operation), 'unusable')
  }
}

/** What came before the entity that it concerns. Who brought an asset back has told what he knew himself. */
function mergeWaiting(merging: Merging, { id: made, isBack }: Tally['made'][number]): void {
  const rows = merging
    .get('SELECT device_id, seq, place, operation, seen FROM parked_operations WHERE waits_for = ? ORDER BY id')
    .all(made) as { device_id: string; seq: number; place: number; operation: string; seen: string }[]
  if (rows.length === 0) return
  merging.get('DELETE FROM parked_operations WHERE waits_for = ?').run(made)
  const { origin, door, tally } = merging
  const before = tally.place
  for (const { device_id: device, seq, place, operation, seen } of rows) {
    // A move counts for a link that does not stand, of which nothing was told.
    const isMove = JSON.parse(operation).field === 'position'
    if (isBack && !isMove && origin.knows(device, seq)) continue
    const header = { device, seq, seen: JSON.parse(seen) as Record<string, number> }
    const its = { ...origin, device, place: seq, knows: knowledgeOf(merging, header), header }
    tally.place = place
    merging.within(door, its, tally, () => mergeOperations(merging, [JSON.parse(operation) as Operation]))
  }
  tally.place = before
}

/** Whether SQLite refused a value, rather than not being able to write at all. Such a statement changes nothing. */
function isUnusable(error: unknown): boolean {
  if (error instanceof Database.SqliteError) {
    return (
      error.code.startsWith('SQLITE_CONSTRAINT') || error.code === 'SQLITE_MISMATCH' || error.code === 'SQLITE_ERROR'
    )
  }
  return false
}
