/**
 * Rounds in which objects that nothing refers to any more are removed from a bucket, as far as they are known here:
 * `gc/<id>.json` of this device and of others. `created_at` is by the clock of the store, null while it does not hold the
 * round. `state`: `open`, or `deleting` for one of this device’s own that may be removing at this moment. `agreed`: this
 * device has applied all that had been applied where it was decided on. Of the objects `kept` are those that this device
 * refers to; `told` once whoever removes is shown to know that.
 */
export const removalRounds = `
CREATE TABLE removal_rounds (
  remote_id TEXT NOT NULL REFERENCES remotes(id) ON DELETE CASCADE,
  id TEXT NOT NULL,
  device_id TEXT NOT NULL,
  frontier TEXT NOT NULL,
  created_at INTEGER,
  state TEXT NOT NULL CHECK (state IN ('open', 'deleting')),
  agreed INTEGER NOT NULL DEFAULT 0 CHECK (agreed IN (0, 1)),
  PRIMARY KEY (remote_id, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE doomed_objects (
  remote_id TEXT NOT NULL,
  round_id TEXT NOT NULL,
  place INTEGER NOT NULL,
  key TEXT NOT NULL,
  sha256 TEXT,
  kept INTEGER NOT NULL DEFAULT 0 CHECK (kept IN (0, 1)),
  told INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1)),
  PRIMARY KEY (remote_id, round_id, place),
  FOREIGN KEY (remote_id, round_id) REFERENCES removal_rounds(remote_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX doomed_objects_key ON doomed_objects(remote_id, key);
`
