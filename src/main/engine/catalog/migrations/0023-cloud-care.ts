/**
 * What this device does with originals that are in the bucket too: when each was last read, which are being removed here
 * (`evictions`, until the disk has forgotten the file), and which collections stay here whole. A bucket also holds earlier
 * versions and sidecars, several of each an asset: `part` tells them apart, and is empty for originals and thumbnails.
 * `stored_at` of a version: since when the bucket is known to hold its bytes, ms.
 */
export const cloudCare = `
CREATE TABLE original_uses (asset_id TEXT PRIMARY KEY, used_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE evictions (storage_path TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE pinned_collections (collection_id TEXT PRIMARY KEY, pinned_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
ALTER TABLE asset_versions ADD COLUMN stored_at INTEGER;

CREATE TABLE remote_objects_by_part (
  remote_id TEXT NOT NULL REFERENCES remotes(id) ON DELETE CASCADE,
  asset_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('original','thumbnail','version','sidecar')),
  part TEXT NOT NULL DEFAULT '',
  key TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  etag TEXT,
  verified TEXT NOT NULL,
  verified_at INTEGER NOT NULL,
  PRIMARY KEY (remote_id, asset_id, kind, part)
) STRICT, WITHOUT ROWID;
INSERT INTO remote_objects_by_part(remote_id, asset_id, kind, key, sha256, size, etag, verified, verified_at)
  SELECT remote_id, asset_id, kind, key, sha256, size, etag, verified, verified_at FROM remote_objects;
DROP TABLE remote_objects;
ALTER TABLE remote_objects_by_part RENAME TO remote_objects;
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
