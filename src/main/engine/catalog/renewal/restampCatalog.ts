import { type Db, statementCache } from '../database.ts'
import type { Operation, SegmentHeader } from '../journal/operation.ts'
import type { RenewalPlan } from './renewalPlan.ts'

/** A segment of the new device's log as it lies on disk. */
export interface RenewedSegment {
  readonly header: SegmentHeader
  readonly operations: readonly Operation[]
  readonly lines: number
  readonly sha256: string
}

/**
 * Makes a catalogue that of another device, inside of a transaction: what is only here is a write of the new device, what the
 * bucket holds of the old one is a write of another device. `last` is the header of the last segment that the bucket holds;
 * `name` what the old device was called.
 */
export function restampCatalog(
  db: Db,
  plan: RenewalPlan,
  segments: Iterable<RenewedSegment>,
  old: { readonly last: SegmentHeader | null; readonly name: string },
): void {
  const { from, to, seq, sha256 } = plan
  const get = statementCache(db)
  const parked = parkedOf(db, from)
  db.exec('CREATE TEMP TABLE segment_ends(last_outbox INTEGER PRIMARY KEY, seq INTEGER NOT NULL) STRICT')
  get(
    `INSERT INTO temp.segment_ends(last_outbox, seq)
     SELECT last_outbox, iif(last_outbox = 0, max(seq), min(seq)) FROM journal_segments
     WHERE device_id = ? AND seq <= ? GROUP BY last_outbox`,
  ).run(from, seq)
  get('DELETE FROM journal_segments WHERE device_id = ?').run(from)

  for (const { header, operations, lines, sha256: sha } of segments) {
    for (const { entity, id, field, stamp } of operations) {
      if (field === '') continue
      const renewed = { entity, id, field, stamp, old: stamp.slice(0, -to.length) + from, place: header.lastOutbox }
      get(
        'UPDATE stamps SET stamp = :stamp, place = :place WHERE entity = :entity AND entity_id = :id AND field = :field AND stamp = :old',
      ).run(renewed)
      get(
        'UPDATE unshown_writes SET stamp = :stamp, place = :place WHERE entity = :entity AND entity_id = :id AND field = :field AND stamp = :old',
      ).run(renewed)
      const waiting = parked.get(`${entity} ${id} ${field} ${renewed.old}`)
      if (waiting !== undefined) {
        const operation = JSON.stringify({ ...waiting.operation, stamp })
        get('UPDATE parked_operations SET device_id = ?, operation = ? WHERE id = ?').run(to, operation, waiting.id)
      }
    }
    get(
      'INSERT INTO journal_segments(device_id, seq, sha256, operations, sealed_at, last_outbox) VALUES (?, ?, ?, ?, 0, ?)',
    ).run(to, header.seq, sha, lines, header.lastOutbox)
  }

  // Of others a write has its segment as its place. Whatever was written here later knew it, as `outbox` says.
  const segment = `coalesce((SELECT e.seq FROM temp.segment_ends e WHERE e.last_outbox >= place ORDER BY e.last_outbox LIMIT 1), ${seq})`
  get('UPDATE unshown_writes SET outbox = place WHERE substr(stamp, 22) = ?').run(from)
  for (const table of ['stamps', 'unshown_writes'])
    get(`UPDATE ${table} SET place = ${segment} WHERE substr(stamp, 22) = ?`).run(from)
  get(
    `UPDATE parked_operations SET place = :beyond + id, seq = ${segment.replace('>= place', '>= parked_operations.seq')} WHERE device_id = :from`,
  ).run({ beyond: BEYOND_LINES, from })
  db.exec('DROP TABLE temp.segment_ends')

  get('INSERT OR REPLACE INTO devices(id, name, applied_seq, applied_sha, seen) VALUES (?, ?, ?, ?, ?)').run(
    from,
    old.name,
    seq,
    sha256,
    JSON.stringify(old.last?.seen ?? {}),
  )
  // The new log begins anew; what of it is held is found out as it is told.
  for (const table of ['outgoing_segments', 'held_operations', 'publications']) get(`DELETE FROM ${table}`).run()
  forgetBuckets(get)
}

/**
 * The new device has asked nobody to wait for it: what buckets were shown to hold may have been removed meanwhile, so all of
 * that is asked for again, after it has made itself known.
 */
function forgetBuckets(get: ReturnType<typeof statementCache>): void {
  for (const table of ['remote_objects', 'removal_rounds']) get(`DELETE FROM ${table}`).run()
  for (const what of ['fresh', 'enrolled', 'said', 'manifest'])
    get(`DELETE FROM settings WHERE key GLOB 'remote.*.${what}'`).run()
}

/** Above the places of all lines that a segment may have, and of all assets that wait in it. */
const BEYOND_LINES = 2_000_000_000

/** What this device has put aside of its own writes, by the cell and the stamp. */
function parkedOf(db: Db, device: string): Map<string, { readonly id: number; readonly operation: Operation }> {
  const rows = db.prepare('SELECT id, operation FROM parked_operations WHERE device_id = ?').all(device) as {
    readonly id: number
    readonly operation: string
  }[]
  return new Map(
    rows.map((row) => {
      const operation = JSON.parse(row.operation) as Operation
      const { entity, id, field, stamp } = operation
      return [`${entity} ${id} ${field} ${stamp}`, { id: row.id, operation }]
    }),
  )
}
