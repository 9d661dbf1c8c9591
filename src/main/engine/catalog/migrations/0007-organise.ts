/**
 * What people organise with. Aliases of tags (a JSON array in the cell that devices merge) are kept searchable in a table
 * of their own. `prompt_key` is the same for pictures made of the same prompt, see `promptKey`. A tombstone is all that is
 * left of an asset that is gone for good: an older record of it, from wherever, must not bring it back. Its files are
 * removed after the commit that says so; until that is done they stand in `file_removals`. A request is what a person
 * asked a generator for; jobs are its runs, references the assets it was given.
 */
export const organise = `
ALTER TABLE tags ADD COLUMN aliases TEXT NOT NULL DEFAULT '[]';
ALTER TABLE tags ADD COLUMN position REAL NOT NULL DEFAULT 0;
CREATE INDEX tags_parent ON tags(parent_id) WHERE deleted_at IS NULL;
CREATE TABLE tag_aliases (
  alias TEXT NOT NULL COLLATE NOCASE,
  tag_id TEXT NOT NULL REFERENCES tags(id) ON DELETE CASCADE,
  PRIMARY KEY (alias, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_aliases_tag ON tag_aliases(tag_id);
CREATE TRIGGER tag_aliases_added AFTER INSERT ON tags WHEN new.aliases <> '[]' BEGIN
  INSERT OR IGNORE INTO tag_aliases(alias, tag_id) SELECT value, new.id FROM json_each(new.aliases);
END;
CREATE TRIGGER tag_aliases_changed AFTER UPDATE OF aliases ON tags WHEN new.aliases <> old.aliases BEGIN
  DELETE FROM tag_aliases WHERE tag_id = new.id;
  INSERT OR IGNORE INTO tag_aliases(alias, tag_id) SELECT value, new.id FROM json_each(new.aliases);
END;
CREATE INDEX collections_parent ON collections(parent_id) WHERE deleted_at IS NULL;

ALTER TABLE assets ADD COLUMN prompt_key TEXT;
UPDATE assets SET prompt_key = prompt_key(original_prompt) WHERE original_prompt IS NOT NULL;
CREATE INDEX assets_prompt_key ON assets(prompt_key, generation_seed) WHERE prompt_key IS NOT NULL;
CREATE INDEX assets_request ON assets(request_id) WHERE request_id IS NOT NULL;
CREATE INDEX assets_deleted ON assets(deleted_at) WHERE deleted_at IS NOT NULL;
CREATE TABLE tombstones (asset_id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE file_removals (storage_path TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE generation_requests (
  id TEXT PRIMARY KEY,
  collection_id TEXT,
  user_prompt TEXT NOT NULL,
  input_metadata TEXT NOT NULL DEFAULT '{}',
  status TEXT NOT NULL DEFAULT 'pending',
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
CREATE INDEX generation_requests_live ON generation_requests(created_at) WHERE deleted_at IS NULL;
CREATE TABLE request_references (
  request_id TEXT NOT NULL REFERENCES generation_requests(id),
  asset_row INTEGER NOT NULL REFERENCES assets(row_id) ON DELETE CASCADE,
  position REAL NOT NULL,
  added_at INTEGER NOT NULL,
  PRIMARY KEY (request_id, asset_row)
) STRICT, WITHOUT ROWID;
CREATE INDEX request_references_asset ON request_references(asset_row);
ALTER TABLE generation_jobs ADD COLUMN bucket_prefix TEXT;
CREATE INDEX generation_jobs_request ON generation_jobs(request_id) WHERE request_id IS NOT NULL;

ALTER TABLE remotes ADD COLUMN visibility TEXT NOT NULL DEFAULT 'private';
ALTER TABLE remotes ADD COLUMN allowed_mime_types TEXT;
ALTER TABLE remotes ADD COLUMN size_limit_bytes INTEGER;
ALTER TABLE remotes ADD COLUMN retention_days INTEGER;
ALTER TABLE remotes ADD COLUMN quota_bytes INTEGER;
ALTER TABLE remotes ADD COLUMN public_base_url TEXT;

CREATE TABLE shares (
  id TEXT PRIMARY KEY,
  asset_id TEXT NOT NULL,
  remote_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('presigned','public')),
  key TEXT NOT NULL,
  url TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  revoked_at INTEGER
) STRICT;
CREATE INDEX shares_asset ON shares(asset_id);
CREATE TABLE conflicts (
  id INTEGER PRIMARY KEY,
  entity TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT,
  stamp TEXT NOT NULL,
  found_at INTEGER NOT NULL,
  resolved_at INTEGER
) STRICT;
CREATE INDEX conflicts_open ON conflicts(entity, entity_id) WHERE resolved_at IS NULL;

DROP TABLE asset_versions;
CREATE TABLE asset_versions (
  id TEXT PRIMARY KEY,
  asset_row INTEGER NOT NULL REFERENCES assets(row_id) ON DELETE CASCADE,
  version_number INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  storage_path TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_size_bytes INTEGER NOT NULL,
  mime_type TEXT NOT NULL,
  change_description TEXT,
  device_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
CREATE INDEX asset_versions_asset ON asset_versions(asset_row, version_number);
CREATE INDEX asset_versions_storage_path ON asset_versions(storage_path);
`
