import type { AssetId, RemoteId } from '../../../shared/domain/ids.ts'
import type { Share } from '../../../shared/domain/share.ts'
import { iso } from './assetRows.ts'
import { type Db, inTransaction } from './database.ts'

/** A share with where its copy is. */
export interface StoredShare extends Share {
  readonly key: string
}

export interface SharesRepository {
  add(share: {
    readonly id: string
    readonly assetId: AssetId
    readonly remoteId: RemoteId
    readonly kind: Share['kind']
    readonly key: string
    readonly url: string
    readonly createdAt: number
    readonly expiresAt: number | null
    /** Of its copy, bytes. */
    readonly size: number
  }): void
  find(id: string): StoredShare | undefined
  /** Not revoked and not expired at `now`; the latest first. */
  live(now: number, assetId?: AssetId): readonly StoredShare[]
  /** Expired at `now`, whose copy has not been removed. */
  expired(now: number): readonly StoredShare[]
  revoke(id: string, now: number): void
}

type Row = Record<string, string | number | null>

/** Shares of this device: who has the address of one can read the copy that it leads to. */
export function sharesRepository(db: Db): SharesRepository {
  const add = db.prepare(
    `INSERT INTO shares(id, asset_id, remote_id, kind, key, url, created_at, expires_at, size)
     VALUES (:id, :assetId, :remoteId, :kind, :key, :url, :createdAt, :expiresAt, :size)`,
  )
  const select = `SELECT s.*, coalesce(nullif(a.custom_title, ''), a.file_name, '') AS name
    FROM shares s LEFT JOIN assets a ON a.id = s.asset_id WHERE`
  const find = db.prepare(`${select} s.id = ?`)
  const live = db.prepare(
    `${select} s.revoked_at IS NULL AND (s.expires_at IS NULL OR s.expires_at > :now)
       AND (:assetId IS NULL OR s.asset_id = :assetId) ORDER BY s.created_at DESC, s.id`,
  )
  const expired = db.prepare(`${select} s.revoked_at IS NULL AND s.expires_at <= ?`)
  const revoke = db.prepare('UPDATE shares SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL')
  return {
    add: (share) => inTransaction(db, () => void add.run(share)),
    find(id) {
      const row = find.get(id) as Row | undefined
      return row === undefined ? undefined : toShare(row)
    },
    live: (now, assetId) => (live.all({ now, assetId: assetId ?? null }) as Row[]).map(toShare),
    expired: (now) => (expired.all(now) as Row[]).map(toShare),
    revoke: (id, now) => inTransaction(db, () => void revoke.run(now, id)),
  }
}

function toShare(row: Row): StoredShare {
  return {
    id: row.id,
    asset_id: row.asset_id,
    remote_id: row.remote_id,
    kind: row.kind,
    name: row.name,
    key: row.key,
    url: row.url,
    created_at: iso(row.created_at),
    expires_at: row.expires_at === null ? null : iso(row.expires_at),
    revoked_at: row.revoked_at === null ? null : iso(row.revoked_at),
  } as StoredShare
}
