/**
 * Where what is gone for good had come from, so that nobody takes it in again when the catalogue is made anew: of an adopted
 * object its key, with the hash and size that it had; of a file of a workspace bucket the name that its arrival had, which is
 * made of remote, key and version. Filled by whatever removes an asset for good, so a rebuild fills it again.
 */
export const purgedOrigins = `
CREATE TABLE purged_origins (
  asset_id TEXT PRIMARY KEY REFERENCES tombstones(asset_id) ON DELETE CASCADE,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  object_key TEXT,
  arrival TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX purged_origins_object ON purged_origins(object_key) WHERE object_key IS NOT NULL;
CREATE INDEX purged_origins_arrival ON purged_origins(arrival) WHERE arrival IS NOT NULL;
`
