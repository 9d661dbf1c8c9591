/**
 * How assets were made, and which look alike. Raw generation payloads stand apart from the assets: a workflow can be a
 * megabyte, and SQLite walks through all of a row's pages to reach the columns behind a long one. They are deflated JSON,
 * an array of `RawPayload`. A dismissed group of duplicates is one that a person has said are not.
 */
export const originAndLikeness = `
CREATE TABLE generation_payloads (
  asset_row INTEGER PRIMARY KEY REFERENCES assets(row_id) ON DELETE CASCADE,
  payload BLOB NOT NULL
) STRICT;
CREATE INDEX assets_seed ON assets(generation_seed) WHERE generation_seed IS NOT NULL;
CREATE INDEX assets_generator ON assets(generator COLLATE NOCASE) WHERE generator IS NOT NULL;
CREATE INDEX assets_likeness ON assets(row_id, phash, aspect, sha256) WHERE phash IS NOT NULL AND deleted_at IS NULL;
CREATE TABLE dismissed_duplicates (group_key TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`
