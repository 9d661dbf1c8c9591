import { type Db, statementCache } from '../database.ts'
import type { KnownDevice, LogPosition, SegmentRefusal } from './remoteLog.ts'

interface DeviceRow {
  readonly id: string
  readonly name: string | null
  readonly applied_seq: number
  readonly applied_sha: string | null
  readonly seen: string
  readonly stopped_seq: number | null
  readonly stopped_problem: SegmentRefusal['problem'] | null
  readonly stopped_message: string | null
}

/** How far the logs of other devices are applied. */
export interface DeviceLogs {
  list(): KnownDevice[]
  position(
    device: string,
  ): LogPosition & { readonly seen: Readonly<Record<string, number>>; readonly name: string | null }
  frontier(): Record<string, number>
  name(device: string, name: string): void
  /** Inside of the transaction that applies the segment. */
  moveTo(device: string, position: LogPosition, seen: Readonly<Record<string, number>>): void
  stop(device: string, refusal: SegmentRefusal): void
}

export function deviceLogs(db: Db): DeviceLogs {
  const get = statementCache(db)
  const row = (device: string): DeviceRow | undefined =>
    get('SELECT * FROM devices WHERE id = ?').get(device) as DeviceRow | undefined
  return {
    list: () => (get('SELECT * FROM devices ORDER BY id').all() as DeviceRow[]).map(toDevice),
    position(device) {
      const found = row(device)
      return {
        seq: found?.applied_seq ?? 0,
        sha256: found?.applied_sha ?? null,
        seen: found === undefined ? {} : (JSON.parse(found.seen) as Record<string, number>),
        name: found?.name ?? null,
      }
    },
    frontier: () =>
      Object.fromEntries(
        (
          get('SELECT id, applied_seq AS seq FROM devices WHERE applied_seq > 0 ORDER BY id').all() as {
            id: string
            seq: number
          }[]
        ).map(({ id, seq }) => [id, seq]),
      ),
    name(device, name) {
      get(
        'INSERT INTO devices(id, name) VALUES (?, ?) ON CONFLICT DO UPDATE SET name = excluded.name WHERE name IS NOT excluded.name',
      ).run(device, name)
    },
    moveTo(device, { seq, sha256 }, seen) {
      get(
        `INSERT INTO devices(id, applied_seq, applied_sha, seen) VALUES (:device, :seq, :sha256, :seen)
         ON CONFLICT DO UPDATE SET applied_seq = :seq, applied_sha = :sha256, seen = :seen,
           stopped_seq = NULL, stopped_problem = NULL, stopped_message = NULL`,
      ).run({ device, seq, sha256, seen: JSON.stringify(seen) })
    },
    stop(device, { seq, problem, message }) {
      get(
        `INSERT INTO devices(id, stopped_seq, stopped_problem, stopped_message) VALUES (:device, :seq, :problem, :message)
         ON CONFLICT DO UPDATE SET stopped_seq = :seq, stopped_problem = :problem, stopped_message = :message`,
      ).run({ device, seq, problem, message })
    },
  }
}

function toDevice(row: DeviceRow): KnownDevice {
  const { stopped_seq: seq, stopped_problem: problem, stopped_message: message } = row
  const stopped = seq === null || problem === null || message === null ? null : { seq, problem, message }
  return { id: row.id, name: row.name, applied: { seq: row.applied_seq, sha256: row.applied_sha }, stopped }
}
