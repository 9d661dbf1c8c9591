import { type Db, statementCache } from '../database.ts'
import type { SegmentHeader } from '../journal/operation.ts'
import type { Mutations } from '../mutations.ts'
import { emptyTally, knowledgeOf, mergeOperations } from './mergeSegment.ts'
import type { Merging } from './merging.ts'
import { readLines } from './readLines.ts'

interface ParkedRow {
  readonly device_id: string
  readonly seq: number
  readonly place: number
  readonly operation: string
  readonly seen: string
}

export interface ParkedOperations {
  /** Inside of the transaction that applies the segment. `place` tells the operations of one segment apart. */
  park(header: SegmentHeader, place: number, operation: string, reason: 'unknown' | 'unusable'): void
  replay(
    mutations: Mutations,
    merging: Merging,
    at: { readonly now: () => number; readonly outbox: () => number },
  ): number
}

/** Operations that this version could not take in. They wait for one that can. */
export function parkedOperations(db: Db): ParkedOperations {
  const get = statementCache(db)
  return {
    park(header, place, operation, reason) {
      get(
        'INSERT OR REPLACE INTO parked_operations(device_id, seq, place, operation, seen, reason) VALUES (?, ?, ?, ?, ?, ?)',
      ).run(header.device, header.seq, place, operation, JSON.stringify(header.seen), reason)
    },
    replay(mutations, merging, at) {
      let count = 0
      const rows = get("SELECT * FROM parked_operations WHERE reason = 'unknown' ORDER BY device_id, seq, place").all()
      for (const { device_id: device, seq, place, operation, seen } of rows as ParkedRow[]) {
        const read = readLines([operation], device)
        if (read === null || read.operations.length === 0 || read.parked.length > 0) continue
        const header = { device, seen: JSON.parse(seen) as Record<string, number> }
        mutations.merge((door) => {
          const origin = { device, place: seq, knows: knowledgeOf(merging, header), now: at.now(), outbox: at.outbox() }
          merging.within(door, origin, emptyTally(), () => {
            mergeOperations(merging, read.operations, () => undefined)
            get('DELETE FROM parked_operations WHERE device_id = ? AND seq = ? AND place = ?').run(device, seq, place)
          })
        })
        count += read.operations.length
      }
      return count
    },
  }
}
