/** Which row an asset had that was removed for good: sets of the history name rows, and its history is still asked for. */
export const purgedRows = 'ALTER TABLE tombstones ADD COLUMN asset_row INTEGER;'
