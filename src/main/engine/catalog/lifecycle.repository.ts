import type { AssetId, RowId, Sha256 } from '../../../shared/domain/ids.ts'
import {
  defaultLifecyclePolicy,
  type LifecyclePolicy,
  lifecyclePolicySchema,
  SESSION_GAP_MS,
  type WorkspaceSession,
} from '../../../shared/domain/lifecycle.ts'
import { type Db, inTransaction } from './database.ts'

/** Key of the policy among the settings of the library; its parts are cells of their own. */
export const policyKeys: Readonly<Record<keyof LifecyclePolicy, string>> = {
  expiryDays: 'expiry_days',
  trashDays: 'trash_days',
  quotaBytes: 'quota_bytes',
}

/** An asset whose time is over. */
export interface DueAsset {
  readonly rowId: RowId
  readonly id: AssetId
  readonly bytes: number
}

/** A file that is to go, because the asset it belonged to is gone for good. */
export interface FileRemoval {
  /** An original or sidecar below `originals/`; or `cache/thumbs/…`, for everything that is made of the bytes. */
  readonly path: string
  readonly sha256: Sha256
}

/** What comes and goes: who is due, and which files are left of those that are gone. Times in ms. */
export interface LifecycleRepository {
  /** A setting that can't be read, of a later version maybe, is as it is by default. */
  policy(): LifecyclePolicy
  /** Workspace assets that expired until then and that nobody has touched after `untouchedSince`, by when they expired. */
  expired(until: number, untouchedSince: number, limit: number): readonly DueAsset[]
  countExpired(until: number, untouchedSince: number): number
  /** Assets in Trash since `until` or longer; of those that had expired, since `expiredUntil`. Null: none. */
  purgeable(until: number | null, expiredUntil: number | null, limit: number): readonly DueAsset[]
  /** When the asset that has been in Trash longest came there, of those that had expired and of all. */
  oldestInTrash(): { readonly expired: number | null; readonly any: number | null }
  trashedRows(): Int32Array
  /** Workspace assets after a row, with their dates. */
  workspaceDates(
    after: RowId | 0,
    limit: number,
  ): readonly {
    readonly rowId: RowId
    readonly id: AssetId
    readonly importedAt: number
    readonly expiresAt: number | null
  }[]
  nextExpiryAt(): number | null
  /** When one asset expires; null for one that does not. */
  expiryDate(row: RowId): number | null
  sessions(): readonly WorkspaceSession[]
  /** Assets and bytes of the library by what they are; `space` is `trash` for what is in Trash. */
  totals(): readonly {
    readonly space: string
    readonly asset_type: string
    readonly assets: number
    readonly bytes: number
  }[]
  removals(limit: number, after: string): readonly FileRemoval[]
  countRemovals(): number
  /** Every stored file that is to go: whatever finds one of these without a row leaves it alone. */
  removalPaths(): Iterable<string>
  settleRemovals(paths: readonly string[]): void
  /** Whether an asset or version names this stored file, or an asset that may have it as a sidecar does. */
  isStoredFileUsed(path: string, describes: { readonly original: string; readonly digits: string } | null): boolean
  /** Whether an asset or a version has these bytes. */
  hasContent(sha256: Sha256): boolean
}

type Due = { row_id: number; id: string; file_size_bytes: number }

export function lifecycleRepository(db: Db): LifecycleRepository {
  const setting = db.prepare('SELECT value FROM library_settings WHERE key = ?').pluck()
  const due =
    "space = 'workspace' AND deleted_at IS NULL AND expires_at IS NOT NULL AND expires_at <= ? AND updated_at <= ?"
  const expired = db.prepare(
    `SELECT row_id, id, file_size_bytes FROM assets WHERE ${due} ORDER BY expires_at, row_id LIMIT ?`,
  )
  const countExpired = db.prepare(`SELECT count(*) FROM assets WHERE ${due}`).pluck()
  const inTrash = 'SELECT row_id, id, file_size_bytes FROM assets WHERE deleted_at IS NOT NULL AND deleted_at <= ?'
  const hadExpired = "space = 'workspace' AND expires_at IS NOT NULL AND expires_at <= deleted_at"
  const purgeable = db.prepare(`${inTrash} ORDER BY deleted_at, row_id LIMIT ?`)
  const purgeableExpired = db.prepare(`${inTrash} AND ${hadExpired} ORDER BY deleted_at, row_id LIMIT ?`)
  const oldest = db.prepare(
    `SELECT (SELECT min(deleted_at) FROM assets WHERE deleted_at IS NOT NULL AND ${hadExpired}) AS expired,
       (SELECT min(deleted_at) FROM assets WHERE deleted_at IS NOT NULL) AS any`,
  )
  const trashed = db.prepare('SELECT row_id FROM assets WHERE deleted_at IS NOT NULL ORDER BY row_id').pluck()
  const dates = db.prepare(
    `SELECT row_id AS rowId, id, imported_at AS importedAt, expires_at AS expiresAt FROM assets
     WHERE space = 'workspace' AND deleted_at IS NULL AND row_id > ? ORDER BY row_id LIMIT ?`,
  )
  const next = db
    .prepare('SELECT min(expires_at) FROM assets WHERE expires_at IS NOT NULL AND deleted_at IS NULL')
    .pluck()
  const expiry = db.prepare('SELECT expires_at FROM assets WHERE row_id = ?').pluck()
  const sessions = db.prepare(
    `WITH arrived AS (
       SELECT imported_at, row_id, file_size_bytes, expires_at, job_id,
         imported_at - lag(imported_at) OVER (ORDER BY imported_at, row_id) > :gap AS begins
       FROM assets WHERE space = 'workspace' AND deleted_at IS NULL),
     numbered AS (SELECT *, sum(coalesce(begins, 0)) OVER (ORDER BY imported_at, row_id ROWS UNBOUNDED PRECEDING) AS session FROM arrived)
     SELECT n.session, n.job_id, j.folder, min(n.imported_at) AS first, max(n.imported_at) AS last, count(*) AS assets,
       sum(n.file_size_bytes) AS bytes, min(n.expires_at) AS next
     FROM numbered n LEFT JOIN generation_jobs j ON j.id = n.job_id GROUP BY n.session, n.job_id ORDER BY n.session DESC, assets DESC, n.job_id`,
  )
  const totals = db.prepare(
    'SELECT space, asset_type, assets, bytes FROM asset_totals WHERE assets > 0 ORDER BY space, asset_type',
  )
  const removals = db.prepare(
    'SELECT storage_path AS path, sha256 FROM file_removals WHERE storage_path > ? ORDER BY storage_path LIMIT ?',
  )
  const countRemovals = db.prepare('SELECT count(*) FROM file_removals').pluck()
  const removalPaths = db.prepare('SELECT storage_path FROM file_removals').pluck()
  const settle = db.prepare('DELETE FROM file_removals WHERE storage_path = ?')
  const used = db
    .prepare(
      `SELECT EXISTS (SELECT 1 FROM assets WHERE storage_path = :path) OR EXISTS (SELECT 1 FROM asset_versions WHERE storage_path = :path)`,
    )
    .pluck()
  // Whoever may have the file as a sidecar has, or had, the original that it stands beside, or the same bytes elsewhere.
  const usedBeside = db
    .prepare(
      `SELECT EXISTS (
         SELECT 1 FROM (
           SELECT row_id FROM assets WHERE storage_path = :original
           UNION SELECT asset_row FROM asset_versions WHERE storage_path = :original
           UNION SELECT row_id FROM assets WHERE sha256 >= :digits AND sha256 < :digits || 'g'
         ) x JOIN assets a ON a.row_id = x.row_id, json_each(iif(json_valid(a.sidecars), a.sidecars, '[]')) s
         WHERE s.value ->> 'path' = :path)`,
    )
    .pluck()
  const content = db
    .prepare(
      'SELECT EXISTS (SELECT 1 FROM assets WHERE sha256 = :sha256) OR EXISTS (SELECT 1 FROM asset_versions WHERE sha256 = :sha256)',
    )
    .pluck()

  const toDue = (rows: unknown[]): DueAsset[] =>
    (rows as Due[]).map((row) => ({ rowId: row.row_id, id: row.id as AssetId, bytes: row.file_size_bytes }))
  const read = <K extends keyof LifecyclePolicy>(key: K): LifecyclePolicy[K] => {
    const text = setting.get(policyKeys[key]) as string | undefined
    const parsed = text === undefined ? undefined : lifecyclePolicySchema.shape[key].safeParse(parseJson(text))
    return parsed?.success === true ? (parsed.data as LifecyclePolicy[K]) : defaultLifecyclePolicy[key]
  }

  return {
    policy: () => ({ expiryDays: read('expiryDays'), trashDays: read('trashDays'), quotaBytes: read('quotaBytes') }),
    expired: (until, untouchedSince, limit) => toDue(expired.all(until, untouchedSince, limit)),
    countExpired: (until, untouchedSince) => Number(countExpired.get(until, untouchedSince)),
    purgeable(until, expiredUntil, limit) {
      const due = until === null ? [] : toDue(purgeable.all(until, limit))
      if (expiredUntil === null || due.length === limit) return due
      const known = new Set(due.map(({ rowId }) => rowId))
      const expiredToo = toDue(purgeableExpired.all(expiredUntil, limit)).filter(({ rowId }) => !known.has(rowId))
      return [...due, ...expiredToo].slice(0, limit)
    },
    oldestInTrash: () => oldest.get() as { expired: number | null; any: number | null },
    trashedRows: () => Int32Array.from(trashed.all() as number[]),
    workspaceDates: (after, limit) => dates.all(after, limit) as ReturnType<LifecycleRepository['workspaceDates']>,
    nextExpiryAt: () => next.get() as number | null,
    expiryDate: (row) => (expiry.get(row) as number | null | undefined) ?? null,
    sessions: () => toSessions(sessions.all({ gap: SESSION_GAP_MS }) as SessionPart[]),
    totals: () => totals.all() as ReturnType<LifecycleRepository['totals']>,
    removals: (limit, after) => removals.all(after, limit) as FileRemoval[],
    countRemovals: () => Number(countRemovals.get()),
    removalPaths: () => removalPaths.iterate() as Iterable<string>,
    settleRemovals(paths): void {
      inTransaction(db, () => {
        for (const path of paths) settle.run(path)
      })
    },
    isStoredFileUsed: (path, describes) =>
      used.get({ path }) === 1 || (describes !== null && usedBeside.get({ path, ...describes }) === 1),
    hasContent: (sha256) => content.get({ sha256 }) === 1,
  }
}

interface SessionPart {
  readonly session: number
  readonly job_id: string | null
  readonly folder: string | null
  readonly first: number
  readonly last: number
  readonly assets: number
  readonly bytes: number
  readonly next: number | null
}

/** Parts are one for each job of each session, the latest session first. */
function toSessions(parts: readonly SessionPart[]): WorkspaceSession[] {
  const groups = Map.groupBy(parts, ({ session }) => session)
  return [...groups.values()].map((group) => {
    const ends = group.flatMap(({ next }) => next ?? [])
    return {
      from: isoOf(Math.min(...group.map(({ first }) => first))),
      to: isoOf(Math.max(...group.map(({ last }) => last))),
      assets: group.reduce((sum, { assets }) => sum + assets, 0),
      bytes: group.reduce((sum, { bytes }) => sum + bytes, 0),
      jobs: group.flatMap(({ job_id, folder, assets }) =>
        job_id === null || folder === null ? [] : [{ id: job_id, folder, assets }],
      ),
      nextExpiryAt: ends.length === 0 ? null : isoOf(Math.min(...ends)),
    }
  })
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString()
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
