import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { SyncState } from '../../../shared/domain/asset.ts'
import type { AssetId, RemoteId, RowId, Sha256 } from '../../../shared/domain/ids.ts'
import type { Remote, RemoteLocation, RemoteRole } from '../../../shared/domain/remote.ts'
import { openRemotePolicy, type RemotePolicy, remotePolicySchema, remoteSchema } from '../../../shared/domain/remote.ts'
import { type RemoteAbilities, remoteAbilitiesSchema } from '../../../shared/domain/remoteAbilities.ts'
import { writeFileDurably } from '../disk/writeFileDurably.ts'
import type { StoredAsset } from './assetRecords.ts'
import { type AssetRow, iso, storedColumns, toStored } from './assetRows.ts'
import { type Db, inTransaction, withoutWaiting } from './database.ts'

export interface RemoteRow extends Omit<Remote, 'has_credentials'> {}

export interface RemoteObject {
  readonly remoteId: RemoteId
  readonly key: string
  readonly kind: 'original' | 'thumbnail' | 'version' | 'sidecar'
  /** Which of several of its kind: the hash of a version or a sidecar, nothing for the others. */
  readonly part?: Sha256
  readonly assetId: AssetId
  readonly sha256: Sha256
  readonly size: number
  readonly etag: string | null
  readonly verified: string
  readonly verifiedAt: number
}

export interface RemotesRepository {
  list(): readonly RemoteRow[]
  add(row: {
    readonly id: RemoteId
    readonly name: string
    readonly role: RemoteRole
    readonly owner: string | null
    readonly location: RemoteLocation
    readonly policy: RemotePolicy
    readonly createdAt: number
  }): void
  remove(id: RemoteId): void
  setLocation(id: RemoteId, location: RemoteLocation): void
  setPolicy(id: RemoteId, policy: RemotePolicy): void
  setAbilities(id: RemoteId, abilities: RemoteAbilities): void
  /** Without limits for a remote that is gone. */
  policyOf(id: RemoteId): RemotePolicy
  /** What is confirmed to be there, bytes. */
  usedBytes(id: RemoteId): number
  /** Assets that a policy kept from being uploaded, after a row. */
  blocked(afterRow: number, limit: number): readonly StoredAsset[]
  /** Writes down what an asset that is gone for good had been uploaded as meanwhile, so that it goes from there too. */
  removeLater(remoteId: RemoteId, assetId: AssetId, now: number): void
  /** What the bucket is known to hold, confirmed. */
  object(remoteId: RemoteId, assetId: AssetId, kind: RemoteObject['kind'], part?: Sha256): RemoteObject | undefined
  /** All that it is known to hold of an asset. */
  objectsOf(remoteId: RemoteId, assetId: AssetId): readonly RemoteObject[]
  /**
   * Writes down what the bucket was shown to hold. An original in the place of another one, whose bytes are an earlier
   * version, leaves that as the object of the version: the bucket has it still.
   */
  recordObject(object: RemoteObject): void
  /** The same for many, in one transaction. */
  recordObjects(objects: readonly RemoteObject[]): void
  /** Assets whose original is not on this device and that have a thumbnail somewhere, before a row, newest first. */
  cloudOnly(beforeRow: RowId, limit: number): readonly RowId[]
  /**
   * Library assets, not deleted, with a readable original, whose original is not confirmed on the remote: those behind a row, up
   * to another. Ascending.
   */
  unsynced(remoteId: RemoteId, afterRow: number, limit: number, untilRow?: number): readonly StoredAsset[]
  /** The last row that an asset has, 0 if there is none. */
  lastRow(): number
  /** Rows of kept assets with an earlier version that no device has said to be in the bucket. */
  unstoredVersions(limit: number): readonly RowId[]
  /** Assets by sync state, only those of the library space that are not deleted. */
  syncCounts(): Readonly<Partial<Record<SyncState, { readonly assets: number; readonly bytes: number }>>>
}

type Row = Record<string, string | number | null>

/**
 * Reads the copy of the remotes that stands beside the catalogue into an empty one. What the buckets hold is found out
 * again by asking them. A copy that is absent or unreadable brings nothing back.
 */
export function restoreRemotes(db: Db, file: string): void {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return
  }
  const copy = copySchema.safeParse(parseJson(text))
  if (!copy.success) return
  const insert = db.prepare(
    'INSERT OR IGNORE INTO remotes(id, name, role, owner, location, created_at) VALUES (?, ?, ?, ?, ?, ?)',
  )
  for (const { id, name, role, owner, location, created_at, policy } of copy.data) {
    insert.run(id, name, role, owner, JSON.stringify(location), Date.parse(created_at))
    db.prepare(SET_POLICY).run({ id, ...policyColumns(policy) })
  }
}

const SET_POLICY = `UPDATE remotes SET visibility = :visibility, allowed_mime_types = :allowed_mime_types,
  size_limit_bytes = :size_limit_bytes, retention_days = :retention_days, quota_bytes = :quota_bytes,
  public_base_url = :public_base_url WHERE id = :id`

function policyColumns(policy: RemotePolicy): Row {
  return {
    visibility: policy.visibility,
    allowed_mime_types: policy.allowedMimeTypes === null ? null : JSON.stringify(policy.allowedMimeTypes),
    size_limit_bytes: policy.sizeLimitBytes,
    retention_days: policy.retentionDays,
    quota_bytes: policy.quotaBytes,
    public_base_url: policy.publicBaseUrl,
  }
}

/** A policy that can't be read is none. */
function toPolicy(row: Row): RemotePolicy {
  const types = row.allowed_mime_types
  const parsed = remotePolicySchema.safeParse({
    visibility: row.visibility,
    allowedMimeTypes: typeof types === 'string' ? parseJson(types) : null,
    sizeLimitBytes: row.size_limit_bytes,
    retentionDays: row.retention_days,
    quotaBytes: row.quota_bytes,
    publicBaseUrl: row.public_base_url,
  })
  return parsed.success ? parsed.data : openRemotePolicy
}

/** What can't be read is found out again by the next look. */
function toAbilities(row: Row): RemoteAbilities | null {
  const parsed = remoteAbilitiesSchema.safeParse(parseJson(String(row.abilities)))
  return parsed.success ? parsed.data : null
}

const copySchema = z.array(remoteSchema.omit({ has_credentials: true }))

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Remotes and what each is confirmed to hold. Credentials are never here. */
export function remotesRepository(db: Db, file: string): RemotesRepository {
  const list = db.prepare('SELECT * FROM remotes ORDER BY created_at, id')
  const add = db.prepare(
    'INSERT INTO remotes(id, name, role, owner, location, created_at) VALUES (:id, :name, :role, :owner, :location, :createdAt)',
  )
  const remove = db.prepare('DELETE FROM remotes WHERE id = ?')
  const object = db.prepare(
    'SELECT * FROM remote_objects WHERE remote_id = ? AND asset_id = ? AND kind = ? AND part = ?',
  )
  const objectsOf = db.prepare('SELECT * FROM remote_objects WHERE remote_id = ? AND asset_id = ? ORDER BY kind, part')
  const record = db.prepare(
    `INSERT INTO remote_objects(remote_id, asset_id, kind, part, key, sha256, size, etag, verified, verified_at)
     VALUES (:remoteId, :assetId, :kind, :part, :key, :sha256, :size, :etag, :verified, :verifiedAt)
     ON CONFLICT DO UPDATE SET key = excluded.key, sha256 = excluded.sha256, size = excluded.size, etag = excluded.etag,
       verified = excluded.verified, verified_at = excluded.verified_at`,
  )
  const keepAsVersion = db.prepare(
    `INSERT OR IGNORE INTO remote_objects(remote_id, asset_id, kind, part, key, sha256, size, etag, verified, verified_at)
     SELECT remote_id, asset_id, 'version', sha256, key, sha256, size, etag, verified, verified_at FROM remote_objects
     WHERE remote_id = :remoteId AND asset_id = :assetId AND kind = 'original' AND sha256 <> :sha256 AND key <> :key
       AND EXISTS (SELECT 1 FROM asset_versions v JOIN assets a ON a.row_id = v.asset_row
         WHERE a.id = :assetId AND v.sha256 = remote_objects.sha256)`,
  )
  const save = (entry: RemoteObject): void => {
    const { remoteId, assetId, sha256, key } = entry
    if (entry.kind === 'original') keepAsVersion.run({ remoteId, assetId, sha256, key })
    record.run({ part: '', ...entry })
  }
  const unsynced = db.prepare(
    `SELECT ${storedColumns} FROM assets a
     WHERE space = 'library' AND deleted_at IS NULL AND row_id > :after AND row_id <= :until AND status <> 'missing' AND status <> 'pending'
       AND NOT EXISTS (SELECT 1 FROM remote_objects o WHERE o.remote_id = :remote AND o.asset_id = a.id AND o.kind = 'original' AND o.sha256 = a.sha256)
     ORDER BY row_id LIMIT :limit`,
  )
  const lastRow = db.prepare('SELECT max(row_id) FROM assets').pluck()
  const unstoredVersions = db
    .prepare(
      `SELECT DISTINCT v.asset_row FROM asset_versions v JOIN assets a ON a.row_id = v.asset_row
       WHERE v.stored_at IS NULL AND v.deleted_at IS NULL AND a.space = 'library' AND a.deleted_at IS NULL LIMIT ?`,
    )
    .pluck()
  const syncCounts = db.prepare('SELECT sync_state, assets, bytes FROM sync_totals WHERE assets > 0')
  const setPolicy = db.prepare(SET_POLICY)
  const setLocation = db.prepare('UPDATE remotes SET location = ? WHERE id = ?')
  const setAbilities = db.prepare('UPDATE remotes SET abilities = ? WHERE id = ?')
  const used = db.prepare('SELECT bytes FROM remote_totals WHERE remote_id = ?').pluck()
  const blocked = db.prepare(
    `SELECT ${storedColumns} FROM assets WHERE sync_state = 'blocked' AND row_id > ? ORDER BY row_id LIMIT ?`,
  )
  const cloudOnly = db
    .prepare(
      `SELECT row_id FROM assets WHERE sync_state IN ('cloud-only', 'downloading') AND thumbnail_path IS NOT NULL AND row_id < ?
       ORDER BY row_id DESC LIMIT ?`,
    )
    .pluck()
  const removeLater = db.prepare(
    `INSERT OR IGNORE INTO remote_removals(remote_id, key, sha256, at)
     SELECT remote_id, key, sha256, :now FROM remote_objects WHERE remote_id = :remoteId AND asset_id = :assetId`,
  )
  const forget = db.prepare('DELETE FROM remote_objects WHERE remote_id = :remoteId AND asset_id = :assetId')
  const write = (work: () => void): void => inTransaction(db, work)

  const readAll = (): RemoteRow[] =>
    (list.all() as Row[]).map(
      (row) =>
        ({
          id: row.id,
          name: row.name,
          role: row.role,
          owner: row.owner,
          location: JSON.parse(String(row.location)),
          created_at: iso(row.created_at),
          policy: toPolicy(row),
          abilities: toAbilities(row),
        }) as RemoteRow,
    )
  /** Asked for again and again by whoever sends files; nobody else writes to the table. */
  let known: readonly RemoteRow[] | null = null
  const listed = (): readonly RemoteRow[] => {
    known ??= readAll()
    return known
  }
  const change = (work: () => void): void => {
    known = null
    write(work)
  }
  const writeWithCopy = (work: () => void): void => {
    change(work)
    writeFileDurably(file, `${JSON.stringify(listed(), null, 2)}\n`)
  }
  return {
    list: listed,
    add: ({ policy, ...row }) =>
      writeWithCopy(() => {
        add.run({ ...row, location: JSON.stringify(row.location) })
        setPolicy.run({ id: row.id, ...policyColumns(policy) })
      }),
    remove: (id: RemoteId) => writeWithCopy(() => remove.run(id)),
    setLocation: (id, location) => writeWithCopy(() => setLocation.run(JSON.stringify(location), id)),
    setPolicy: (id, policy) => writeWithCopy(() => setPolicy.run({ id, ...policyColumns(policy) })),
    setAbilities: (id, abilities) => change(() => setAbilities.run(JSON.stringify(abilities), id)),
    policyOf: (id) => listed().find((remote) => remote.id === id)?.policy ?? openRemotePolicy,
    usedBytes: (id) => Number(used.get(id) ?? 0),
    blocked: (after, limit) => (blocked.all(after, limit) as AssetRow[]).map(toStored),
    removeLater(remoteId, assetId, now) {
      write(() => {
        removeLater.run({ remoteId, assetId, now })
        forget.run({ remoteId, assetId })
      })
    },
    object(remoteId: RemoteId, assetId: AssetId, kind, part) {
      const row = object.get(remoteId, assetId, kind, part ?? '') as Row | undefined
      return row === undefined ? undefined : toObject(row)
    },
    objectsOf: (remoteId, assetId) => (objectsOf.all(remoteId, assetId) as Row[]).map(toObject),
    // What a power cut takes is found out again by asking the remote.
    recordObject: (entry: RemoteObject) => withoutWaiting(db, () => write(() => save(entry))),
    recordObjects: (entries) =>
      write(() => {
        for (const entry of entries) save(entry)
      }),
    cloudOnly: (before, limit) => cloudOnly.all(before, limit) as RowId[],
    unsynced: (remote, after, limit, until = Number.MAX_SAFE_INTEGER) =>
      (unsynced.all({ remote, after, limit, until }) as AssetRow[]).map(toStored),
    lastRow: () => Number(lastRow.get() ?? 0),
    unstoredVersions: (limit) => unstoredVersions.all(limit) as RowId[],
    syncCounts() {
      const counts: Partial<Record<SyncState, { assets: number; bytes: number }>> = {}
      for (const row of syncCounts.all() as Row[]) {
        counts[row.sync_state as SyncState] = { assets: Number(row.assets), bytes: Number(row.bytes) }
      }
      return counts
    },
  }
}

function toObject(row: Row): RemoteObject {
  return {
    remoteId: row.remote_id,
    assetId: row.asset_id,
    kind: row.kind,
    ...(row.part === '' ? {} : { part: row.part }),
    key: row.key,
    sha256: row.sha256,
    size: row.size,
    etag: row.etag,
    verified: row.verified,
    verifiedAt: row.verified_at,
  } as RemoteObject
}
