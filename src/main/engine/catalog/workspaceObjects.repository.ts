import type { ErrorCode, ErrorData } from '../../../shared/contract/errors.ts'
import type { Space } from '../../../shared/domain/asset.ts'
import type { AssetId, RemoteId, RowId, Sha256 } from '../../../shared/domain/ids.ts'
import { type Db, inTransaction } from './database.ts'
import { discardedKey } from './discardedSetting.ts'

/**
 * `waiting`: seen, not yet here. `taken`: an asset has its bytes. `refused`: left there, with the reason. `leaving`: to be
 * removed there. `gone`: removed, and remembered in case an old listing still has it.
 */
export type WorkspaceObjectState = 'waiting' | 'taken' | 'refused' | 'leaving' | 'gone'

/** An object as a listing has it. */
export interface ListedObject {
  readonly key: string
  /** Tells one content of the key from the next. */
  readonly version: string
  /** Bytes. */
  readonly size: number
  readonly etag: string | null
  /** Milliseconds since the Unix epoch. */
  readonly modifiedAt: number | null
  /** Name of the generation job that it is of, null when it is of none. */
  readonly job: string | null
}

export interface WorkspaceObject extends ListedObject {
  readonly state: WorkspaceObjectState
  readonly assetId: AssetId | null
  readonly sha256: Sha256 | null
  readonly error: Pick<ErrorData, 'code' | 'message'> | null
  /** Since when listings lack it, null while they have it. */
  readonly missingSince: number | null
}

/** An object whose asset is no longer an undecided one of the Workspace. */
export interface DepartingObject extends WorkspaceObject {
  /** Null when the asset is gone for good. `expired`: its end had come when it went to Trash. */
  readonly asset: { readonly space: Space; readonly deletedAt: number | null; readonly expired: boolean } | null
}

export interface WorkspaceObjectCounts {
  /** Without what is gone. */
  readonly objects: number
  readonly bytes: number
  readonly waiting: number
  readonly waitingBytes: number
  readonly refused: number
  readonly leaving: number
}

/** What is known of the objects of workspace remotes. It belongs to this device and is found out again by listing. */
export interface WorkspaceObjectsRepository {
  all(remoteId: RemoteId): readonly WorkspaceObject[]
  find(remoteId: RemoteId, key: string): WorkspaceObject | undefined
  ofState(remoteId: RemoteId, state: WorkspaceObjectState, afterKey: string, limit: number): readonly WorkspaceObject[]
  /** Writes down what a listing brought: an object that waits, or one that is refused. What the key had been is forgotten. */
  arrived(remoteId: RemoteId, objects: readonly (ListedObject & Pick<WorkspaceObject, 'error'>)[]): void
  /** `sha256` null: not known, because the asset is gone already. */
  taken(remoteId: RemoteId, key: string, assetId: AssetId, sha256: Sha256 | null): void
  refused(remoteId: RemoteId, key: string, error: Pick<ErrorData, 'code' | 'message'>): void
  setState(remoteId: RemoteId, keys: readonly string[], state: Exclude<WorkspaceObjectState, 'refused'>): void
  /** Objects that the last listing lacks (`since` in ms), or has again (null). */
  setMissing(remoteId: RemoteId, keys: readonly string[], since: number | null): void
  /** Forgets what listings have lacked since before a time, ms. */
  forget(remoteId: RemoteId, before: number): void
  /** Makes what was refused wait again: for one of these reasons, or for any but these. Returns the keys. */
  reconsider(remoteId: RemoteId, codes: readonly ErrorCode[], which: 'these' | 'others'): readonly string[]
  departing(remoteId: RemoteId, afterKey: string, limit: number): readonly DepartingObject[]
  departure(remoteId: RemoteId, key: string): DepartingObject | undefined
  /** Objects that an asset was taken from, with their remotes; what listings have comes first. */
  ofAsset(assetId: AssetId): readonly (WorkspaceObject & { readonly remoteId: RemoteId })[]
  counts(remoteId: RemoteId): WorkspaceObjectCounts
  /** Objects of undecided assets whose originals are on this device too, those that were read longest ago first. */
  alsoHere(remoteId: RemoteId): readonly LocalCopy[]
  /** Undecided assets whose object is not there any more, while an asset of the Library has the same bytes. */
  keptElsewhere(remoteId: RemoteId): readonly RowId[]
  /** … and those that another device has discarded, as `discardedSetting.ts` says. */
  discardedElsewhere(remoteId: RemoteId): readonly RowId[]
  /** Those of some hashes of which nobody has said yet that they were discarded. */
  notSaidDiscarded(hashes: readonly Sha256[]): readonly Sha256[]
  /** What listings lack of these assets is not looked for any more: it was acted on. */
  settleMissing(remoteId: RemoteId, rows: readonly RowId[]): void
  /** Assets outside of Trash whose original is nowhere but there, as far as is known. */
  onlyThere(remoteId: RemoteId): readonly AssetId[]
}

/** An object whose bytes are also on this device. */
export interface LocalCopy {
  readonly key: string
  readonly assetId: AssetId
  /** Bytes. */
  readonly size: number
  /** When the original was last read here, or else when it came, ms. */
  readonly usedAt: number
}

type Row = Readonly<Record<string, string | number | null>>

export function workspaceObjectsRepository(db: Db): WorkspaceObjectsRepository {
  const all = db.prepare('SELECT * FROM workspace_objects WHERE remote_id = ?')
  const find = db.prepare('SELECT * FROM workspace_objects WHERE remote_id = ? AND key = ?')
  const ofState = db.prepare(
    'SELECT * FROM workspace_objects WHERE remote_id = ? AND state = ? AND key > ? ORDER BY key LIMIT ?',
  )
  const arrived = db.prepare(
    `INSERT INTO workspace_objects(remote_id, key, version, size, etag, modified_at, job, state, code, message)
     SELECT id, :key, :version, :size, :etag, :modifiedAt, :job, :state, :code, :message FROM remotes WHERE id = :remoteId
     ON CONFLICT DO UPDATE SET version = excluded.version, size = excluded.size, etag = excluded.etag,
       modified_at = excluded.modified_at, job = excluded.job, state = excluded.state, code = excluded.code,
       message = excluded.message, asset_id = NULL, sha256 = NULL, missing_since = NULL`,
  )
  const change = db.prepare(
    `UPDATE workspace_objects SET state = :state, asset_id = coalesce(:assetId, asset_id), sha256 = coalesce(:sha256, sha256),
       code = :code, message = :message WHERE remote_id = :remoteId AND key = :key`,
  )
  const missing = db.prepare('UPDATE workspace_objects SET missing_since = ? WHERE remote_id = ? AND key = ?')
  const forget = db.prepare('DELETE FROM workspace_objects WHERE remote_id = ? AND missing_since < ?')
  const reconsider = (which: string) =>
    db
      .prepare(
        `UPDATE workspace_objects SET state = 'waiting', code = NULL, message = NULL
         WHERE remote_id = ? AND state = 'refused' AND code ${which} (SELECT value FROM json_each(?)) RETURNING key`,
      )
      .pluck()
  const reconsiderThese = reconsider('IN')
  const reconsiderOthers = reconsider('NOT IN')
  const withAsset = `SELECT o.*, a.id IS NOT NULL AS lives, a.space AS asset_space, a.deleted_at AS asset_deleted_at,
      coalesce(a.expires_at <= a.deleted_at, 0) AS asset_expired
    FROM workspace_objects o LEFT JOIN assets a ON a.id = o.asset_id`
  const departing = db.prepare(
    `${withAsset} WHERE o.remote_id = ? AND o.state = 'taken' AND o.asset_id IS NOT NULL AND o.key > ?
       AND (a.id IS NULL OR a.deleted_at IS NOT NULL OR a.space = 'library') ORDER BY o.key LIMIT ?`,
  )
  const departure = db.prepare(`${withAsset} WHERE o.remote_id = ? AND o.key = ?`)
  const ofAsset = db.prepare(
    `SELECT * FROM workspace_objects WHERE asset_id = ? AND state IN ('taken', 'leaving')
     ORDER BY missing_since IS NOT NULL, state = 'leaving', key`,
  )
  const counts = db.prepare(
    `SELECT count(*) AS objects, total(size) AS bytes, total(state = 'waiting') AS waiting,
       total(iif(state = 'waiting', size, 0)) AS waitingBytes, total(state = 'refused') AS refused,
       total(state = 'leaving') AS leaving
     FROM workspace_objects WHERE remote_id = ? AND state <> 'gone' AND missing_since IS NULL`,
  )
  const alsoHere = db.prepare(
    `SELECT o.key, a.id AS assetId, o.size, max(a.imported_at, coalesce(u.used_at, 0)) AS usedAt
     FROM workspace_objects o JOIN assets a ON a.id = o.asset_id AND a.sha256 = o.sha256
       LEFT JOIN original_uses u ON u.asset_id = a.id
     WHERE o.remote_id = ? AND o.state = 'taken' AND o.missing_since IS NULL AND a.space = 'workspace' AND a.deleted_at IS NULL
       AND a.status = 'available' AND a.sync_state NOT IN ('cloud-only', 'downloading') AND a.storage_path LIKE 'originals/%'
     ORDER BY usedAt, o.key`,
  )
  const onlyThere = db
    .prepare(
      `SELECT DISTINCT a.id FROM workspace_objects o JOIN assets a ON a.id = o.asset_id AND a.sha256 = o.sha256
       WHERE o.remote_id = ? AND a.deleted_at IS NULL AND a.sync_state IN ('cloud-only', 'downloading', 'queued', 'uploading')
         AND NOT EXISTS (SELECT 1 FROM remote_objects r WHERE r.asset_id = a.id AND r.kind = 'original' AND r.sha256 = a.sha256)`,
    )
    .pluck()
  const undecidedMissing = `SELECT DISTINCT a.row_id FROM workspace_objects o JOIN assets a ON a.id = o.asset_id AND a.sha256 = o.sha256
       WHERE o.remote_id = :remote AND o.state = 'taken' AND o.missing_since IS NOT NULL AND a.space = 'workspace' AND a.deleted_at IS NULL`
  const keptElsewhere = db
    .prepare(
      `${undecidedMissing}
         AND EXISTS (SELECT 1 FROM assets k WHERE k.sha256 = a.sha256 AND k.space = 'library' AND k.deleted_at IS NULL)`,
    )
    .pluck()
  // As long as another object of it is listed, it is to be decided about.
  const discardedElsewhere = db
    .prepare(
      `${undecidedMissing}
         AND EXISTS (SELECT 1 FROM library_settings s WHERE s.key = '${discardedKey('')}' || a.sha256)
         AND NOT EXISTS (SELECT 1 FROM workspace_objects other
           WHERE other.asset_id = a.id AND other.sha256 = a.sha256 AND other.state = 'taken' AND other.missing_since IS NULL)`,
    )
    .pluck()
  const notSaid = db
    .prepare(
      `SELECT value FROM json_each(?)
       WHERE NOT EXISTS (SELECT 1 FROM library_settings s WHERE s.key = '${discardedKey('')}' || value)`,
    )
    .pluck()
  const settle = db.prepare(
    `UPDATE workspace_objects SET state = 'gone' WHERE remote_id = :remote AND state = 'taken' AND missing_since IS NOT NULL
       AND asset_id = (SELECT id FROM assets WHERE row_id = :row)`,
  )
  const write = <T>(work: () => T): T => inTransaction(db, work)
  const unchanged = { assetId: null, sha256: null, code: null, message: null }
  return {
    all: (remoteId) => (all.all(remoteId) as Row[]).map(toObject),
    find(remoteId, key) {
      const row = find.get(remoteId, key) as Row | undefined
      return row === undefined ? undefined : toObject(row)
    },
    ofState: (remoteId, state, after, limit) => (ofState.all(remoteId, state, after, limit) as Row[]).map(toObject),
    arrived(remoteId, objects) {
      write(() => {
        for (const { error, ...object } of objects) {
          const state = error === null ? 'waiting' : 'refused'
          arrived.run({ ...object, remoteId, state, code: error?.code ?? null, message: error?.message ?? null })
        }
      })
    },
    taken: (remoteId, key, assetId, sha256) =>
      write(() => void change.run({ ...unchanged, remoteId, key, state: 'taken', assetId, sha256 })),
    refused: (remoteId, key, { code, message }) =>
      write(() => void change.run({ ...unchanged, remoteId, key, state: 'refused', code, message })),
    setState(remoteId, keys, state) {
      write(() => {
        for (const key of keys) change.run({ ...unchanged, remoteId, key, state })
      })
    },
    setMissing(remoteId, keys, since) {
      write(() => {
        for (const key of keys) missing.run(since, remoteId, key)
      })
    },
    forget: (remoteId, before) => write(() => void forget.run(remoteId, before)),
    reconsider: (remoteId, codes, which) =>
      write(
        () => (which === 'these' ? reconsiderThese : reconsiderOthers).all(remoteId, JSON.stringify(codes)) as string[],
      ),
    departing: (remoteId, after, limit) => (departing.all(remoteId, after, limit) as Row[]).map(toDeparting),
    departure(remoteId, key) {
      const row = departure.get(remoteId, key) as Row | undefined
      return row === undefined ? undefined : toDeparting(row)
    },
    ofAsset: (assetId) =>
      (ofAsset.all(assetId) as Row[]).map((row) => ({ ...toObject(row), remoteId: row.remote_id as RemoteId })),
    counts: (remoteId) => counts.get(remoteId) as WorkspaceObjectCounts,
    keptElsewhere: (remote) => keptElsewhere.all({ remote }) as RowId[],
    discardedElsewhere: (remote) => discardedElsewhere.all({ remote }) as RowId[],
    notSaidDiscarded: (hashes) => notSaid.all(JSON.stringify(hashes)) as Sha256[],
    settleMissing: (remote, rows) =>
      write(() => {
        for (const row of rows) settle.run({ remote, row })
      }),
    onlyThere: (remoteId) => onlyThere.all(remoteId) as AssetId[],
    alsoHere: (remoteId) => alsoHere.all(remoteId) as LocalCopy[],
  }
}

function toObject(row: Row): WorkspaceObject {
  return {
    key: row.key,
    version: row.version,
    size: row.size,
    etag: row.etag,
    modifiedAt: row.modified_at,
    job: row.job,
    state: row.state,
    assetId: row.asset_id,
    sha256: row.sha256,
    error: row.code === null ? null : { code: row.code, message: row.message ?? '' },
    missingSince: row.missing_since,
  } as WorkspaceObject
}

function toDeparting(row: Row): DepartingObject {
  const asset =
    row.lives === 1
      ? {
          space: row.asset_space as Space,
          deletedAt: row.asset_deleted_at as number | null,
          expired: row.asset_expired === 1,
        }
      : null
  return { ...toObject(row), asset }
}
