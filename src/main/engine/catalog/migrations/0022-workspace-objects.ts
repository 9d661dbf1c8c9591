/**
 * What the buckets hold that generators write to, as it was seen last: which object became which asset, what waits, what was
 * refused and why, and what is to be removed there. Whose objects a remote has is the first segment of their keys.
 */
export const workspaceObjects = `
ALTER TABLE remotes ADD COLUMN owner TEXT;
CREATE TABLE workspace_objects (
  remote_id TEXT NOT NULL REFERENCES remotes(id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  version TEXT NOT NULL,
  size INTEGER NOT NULL,
  etag TEXT,
  modified_at INTEGER,
  job TEXT,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'refused', 'leaving', 'gone')),
  asset_id TEXT,
  sha256 TEXT,
  code TEXT,
  message TEXT,
  missing_since INTEGER,
  PRIMARY KEY (remote_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX workspace_objects_state ON workspace_objects(remote_id, state, key);
CREATE INDEX workspace_objects_asset ON workspace_objects(asset_id) WHERE asset_id IS NOT NULL;
CREATE INDEX workspace_objects_job ON workspace_objects(job, state) WHERE job IS NOT NULL AND state IN ('waiting', 'refused');
`
