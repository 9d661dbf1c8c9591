/**
 * Uploads in parts that have begun: what the store called them and which parts it has confirmed, so that they go on after
 * a kill, and can be given up when nobody wants them any more. They stood in the state of their job before, which goes
 * with the job. `abilities` is what the last probe of a remote found (JSON).
 */
export const transfers = `
CREATE TABLE begun_uploads (
  remote_id TEXT NOT NULL REFERENCES remotes(id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  asset_id TEXT NOT NULL,
  upload_id TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  part_size INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  PRIMARY KEY (remote_id, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE confirmed_parts (
  remote_id TEXT NOT NULL,
  key TEXT NOT NULL,
  number INTEGER NOT NULL,
  md5 TEXT NOT NULL,
  etag TEXT NOT NULL,
  PRIMARY KEY (remote_id, key, number),
  FOREIGN KEY (remote_id, key) REFERENCES begun_uploads(remote_id, key) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO begun_uploads(remote_id, key, asset_id, upload_id, size, sha256, part_size, started_at)
  SELECT r.id, q.state ->> 'key', q.payload ->> 'assetId', q.state ->> 'uploadId', q.state ->> 'size', q.state ->> 'sha256',
    q.state ->> 'partSize', 0
  FROM queue q JOIN remotes r ON q.key LIKE r.id || ':%'
  WHERE q.kind = 'upload' AND json_valid(q.state) AND q.state ->> 'uploadId' IS NOT NULL;
UPDATE queue SET state = NULL WHERE kind = 'upload';
ALTER TABLE remotes ADD COLUMN abilities TEXT;
`
