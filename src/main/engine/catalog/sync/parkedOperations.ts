import { type Db, statementCache } from '../database.ts'
import type { Mutations } from '../mutations.ts'
import { emptyTally, knowledgeOf, mergeOperations } from './mergeSegment.ts'
import type { Merging } from './merging.ts'
import { readLines } from './readLines.ts'

interface ParkedRow {
  readonly id: number
  readonly device_id: string
  readonly seq: number
  readonly operation: string
  readonly seen: string
}

/**
 * Takes in what waited for a version that understands it, each in a transaction of its own. Returns how many operations
 * that were. `outbox` is the last number of the outbox.
 */
export function replayParked(db: Db, mutations: Mutations, merging: Merging, now: number, outbox: number): number {
  const get = statementCache(db)
  let count = 0
  const rows = get(
    "SELECT id, device_id, seq, operation, seen FROM parked_operations WHERE reason = 'unknown' ORDER BY id",
  ).all()
  for (const { id, device_id: device, seq, operation, seen } of rows as ParkedRow[]) {
    const read = readLines([operation], device)
    if (read === null || read.operations.length === 0 || read.parked.length > 0) continue
    const header = { device, seq, seen: JSON.parse(seen) as Record<string, number> }
    const origin = { device, place: seq, knows: knowledgeOf(merging, header), now, outbox, header }
    mutations.merge((door) =>
      merging.within(door, origin, { ...emptyTally(), place: id }, () => {
        get('DELETE FROM parked_operations WHERE id = ?').run(id)
        mergeOperations(merging, read.operations)
      }),
    )
    count += read.operations.length
  }
  return count
}
