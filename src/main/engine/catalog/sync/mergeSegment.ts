import Database from 'better-sqlite3'
import type { Operation, SegmentHeader } from '../journal/operation.ts'
import { mergeOperation } from './mergeCell.ts'
import type { Knows } from './mergeWrites.ts'
import type { Merging, Tally } from './merging.ts'

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
  return { changes: [], rows: new Set(), conflicts: 0, parked: 0, undelete: new Set(), bringBack: new Set() }
}

/** Merges operations inside of `Merging.within`. What the rows can't hold is handed to `onUnusable`. */
export function mergeOperations(
  merging: Merging,
  operations: readonly Operation[],
  onUnusable: (operation: Operation, index: number) => void,
): void {
  for (const [index, operation] of operations.entries()) {
    try {
      mergeOperation(merging, operation)
    } catch (error) {
      if (!isUnusable(error)) throw error
      onUnusable(operation, index)
    }
  }
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
