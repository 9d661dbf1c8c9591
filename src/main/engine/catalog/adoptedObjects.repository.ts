import type { AssetId, RemoteId, Sha256 } from '../../../shared/domain/ids.ts'
import { adoptedCell, adoptedKeyOf } from './adoptedKey.ts'
import { type Db, inTransaction, statementCache } from './database.ts'
import type { MutationWriter } from './mutations.ts'

/** An object as a listing tells of it. */
export interface ListedObject {
  readonly key: string
  /** Bytes. */
  readonly size: number
  /** Null where the store has none: then the time tells one content from the next. */
  readonly etag: string | null
  /** Milliseconds since the Unix epoch. */
  readonly modifiedAt: number | null
}

/** An object that another program put into a bucket and that is an asset's original now, or describes it. */
export interface AdoptedObject extends ListedObject {
  readonly assetId: AssetId
  readonly sha256: Sha256
}

/** An object that is about to be taken in. */
export interface ObjectToAdopt extends ListedObject {
  readonly remoteId: RemoteId
  /** Whether its original stays on this device as well. */
  readonly keep: boolean
}

export interface AdoptedObjectsRepository {
  find(remote: RemoteId, key: string): AdoptedObject | undefined
  /**
   * Takes up an object that another device adopted, or this one before its catalogue was rebuilt: false if no asset is known to
   * have come from this key with as many bytes, or has lost them. An asset that was removed for good counts, unless the object
   * was written since: nobody wants it back.
   */
  recognise(remote: RemoteId, object: ListedObject): boolean
  /** What an asset's bytes were adopted from. */
  ofAsset(remote: RemoteId, asset: AssetId, sha256: Sha256): AdoptedObject | undefined
  /** In the order of keys as S3 lists them, after a key. */
  after(remote: RemoteId, key: string, limit: number): readonly AdoptedObject[]
  /** Those whose key begins so, in the order of keys. */
  beginning(remote: RemoteId, start: string, limit: number): readonly AdoptedObject[]
  /** What describes an asset has been taken in with it. */
  takeSidecar(asset: AssetId, sha256: Sha256, object: ObjectToAdopt): void
  /** Assets whose original is on this device only because it was read. */
  passing(remote: RemoteId): readonly AssetId[]
  /** Of these, bytes. */
  passingBytes(remote: RemoteId): number
  /** An original that came only to be read is not here any more, or is wanted here. */
  passed(remote: RemoteId, asset: AssetId): void
  /** An asset's bytes are those of an object. `passing`: its original is here only to be read. */
  take(asset: { readonly id: AssetId; readonly sha256: Sha256 }, object: ObjectToAdopt, passing: boolean): void
  /** The object is as it is listed now; its bytes are the same. */
  seen(remote: RemoteId, object: ListedObject): void
  forget(remote: RemoteId, key: string): void
}

type Row = Readonly<Record<string, string | number | null>>

/** What this device knows of objects that were adopted: local, found out again by listing them. */
export function adoptedObjectsRepository(db: Db): AdoptedObjectsRepository {
  const get = statementCache(db)
  const toObject = (row: unknown): AdoptedObject => row as AdoptedObject
  const columns = 'key, size, etag, modified_at AS modifiedAt, asset_id AS assetId, sha256'
  return {
    find: (remote, key) => {
      const row = get(`SELECT ${columns} FROM adopted_objects WHERE remote_id = ? AND key = ?`).get(remote, key)
      return row === undefined ? undefined : toObject(row)
    },
    recognise: (remote, object) =>
      inTransaction(db, () => {
        const { key, size, etag, modifiedAt } = object
        const { changes } = get(
          `INSERT OR IGNORE INTO adopted_objects(remote_id, key, size, etag, modified_at, asset_id, sha256)
           SELECT :remote, :key, :size, :etag, :modifiedAt, id, sha256 FROM assets
           WHERE object_key IS NOT NULL AND substr(object_key, 66) = :key AND file_size_bytes = :size
             AND object_key = sha256 || '/' || :key AND status <> 'missing' ORDER BY row_id LIMIT 1`,
        ).run({ remote, key, size, etag, modifiedAt })
        if (changes > 0) return true
        const purged = get(
          `INSERT OR IGNORE INTO adopted_objects(remote_id, key, size, etag, modified_at, asset_id, sha256)
           SELECT :remote, :key, :size, :etag, :modifiedAt, p.asset_id, p.sha256
           FROM purged_origins p JOIN tombstones t ON t.asset_id = p.asset_id
           WHERE p.object_key = :key AND p.size = :size AND coalesce(:modifiedAt < t.at, 1) LIMIT 1`,
        ).run({ remote, key, size, etag, modifiedAt })
        return purged.changes > 0
      }),
    ofAsset: (remote, asset, sha256) => {
      const row = get(
        `SELECT ${columns} FROM adopted_objects WHERE remote_id = ? AND asset_id = ? AND sha256 = ? ORDER BY key LIMIT 1`,
      ).get(remote, asset, sha256)
      return row === undefined ? undefined : toObject(row)
    },
    after: (remote, key, limit) =>
      get(`SELECT ${columns} FROM adopted_objects WHERE remote_id = ? AND key > ? ORDER BY key LIMIT ?`)
        .all(remote, key, limit)
        .map(toObject),
    beginning: (remote, start, limit) =>
      // U+10FFFF follows every character that a key can have.
      get(
        `SELECT ${columns} FROM adopted_objects WHERE remote_id = ? AND key >= ? AND key < ? || char(1114111)
         ORDER BY key LIMIT ?`,
      )
        .all(remote, start, start, limit)
        .map(toObject),
    takeSidecar: (id, sha256, object) => inTransaction(db, () => take(db, { id, sha256 }, object, false)),
    passing: (remote) =>
      (
        get('SELECT DISTINCT asset_id AS id FROM adopted_objects WHERE remote_id = ? AND passing = 1').all(
          remote,
        ) as Row[]
      ).map(({ id }) => id as AssetId),
    passingBytes: (remote) => {
      const row = get('SELECT sum(size) AS bytes FROM adopted_objects WHERE remote_id = ? AND passing = 1').get(remote)
      return Number((row as Row).bytes ?? 0)
    },
    passed: (remote, asset) =>
      inTransaction(
        db,
        () =>
          void get('UPDATE adopted_objects SET passing = 0 WHERE remote_id = ? AND asset_id = ?').run(remote, asset),
      ),
    take: (asset, object, passing) => inTransaction(db, () => take(db, asset, object, passing)),
    seen: (remote, { key, size, etag, modifiedAt }) =>
      inTransaction(
        db,
        () =>
          void get(
            'UPDATE adopted_objects SET size = ?, etag = ?, modified_at = ? WHERE remote_id = ? AND key = ?',
          ).run(size, etag, modifiedAt, remote, key),
      ),
    forget: (remote, key) =>
      inTransaction(db, () => void get('DELETE FROM adopted_objects WHERE remote_id = ? AND key = ?').run(remote, key)),
  }
}

/** Whether a listing shows the content that is known. */
export function isSameObject(known: ListedObject, listed: ListedObject): boolean {
  if (known.size !== listed.size) return false
  return known.etag === null && listed.etag === null
    ? known.modifiedAt === listed.modifiedAt
    : known.etag === listed.etag
}

/**
 * Inside a mutation: writes down that an asset's bytes are an object that another program put there. Other devices learn the
 * key with it, unless the bucket is known to hold the bytes under another one. `passing`: its original is here only to be read.
 */
export function adoptObject(
  db: Db,
  writer: Pick<MutationWriter, 'set'>,
  asset: { readonly id: AssetId; readonly sha256: Sha256 },
  object: ObjectToAdopt,
  passing: boolean,
): void {
  const { remoteId, key } = object
  const get = statementCache(db)
  take(db, asset, object, passing)
  const held = get(
    "SELECT 1 FROM remote_objects WHERE remote_id = ? AND asset_id = ? AND kind = 'original' AND sha256 = ?",
  ).get(remoteId, asset.id, asset.sha256)
  const known = get('SELECT object_key FROM assets WHERE id = ?').get(asset.id) as Row | undefined
  if (held !== undefined || adoptedKeyOf(known?.object_key as string | null, asset.sha256) !== null) return
  writer.set('asset', asset.id, 'object_key', adoptedCell(asset.sha256, key))
}

function take(
  db: Db,
  asset: { readonly id: AssetId; readonly sha256: Sha256 },
  { remoteId, key, size, etag, modifiedAt }: ObjectToAdopt,
  passing: boolean,
): void {
  statementCache(db)(
    `INSERT INTO adopted_objects(remote_id, key, size, etag, modified_at, asset_id, sha256, passing)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET size = excluded.size, etag = excluded.etag, modified_at = excluded.modified_at,
       asset_id = excluded.asset_id, sha256 = excluded.sha256, passing = excluded.passing`,
  ).run(remoteId, key, size, etag, modifiedAt, asset.id, asset.sha256, passing ? 1 : 0)
}
