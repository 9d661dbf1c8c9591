/**
 * What this device has told others, by remote. `publications`: the end of its log there. `outgoing_segments`: bytes that may
 * have reached the bucket, kept until it has confirmed them, so that they are never composed anew. `held_operations`: where in
 * this device's own journal what concerns assets stands that others do not know yet. The index finds assets whose originals
 * are elsewhere.
 */
export const publication = `
CREATE TABLE publications (
  remote_id TEXT PRIMARY KEY REFERENCES remotes(id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  sha256 TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE outgoing_segments (
  remote_id TEXT PRIMARY KEY REFERENCES remotes(id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE TABLE held_operations (
  remote_id TEXT NOT NULL REFERENCES remotes(id) ON DELETE CASCADE,
  asset_id TEXT NOT NULL,
  segment INTEGER NOT NULL,
  line INTEGER NOT NULL,
  PRIMARY KEY (remote_id, asset_id, segment, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX assets_cloud_only ON assets(row_id) WHERE sync_state IN ('cloud-only', 'downloading');
`
