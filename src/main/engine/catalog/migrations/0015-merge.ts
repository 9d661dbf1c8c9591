/**
 * What merging with other devices needs. `place` of a stamp says where its write stands in the log of the device that the
 * stamp names: the sequence of its segment, or for this device the number in its outbox, which `last_outbox` brings to a
 * segment. So whether somebody had seen a write is known exactly; 0 is what was written before this version.
 *
 * `devices` are the others, each with how far its log is applied and what its last segment had seen. `unshown_writes` holds
 * what was written to a cell and does not stand in its row: what lost against a write that was made without knowing of it
 * (`listed` if a person is asked), and the end of an asset while the Library has none. `outbox` is the last number of the
 * outbox when it came: a write of this device with a later one has seen it. `parked_operations` are those that this version
 * does not understand, whose values it can't hold, or that wait for the entity
 * (`waits_for`) that they concern: an asset that is gone may come back.
 */
export const merge = `
ALTER TABLE stamps ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
ALTER TABLE journal_segments ADD COLUMN last_outbox INTEGER NOT NULL DEFAULT 0;
CREATE TABLE devices (
  id TEXT PRIMARY KEY,
  name TEXT,
  applied_seq INTEGER NOT NULL DEFAULT 0,
  applied_sha TEXT,
  seen TEXT NOT NULL DEFAULT '{}',
  stopped_seq INTEGER,
  stopped_problem TEXT,
  stopped_message TEXT
) STRICT, WITHOUT ROWID;
DROP TABLE conflicts;
CREATE TABLE unshown_writes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  entity TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  stamp TEXT NOT NULL,
  place INTEGER NOT NULL,
  outbox INTEGER NOT NULL,
  found_at INTEGER NOT NULL,
  listed INTEGER NOT NULL CHECK (listed IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX unshown_writes_cell ON unshown_writes(entity, entity_id, field, stamp);
CREATE INDEX unshown_writes_listed ON unshown_writes(id) WHERE listed = 1;
CREATE TABLE parked_operations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  device_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  place INTEGER NOT NULL,
  operation TEXT NOT NULL,
  seen TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('unknown', 'unusable', 'waits')),
  waits_for TEXT
) STRICT;
CREATE UNIQUE INDEX parked_operations_place ON parked_operations(device_id, seq, place);
CREATE INDEX parked_operations_waiting ON parked_operations(waits_for) WHERE waits_for IS NOT NULL;
`
