/**
 * Raw generation payloads, apart from the assets: a workflow can be a megabyte, and SQLite walks through all of a row's
 * pages to reach the columns behind a long one. Deflated JSON, an array of `RawPayload`.
 */
export const generationPayloads = `
CREATE TABLE generation_payloads (
  asset_row INTEGER PRIMARY KEY REFERENCES assets(row_id) ON DELETE CASCADE,
  payload BLOB NOT NULL
) STRICT;
CREATE INDEX assets_seed ON assets(generation_seed) WHERE generation_seed IS NOT NULL;
CREATE INDEX assets_generator ON assets(generator COLLATE NOCASE) WHERE generator IS NOT NULL;
`
