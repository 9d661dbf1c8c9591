import type { AssetId, RemoteId } from '../../../shared/domain/ids.ts'
import type { BegunUpload, ConfirmedPart } from '../ports.ts'
import { type Db, inTransaction, withoutWaiting } from './database.ts'

/** An upload in parts that a store knows and that has not ended. */
export interface OpenUpload {
  readonly key: string
  readonly assetId: AssetId
  readonly uploadId: string
}

/** Uploads in parts, by remote and key. */
export interface BegunUploadsRepository {
  read(remoteId: RemoteId, key: string): BegunUpload | null
  begin(remoteId: RemoteId, assetId: AssetId, key: string, upload: Omit<BegunUpload, 'parts'>, now: number): void
  confirm(remoteId: RemoteId, key: string, part: ConfirmedPart): void
  end(remoteId: RemoteId, key: string): void
  list(remoteId: RemoteId): readonly OpenUpload[]
}

type Row = Record<string, string | number>

export function begunUploadsRepository(db: Db): BegunUploadsRepository {
  const read = db.prepare('SELECT * FROM begun_uploads WHERE remote_id = ? AND key = ?')
  const parts = db.prepare('SELECT number, md5, etag FROM confirmed_parts WHERE remote_id = ? AND key = ?')
  const begin = db.prepare(
    `INSERT INTO begun_uploads(remote_id, key, asset_id, upload_id, size, sha256, part_size, started_at)
     SELECT id, :key, :assetId, :uploadId, :size, :sha256, :partSize, :now FROM remotes WHERE id = :remoteId`,
  )
  const confirm = db.prepare(
    `INSERT INTO confirmed_parts(remote_id, key, number, md5, etag)
     SELECT remote_id, key, :number, :md5, :etag FROM begun_uploads WHERE remote_id = :remoteId AND key = :key
     ON CONFLICT DO UPDATE SET md5 = excluded.md5, etag = excluded.etag`,
  )
  const end = db.prepare('DELETE FROM begun_uploads WHERE remote_id = ? AND key = ?')
  const list = db.prepare('SELECT key, asset_id, upload_id FROM begun_uploads WHERE remote_id = ? ORDER BY key')
  const write = (work: () => void): void => inTransaction(db, work)
  return {
    read(remoteId, key) {
      const row = read.get(remoteId, key) as Row | undefined
      if (row === undefined) return null
      const confirmed = parts.all(remoteId, key) as unknown as ConfirmedPart[]
      return {
        uploadId: String(row.upload_id),
        size: Number(row.size),
        sha256: String(row.sha256),
        partSize: Number(row.part_size),
        parts: new Map(confirmed.map((part) => [part.number, part])),
      }
    },
    begin(remoteId, assetId, key, upload, now) {
      write(() => {
        end.run(remoteId, key)
        begin.run({ remoteId, assetId, key, ...upload, now })
      })
    },
    // The store lists its parts itself; one that a power cut takes from here is only explained less well.
    confirm: (remoteId, key, part) =>
      withoutWaiting(db, () => write(() => void confirm.run({ remoteId, key, ...part }))),
    end: (remoteId, key) => write(() => void end.run(remoteId, key)),
    list: (remoteId) =>
      (list.all(remoteId) as Row[]).map(
        (row) => ({ key: row.key, assetId: row.asset_id, uploadId: row.upload_id }) as OpenUpload,
      ),
  }
}
