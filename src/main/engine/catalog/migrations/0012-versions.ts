/**
 * Versions know what type they are, and a file whose bytes are others is read again however that came about: by a
 * version, by undo, or by what another device sends.
 */
export const versions = `
ALTER TABLE asset_versions ADD COLUMN asset_type TEXT NOT NULL DEFAULT 'image';
CREATE TRIGGER assets_content_changed AFTER UPDATE OF sha256 ON assets WHEN new.sha256 <> old.sha256 BEGIN
  INSERT OR REPLACE INTO queue(kind, key, payload, priority, run_at) VALUES ('media', new.id, 'null', 1, 0);
END;
`
