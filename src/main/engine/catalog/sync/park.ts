import type { Merging } from './merging.ts'

/**
 * Inside of the transaction that applies a segment: keeps an operation that can't be taken in now. `tally.place` says where in its
 * segment it stands, so that it is kept once however often the segment is merged.
 */
export function park(
  merging: Merging,
  operation: string,
  reason: 'unknown' | 'unusable' | 'waits',
  waitsFor: string | null = null,
): void {
  const { device, seq, seen } = merging.origin.header
  merging
    .get(
      `INSERT INTO parked_operations(device_id, seq, place, operation, seen, reason, waits_for) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO NOTHING`,
    )
    .run(device, seq, merging.tally.place, operation, JSON.stringify(seen), reason, waitsFor)
}
