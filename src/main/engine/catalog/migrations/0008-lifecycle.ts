/**
 * What comes and goes. Settings of the library itself (a JSON value for each key) are cells like everything that devices
 * share. Removals name the bytes that a file belongs to, so that nothing else happens to those meanwhile; objects of assets
 * that are gone for good wait in `remote_removals` for whoever empties buckets. Totals are kept by triggers: they are read
 * after each change, and counting a million assets takes too long for that. In Trash both spaces count as one.
 */
export const lifecycle = `
CREATE TABLE library_settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

DROP TABLE file_removals;
CREATE TABLE file_removals (
  storage_path TEXT PRIMARY KEY,
  sha256 TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE remote_removals (
  remote_id TEXT NOT NULL REFERENCES remotes(id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (remote_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX asset_versions_sha256 ON asset_versions(sha256);
CREATE INDEX assets_usage ON assets(model_used, generator, imported_at, file_size_bytes) WHERE deleted_at IS NULL;
CREATE INDEX assets_expired ON assets(deleted_at)
  WHERE deleted_at IS NOT NULL AND space = 'workspace' AND expires_at IS NOT NULL AND expires_at <= deleted_at;
CREATE INDEX assets_blocked ON assets(row_id) WHERE sync_state = 'blocked';

CREATE TABLE asset_totals (
  space TEXT NOT NULL,
  asset_type TEXT NOT NULL,
  assets INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (space, asset_type)
) STRICT, WITHOUT ROWID;
INSERT INTO asset_totals SELECT iif(deleted_at IS NULL, space, 'trash'), asset_type, count(*), sum(file_size_bytes) FROM assets GROUP BY 1, 2;
CREATE TRIGGER asset_totals_added AFTER INSERT ON assets BEGIN
  INSERT INTO asset_totals VALUES (iif(new.deleted_at IS NULL, new.space, 'trash'), new.asset_type, 1, new.file_size_bytes)
  ON CONFLICT DO UPDATE SET assets = assets + 1, bytes = bytes + excluded.bytes;
END;
CREATE TRIGGER asset_totals_changed AFTER UPDATE OF space, deleted_at, asset_type, file_size_bytes ON assets
WHEN old.space <> new.space OR (old.deleted_at IS NULL) <> (new.deleted_at IS NULL)
  OR old.asset_type <> new.asset_type OR old.file_size_bytes <> new.file_size_bytes
BEGIN
  UPDATE asset_totals SET assets = assets - 1, bytes = bytes - old.file_size_bytes
  WHERE space = iif(old.deleted_at IS NULL, old.space, 'trash') AND asset_type = old.asset_type;
  INSERT INTO asset_totals VALUES (iif(new.deleted_at IS NULL, new.space, 'trash'), new.asset_type, 1, new.file_size_bytes)
  ON CONFLICT DO UPDATE SET assets = assets + 1, bytes = bytes + excluded.bytes;
END;
CREATE TRIGGER asset_totals_removed AFTER DELETE ON assets BEGIN
  UPDATE asset_totals SET assets = assets - 1, bytes = bytes - old.file_size_bytes
  WHERE space = iif(old.deleted_at IS NULL, old.space, 'trash') AND asset_type = old.asset_type;
END;

CREATE TABLE remote_totals (
  remote_id TEXT PRIMARY KEY REFERENCES remotes(id) ON DELETE CASCADE,
  objects INTEGER NOT NULL,
  bytes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO remote_totals SELECT remote_id, count(*), sum(size) FROM remote_objects GROUP BY remote_id;
CREATE TRIGGER remote_totals_added AFTER INSERT ON remote_objects BEGIN
  INSERT INTO remote_totals VALUES (new.remote_id, 1, new.size)
  ON CONFLICT DO UPDATE SET objects = objects + 1, bytes = bytes + excluded.bytes;
END;
CREATE TRIGGER remote_totals_changed AFTER UPDATE OF size ON remote_objects BEGIN
  UPDATE remote_totals SET bytes = bytes - old.size + new.size WHERE remote_id = new.remote_id;
END;
CREATE TRIGGER remote_totals_removed AFTER DELETE ON remote_objects BEGIN
  UPDATE remote_totals SET objects = objects - 1, bytes = bytes - old.size WHERE remote_id = old.remote_id;
END;
`
