/**
 * Objects that other programs put into a bucket and that became assets where they are. `assets.object_key` says of which bytes
 * and under which key (`adoptedKey.ts`) and belongs to the library; `adopted_objects` is what this device saw of them, so
 * that a later look finds what is new: `passing` is 1 while an original is here only to be read. What is not below the
 * library's own folder of a bucket is never among what is to be removed from there, whoever asks for it.
 */
export const adoptedObjects = `
ALTER TABLE assets ADD COLUMN object_key TEXT;
CREATE INDEX assets_object_key ON assets(substr(object_key, 66)) WHERE object_key IS NOT NULL;
ALTER TABLE import_items ADD COLUMN object TEXT;
CREATE TABLE adopted_objects (
  remote_id TEXT NOT NULL REFERENCES remotes(id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  size INTEGER NOT NULL,
  etag TEXT,
  modified_at INTEGER,
  asset_id TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  passing INTEGER NOT NULL DEFAULT 0 CHECK (passing IN (0, 1)),
  PRIMARY KEY (remote_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX adopted_objects_asset ON adopted_objects(asset_id);
CREATE INDEX adopted_objects_passing ON adopted_objects(remote_id, asset_id) WHERE passing = 1;
DELETE FROM remote_removals WHERE NOT (key GLOB (SELECT value FROM meta WHERE key = 'library') || '/*');
CREATE TRIGGER remote_removals_own BEFORE INSERT ON remote_removals
WHEN NOT (new.key GLOB (SELECT value FROM meta WHERE key = 'library') || '/*') BEGIN
  SELECT RAISE(IGNORE);
END;
`
