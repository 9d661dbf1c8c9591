/**
 * Copies of the references of generation requests in remotes of the role `references`, made by this device, so that they
 * are removed there when nobody needs them any more. They count into what a remote holds.
 */
export const referenceCopies = `
CREATE TABLE reference_copies (
  remote_id TEXT NOT NULL REFERENCES remotes(id) ON DELETE CASCADE,
  request_id TEXT NOT NULL,
  asset_id TEXT NOT NULL,
  key TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  stored_at INTEGER NOT NULL,
  PRIMARY KEY (remote_id, request_id, asset_id, key)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER reference_copies_added AFTER INSERT ON reference_copies BEGIN
  INSERT INTO remote_totals VALUES (new.remote_id, 1, new.size)
  ON CONFLICT DO UPDATE SET objects = objects + 1, bytes = bytes + excluded.bytes;
END;
CREATE TRIGGER reference_copies_removed AFTER DELETE ON reference_copies BEGIN
  UPDATE remote_totals SET objects = objects - 1, bytes = bytes - old.size WHERE remote_id = old.remote_id;
END;
`
