/**
 * How many kept assets, and bytes, stand where with their bucket. Triggers keep the sums: they are told after each change of
 * a transfer, and adding up a million assets takes seconds. What is on its way is looked for at each opening; few are, and
 * the index has no others.
 */
const counted = (row: 'new' | 'old'): string => `${row}.space = 'library' AND ${row}.deleted_at IS NULL`
const add = `
  INSERT INTO sync_totals SELECT new.sync_state, 1, new.file_size_bytes WHERE ${counted('new')}
  ON CONFLICT DO UPDATE SET assets = assets + 1, bytes = bytes + excluded.bytes;`
const remove = `
  UPDATE sync_totals SET assets = assets - 1, bytes = bytes - old.file_size_bytes
  WHERE sync_state = old.sync_state AND ${counted('old')};`

export const syncTotals = `
CREATE INDEX assets_uploading ON assets(row_id) WHERE sync_state = 'uploading';
CREATE TABLE sync_totals (
  sync_state TEXT PRIMARY KEY,
  assets INTEGER NOT NULL,
  bytes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO sync_totals SELECT sync_state, count(*), sum(file_size_bytes) FROM assets
  WHERE space = 'library' AND deleted_at IS NULL GROUP BY sync_state;
CREATE TRIGGER sync_totals_added AFTER INSERT ON assets BEGIN${add}
END;
CREATE TRIGGER sync_totals_changed AFTER UPDATE OF sync_state, space, deleted_at, file_size_bytes ON assets
WHEN old.sync_state <> new.sync_state OR old.space <> new.space
  OR (old.deleted_at IS NULL) <> (new.deleted_at IS NULL) OR old.file_size_bytes <> new.file_size_bytes
BEGIN${remove}${add}
END;
CREATE TRIGGER sync_totals_removed AFTER DELETE ON assets BEGIN${remove}
END;
`
