/**
 * The first schema. Column names follow the cloud tables that these rows mirror. Times are integer milliseconds since
 * the Unix epoch; JSON columns hold text. Tables without a journal of their own (imports, queue, remotes, remote
 * objects, settings) describe this device, not the library, and are not replayed by a rebuild.
 */
export const initial = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE generation_jobs (
  id TEXT PRIMARY KEY,
  request_id TEXT,
  folder TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('pending','running','completed','failed','cancelled')),
  progress REAL NOT NULL DEFAULT 0,
  error TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX generation_jobs_folder ON generation_jobs(folder);

CREATE TABLE assets (
  row_id INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  owner_id TEXT NOT NULL,
  space TEXT NOT NULL CHECK (space IN ('workspace','library')),
  status TEXT NOT NULL CHECK (status IN ('pending','processing','available','quarantined','error','missing','archived','deleted')),
  asset_type TEXT NOT NULL CHECK (asset_type IN ('image','video','audio','document','model','font','other')),
  file_name TEXT NOT NULL,
  extension TEXT NOT NULL,
  mime_type TEXT NOT NULL,
  file_size_bytes INTEGER NOT NULL CHECK (file_size_bytes >= 0),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  storage_path TEXT NOT NULL,
  thumbnail_path TEXT,
  width INTEGER,
  height INTEGER,
  aspect REAL NOT NULL DEFAULT 1,
  duration_seconds REAL,
  thumbhash TEXT,
  dominant_colors TEXT NOT NULL DEFAULT '[]',
  phash TEXT,
  custom_title TEXT,
  description TEXT,
  rating INTEGER NOT NULL DEFAULT 0 CHECK (rating BETWEEN 0 AND 5),
  color_label TEXT,
  is_favorite INTEGER NOT NULL DEFAULT 0 CHECK (is_favorite IN (0, 1)),
  visibility TEXT NOT NULL DEFAULT 'private' CHECK (visibility IN ('private','shared','public')),
  content_category TEXT NOT NULL DEFAULT 'general',
  original_prompt TEXT,
  negative_prompt TEXT,
  model_used TEXT,
  generation_seed TEXT,
  generator TEXT,
  generation TEXT,
  roleplay_metadata TEXT NOT NULL DEFAULT '{}',
  metadata TEXT NOT NULL DEFAULT '{}',
  captured_at INTEGER,
  gps TEXT,
  job_id TEXT REFERENCES generation_jobs(id) ON DELETE SET NULL,
  request_id TEXT,
  source_path TEXT,
  source_url TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  imported_at INTEGER NOT NULL,
  expires_at INTEGER,
  deleted_at INTEGER,
  version_number INTEGER NOT NULL DEFAULT 1,
  error_code TEXT,
  error_message TEXT,
  sync_state TEXT NOT NULL DEFAULT 'local',
  sync_reason TEXT,
  membership_count INTEGER NOT NULL DEFAULT 0,
  tag_count INTEGER NOT NULL DEFAULT 0,
  CHECK (space = 'workspace' OR expires_at IS NULL)
) STRICT;
CREATE INDEX assets_sha256 ON assets(sha256);
CREATE INDEX assets_storage_path ON assets(storage_path);
CREATE INDEX assets_workspace ON assets(imported_at, row_id) WHERE space = 'workspace' AND deleted_at IS NULL;
CREATE INDEX assets_library ON assets(imported_at, row_id) WHERE space = 'library' AND deleted_at IS NULL;
CREATE INDEX assets_favorites ON assets(imported_at, row_id) WHERE space = 'library' AND deleted_at IS NULL AND is_favorite = 1;
CREATE INDEX assets_unsorted ON assets(imported_at, row_id) WHERE space = 'library' AND deleted_at IS NULL AND membership_count = 0;
CREATE INDEX assets_untagged ON assets(imported_at, row_id) WHERE space = 'library' AND deleted_at IS NULL AND tag_count = 0;
CREATE INDEX assets_trash ON assets(imported_at, row_id) WHERE deleted_at IS NOT NULL;
CREATE INDEX assets_type ON assets(asset_type, imported_at) WHERE deleted_at IS NULL;
CREATE INDEX assets_job ON assets(job_id) WHERE job_id IS NOT NULL;
CREATE INDEX assets_expiry ON assets(expires_at) WHERE expires_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX assets_sync ON assets(sync_state) WHERE space = 'library' AND deleted_at IS NULL;

CREATE TABLE asset_versions (
  asset_id TEXT NOT NULL REFERENCES assets(id) ON DELETE CASCADE,
  version_number INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  storage_path TEXT NOT NULL,
  file_size_bytes INTEGER NOT NULL,
  mime_type TEXT NOT NULL,
  change_description TEXT,
  device_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (asset_id, version_number)
) STRICT, WITHOUT ROWID;

CREATE TABLE collections (
  id TEXT PRIMARY KEY,
  parent_id TEXT,
  name TEXT NOT NULL,
  description TEXT,
  metadata TEXT NOT NULL DEFAULT '{}',
  kind TEXT NOT NULL DEFAULT 'manual' CHECK (kind IN ('manual','smart')),
  query TEXT,
  cover_asset_id TEXT,
  position REAL NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  archived_at INTEGER,
  deleted_at INTEGER
) STRICT;

CREATE TABLE collection_assets (
  collection_id TEXT NOT NULL REFERENCES collections(id),
  asset_row INTEGER NOT NULL REFERENCES assets(row_id) ON DELETE CASCADE,
  position REAL NOT NULL,
  added_at INTEGER NOT NULL,
  PRIMARY KEY (collection_id, asset_row)
) STRICT, WITHOUT ROWID;
CREATE INDEX collection_assets_asset ON collection_assets(asset_row, added_at);
CREATE TRIGGER collection_assets_added AFTER INSERT ON collection_assets BEGIN
  UPDATE assets SET membership_count = membership_count + 1 WHERE row_id = new.asset_row;
END;
CREATE TRIGGER collection_assets_removed AFTER DELETE ON collection_assets BEGIN
  UPDATE assets SET membership_count = membership_count - 1 WHERE row_id = old.asset_row;
END;

CREATE TABLE tags (
  id TEXT PRIMARY KEY,
  parent_id TEXT,
  name TEXT NOT NULL,
  color TEXT,
  created_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
CREATE UNIQUE INDEX tags_name ON tags(name COLLATE NOCASE) WHERE deleted_at IS NULL;

CREATE TABLE asset_tags (
  tag_id TEXT NOT NULL REFERENCES tags(id),
  asset_row INTEGER NOT NULL REFERENCES assets(row_id) ON DELETE CASCADE,
  added_at INTEGER NOT NULL,
  PRIMARY KEY (tag_id, asset_row)
) STRICT, WITHOUT ROWID;
CREATE INDEX asset_tags_asset ON asset_tags(asset_row, added_at);
CREATE TRIGGER asset_tags_added AFTER INSERT ON asset_tags BEGIN
  UPDATE assets SET tag_count = tag_count + 1 WHERE row_id = new.asset_row;
END;
CREATE TRIGGER asset_tags_removed AFTER DELETE ON asset_tags BEGIN
  UPDATE assets SET tag_count = tag_count - 1 WHERE row_id = old.asset_row;
END;

CREATE VIRTUAL TABLE asset_search USING fts5(
  title, file_name, prompt, negative_prompt, tags, model, description,
  content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

CREATE TABLE activity (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  device_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  label TEXT NOT NULL,
  asset_count INTEGER NOT NULL,
  group_id TEXT,
  undoable INTEGER NOT NULL CHECK (undoable IN (0, 1)),
  -- 0 done, 1 undone and can be redone, 2 undone for good because something else was done since
  undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1, 2))
) STRICT;
CREATE INDEX activity_undo ON activity(undone, id) WHERE undoable = 1;
CREATE UNIQUE INDEX activity_group ON activity(group_id) WHERE group_id IS NOT NULL;
CREATE TABLE activity_changes (
  activity_id INTEGER NOT NULL REFERENCES activity(id) ON DELETE CASCADE,
  entity TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  field TEXT NOT NULL,
  before TEXT,
  after TEXT
) STRICT;
CREATE INDEX activity_changes_activity ON activity_changes(activity_id);
CREATE INDEX activity_changes_entity ON activity_changes(entity_id);

CREATE TABLE stamps (
  entity TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  field TEXT NOT NULL,
  stamp TEXT NOT NULL,
  PRIMARY KEY (entity, entity_id, field)
) STRICT, WITHOUT ROWID;
CREATE TABLE journal_outbox (seq INTEGER PRIMARY KEY AUTOINCREMENT, operation TEXT NOT NULL) STRICT;
CREATE TABLE journal_segments (
  device_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  operations INTEGER NOT NULL,
  sealed_at INTEGER NOT NULL,
  PRIMARY KEY (device_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE imports (
  id TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  state TEXT NOT NULL,
  options TEXT NOT NULL,
  paths TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  dismissed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE import_items (
  item_id INTEGER PRIMARY KEY,
  import_id TEXT NOT NULL REFERENCES imports(id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  job TEXT,
  state TEXT NOT NULL CHECK (state IN ('pending','imported','duplicate','skipped','failed')),
  asset_id TEXT,
  code TEXT,
  message TEXT
) STRICT;
CREATE UNIQUE INDEX import_items_path ON import_items(import_id, path);
CREATE INDEX import_items_pending ON import_items(import_id, item_id) WHERE state = 'pending';
CREATE INDEX import_items_job ON import_items(job) WHERE state = 'pending';
CREATE INDEX import_items_asset ON import_items(asset_id) WHERE asset_id IS NOT NULL;

CREATE TABLE queue (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  payload TEXT NOT NULL,
  state TEXT,
  priority INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  run_at INTEGER,
  leased INTEGER NOT NULL DEFAULT 0 CHECK (leased IN (0, 1)),
  error_code TEXT,
  error_message TEXT
) STRICT;
CREATE UNIQUE INDEX queue_key ON queue(kind, key);
CREATE INDEX queue_due ON queue(kind, priority DESC, id) WHERE leased = 0 AND run_at IS NOT NULL;

CREATE TABLE remotes (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  location TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE remote_objects (
  remote_id TEXT NOT NULL REFERENCES remotes(id) ON DELETE CASCADE,
  asset_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('original','thumbnail')),
  key TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  etag TEXT,
  verified TEXT NOT NULL,
  verified_at INTEGER NOT NULL,
  PRIMARY KEY (remote_id, asset_id, kind)
) STRICT, WITHOUT ROWID;
`
