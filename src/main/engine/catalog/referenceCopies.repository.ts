import type { GenerationRequestId } from '../../../shared/domain/generationRequest.ts'
import type { AssetId, RemoteId, Sha256 } from '../../../shared/domain/ids.ts'
import { type Db, inTransaction } from './database.ts'

/** What a remote holds of an asset because a request is to look at it. */
export interface ReferenceCopy {
  readonly remoteId: RemoteId
  readonly requestId: GenerationRequestId
  readonly assetId: AssetId
  readonly key: string
  readonly sha256: Sha256
  /** Bytes. */
  readonly size: number
  /** ms */
  readonly storedAt: number
}

/** Copies that this device has made for generators. */
export interface ReferenceCopiesRepository {
  find(
    copy: Pick<ReferenceCopy, 'remoteId' | 'requestId' | 'assetId' | 'key'>,
  ): Pick<ReferenceCopy, 'storedAt'> | undefined
  /** One that is known is renewed. */
  record(copy: ReferenceCopy): void
  forget(copy: ReferenceCopy): void
  /**
   * Copies of a remote that nobody needs any more: their request is deleted or cancelled, looks at other assets or at other
   * bytes by now, or they were made before a time.
   */
  unneeded(remoteId: RemoteId, madeBefore: number, limit: number): readonly ReferenceCopy[]
  /** Whether another copy is the same object. */
  sharesObject(copy: ReferenceCopy): boolean
}

const COLUMNS = `remote_id AS remoteId, request_id AS requestId, asset_id AS assetId, key, sha256, size, stored_at AS storedAt`
const NEEDED = `SELECT 1 FROM generation_requests r JOIN request_references x ON x.request_id = r.id
  JOIN assets a ON a.row_id = x.asset_row
  WHERE r.id = c.request_id AND r.deleted_at IS NULL AND r.status <> 'cancelled'
    AND a.id = c.asset_id AND a.sha256 = c.sha256 AND a.deleted_at IS NULL`

export function referenceCopiesRepository(db: Db): ReferenceCopiesRepository {
  const place = 'remote_id = :remoteId AND request_id = :requestId AND asset_id = :assetId AND key = :key'
  const find = db.prepare(`SELECT stored_at AS storedAt FROM reference_copies WHERE ${place}`)
  const record = db.prepare(
    `INSERT INTO reference_copies VALUES (:remoteId, :requestId, :assetId, :key, :sha256, :size, :storedAt)
     ON CONFLICT DO UPDATE SET stored_at = excluded.stored_at`,
  )
  const forget = db.prepare(`DELETE FROM reference_copies WHERE ${place}`)
  const unneeded = db.prepare(
    `SELECT ${COLUMNS} FROM reference_copies c
     WHERE remote_id = :remoteId AND (stored_at < :madeBefore OR NOT EXISTS (${NEEDED})) LIMIT :limit`,
  )
  const others = db.prepare(
    `SELECT 1 FROM reference_copies WHERE remote_id = :remoteId AND request_id = :requestId AND key = :key
     AND asset_id <> :assetId LIMIT 1`,
  )
  return {
    find: ({ remoteId, requestId, assetId, key }) =>
      find.get({ remoteId, requestId, assetId, key }) as { storedAt: number } | undefined,
    record: (copy) => inTransaction(db, () => void record.run(copy)),
    forget: ({ remoteId, requestId, assetId, key }) =>
      inTransaction(db, () => void forget.run({ remoteId, requestId, assetId, key })),
    unneeded: (remoteId, madeBefore, limit) => unneeded.all({ remoteId, madeBefore, limit }) as ReferenceCopy[],
    sharesObject: ({ remoteId, requestId, assetId, key }) =>
      others.get({ remoteId, requestId, assetId, key }) !== undefined,
  }
}
