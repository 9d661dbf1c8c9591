import type { RemoteId } from '../../../shared/domain/ids.ts'
import { type Db, inTransaction, withoutWaiting } from './database.ts'

/** Durable background work. Single consumer (the engine), so a lease ends with the process that held it. */
export interface QueueRepository {
  /** A job with the same kind and key is replaced if it is not leased. */
  enqueue(jobs: readonly NewQueueJob[]): void
  /** Called after jobs of this kind were enqueued, so that whoever works on them need not look all the time. */
  onEnqueued(kind: QueueKind, listener: () => void): () => void
  /** Leases up to `limit` due jobs: highest priority first, then oldest. */
  claim(kind: QueueKind, limit: number, now: number): readonly QueueJob[]
  complete(ids: readonly number[]): void
  /** Gives leased jobs back with another payload and priority: the next stage of the same work. */
  goOn(ids: readonly number[], payload: unknown, priority: number): void
  /** Sets the priority of jobs that nobody works on yet. */
  prefer(kind: QueueKind, keys: readonly string[], priority: number): void
  /** Gives the job back; `runAt` null parks it until `retry`. */
  fail(id: number, error: { readonly code: string; readonly message: string }, runAt: number | null): void
  /** Gives leased jobs back as if they had not been tried; they are due at `runAt`. */
  postpone(ids: readonly number[], runAt: number): void
  retry(kind: QueueKind, keyPrefix: string, now: number): number
  remove(kind: QueueKind, keyPrefix: string): void
  counts(kind: QueueKind): { readonly waiting: number; readonly leased: number; readonly parked: number }
  /** When the next unleased job is due, null when there is none. */
  nextRunAt(kind: QueueKind): number | null
  parked(kind: QueueKind): readonly QueueJob[]
  find(kind: QueueKind, key: string): QueueJob | undefined
  /** Makes jobs due at once, for a server that is back. */
  wake(kind: QueueKind, now: number): void
}

/**
 * `poster`: a film of which a window is to draw a frame. `workspace-…`, with the id of the remote: objects to be taken from a
 * workspace bucket, or removed there.
 */
export type QueueKind = 'media' | 'upload' | 'poster' | `workspace-${'take' | 'remove'}:${RemoteId}`

export interface NewQueueJob {
  readonly kind: QueueKind
  readonly key: string
  readonly payload: unknown
  /** Higher runs first. */
  readonly priority: number
  readonly runAt: number
}

export interface QueueJob {
  readonly id: number
  readonly key: string
  readonly payload: unknown
  readonly priority: number
  readonly attempts: number
  readonly error: { readonly code: string; readonly message: string } | null
}

type Row = Record<string, string | number | null>

/** Durable background work. Leases of a process that is gone are given back when the catalogue opens. */
export function queueRepository(db: Db): QueueRepository {
  const enqueue = db.prepare(
    `INSERT INTO queue(kind, key, payload, priority, run_at) VALUES (:kind, :key, :payload, :priority, :runAt)
     ON CONFLICT(kind, key) DO UPDATE SET payload = excluded.payload, priority = excluded.priority, run_at = excluded.run_at,
       attempts = 0, error_code = NULL, error_message = NULL WHERE leased = 0`,
  )
  const due = db.prepare(
    'SELECT * FROM queue WHERE kind = ? AND leased = 0 AND run_at IS NOT NULL AND run_at <= ? ORDER BY priority DESC, id LIMIT ?',
  )
  const lease = db.prepare('UPDATE queue SET leased = 1, attempts = attempts + 1 WHERE id = ?')
  const complete = db.prepare('DELETE FROM queue WHERE id = ?')
  const goOn = db.prepare('UPDATE queue SET leased = 0, attempts = 0, payload = ?, priority = ? WHERE id = ?')
  const prefer = db.prepare('UPDATE queue SET priority = ? WHERE kind = ? AND key = ? AND leased = 0')
  const fail = db.prepare('UPDATE queue SET leased = 0, error_code = ?, error_message = ?, run_at = ? WHERE id = ?')
  const postpone = db.prepare('UPDATE queue SET leased = 0, attempts = attempts - 1, run_at = ? WHERE id = ?')
  const retry = db.prepare(
    "UPDATE queue SET run_at = ?, attempts = 0 WHERE kind = ? AND leased = 0 AND run_at IS NULL AND key LIKE ? ESCAPE '\\'",
  )
  const remove = db.prepare("DELETE FROM queue WHERE kind = ? AND key LIKE ? ESCAPE '\\'")
  const counts = db.prepare(
    `SELECT total(leased = 0 AND run_at IS NOT NULL) AS waiting, total(leased) AS leased, total(leased = 0 AND run_at IS NULL) AS parked
     FROM queue WHERE kind = ?`,
  )
  const nextRunAt = db.prepare('SELECT min(run_at) FROM queue WHERE kind = ? AND leased = 0').pluck()
  const parked = db.prepare('SELECT * FROM queue WHERE kind = ? AND leased = 0 AND run_at IS NULL ORDER BY id')
  const find = db.prepare('SELECT * FROM queue WHERE kind = ? AND key = ?')
  const wake = db.prepare('UPDATE queue SET run_at = ? WHERE kind = ? AND leased = 0 AND run_at > ?')

  const toJob = (row: Row): QueueJob => ({
    id: Number(row.id),
    key: String(row.key),
    payload: JSON.parse(String(row.payload)),
    priority: Number(row.priority),
    attempts: Number(row.attempts),
    error: row.error_code === null ? null : { code: String(row.error_code), message: String(row.error_message) },
  })
  const startsWith = (prefix: string): string => `${prefix.replace(/[\\%_]/g, (char) => `\\${char}`)}%`
  const write = <T>(work: () => T): T => inTransaction(db, work)
  const writeLater = <T>(work: () => T): T => withoutWaiting(db, () => inTransaction(db, work))

  const listeners = new Set<{ readonly kind: QueueKind; readonly listener: () => void }>()

  return {
    enqueue(jobs): void {
      write(() => {
        for (const job of jobs) enqueue.run({ ...job, payload: JSON.stringify(job.payload ?? null) })
      })
      const kinds = new Set(jobs.map(({ kind }) => kind))
      for (const { kind, listener } of [...listeners]) if (kinds.has(kind)) listener()
    },
    onEnqueued(kind, listener) {
      const entry = { kind, listener }
      listeners.add(entry)
      return () => listeners.delete(entry)
    },
    claim: (kind: QueueKind, limit: number, now: number) =>
      writeLater(() => {
        const rows = due.all(kind, now, limit) as Row[]
        for (const row of rows) lease.run(row.id)
        return rows.map((row) => ({ ...toJob(row), attempts: Number(row.attempts) + 1 }))
      }),
    complete(ids): void {
      writeLater(() => {
        for (const id of ids) complete.run(id)
      })
    },
    goOn(ids, payload, priority): void {
      writeLater(() => {
        for (const id of ids) goOn.run(JSON.stringify(payload ?? null), priority, id)
      })
    },
    prefer(kind, keys, priority): void {
      writeLater(() => {
        for (const key of keys) prefer.run(priority, kind, key)
      })
    },
    fail(id, error, runAt): void {
      write(() => fail.run(error.code, error.message, runAt, id))
    },
    postpone(ids, runAt): void {
      writeLater(() => {
        for (const id of ids) postpone.run(runAt, id)
      })
    },
    retry: (kind, keyPrefix, now) => write(() => retry.run(now, kind, startsWith(keyPrefix)).changes),
    remove(kind, keyPrefix): void {
      write(() => remove.run(kind, startsWith(keyPrefix)))
    },
    counts: (kind) => counts.get(kind) as { waiting: number; leased: number; parked: number },
    nextRunAt: (kind) => nextRunAt.get(kind) as number | null,
    parked: (kind) => (parked.all(kind) as Row[]).map(toJob),
    find(kind, key) {
      const row = find.get(kind, key) as Row | undefined
      return row === undefined ? undefined : toJob(row)
    },
    wake(kind, now): void {
      write(() => wake.run(now, kind, now))
    },
  }
}
