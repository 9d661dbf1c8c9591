/**
 * Folders of a person's own whose files are assets in place, and what each of those files was like when it was last seen.
 * Both describe this device. A file that is gone is remembered, because it may come back; under one path there is at
 * most one that is not. `device` is the one of the directory. Numbers of the file system are doubles as Node gives them.
 */
export const watchedFolders = `
CREATE TABLE watched_folders (
  folder_id INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  space TEXT NOT NULL CHECK (space IN ('workspace','library')),
  added_at INTEGER NOT NULL,
  last_scan_at INTEGER,
  problem TEXT
) STRICT;
CREATE TABLE linked_files (
  file_id INTEGER PRIMARY KEY,
  folder_id INTEGER NOT NULL REFERENCES watched_folders(folder_id) ON DELETE CASCADE,
  directory TEXT NOT NULL,
  name TEXT NOT NULL,
  device REAL NOT NULL,
  inode REAL NOT NULL,
  size INTEGER NOT NULL,
  mtime_ms REAL NOT NULL,
  born_ms REAL NOT NULL,
  gone INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1)),
  kind TEXT NOT NULL CHECK (kind IN ('asset','sidecar','refused')),
  asset_row INTEGER REFERENCES assets(row_id) ON DELETE SET NULL
) STRICT;
CREATE UNIQUE INDEX linked_files_place ON linked_files(folder_id, directory, name) WHERE gone = 0;
CREATE INDEX linked_files_inode ON linked_files(inode);
CREATE INDEX linked_files_gone ON linked_files(size) WHERE gone = 1;
CREATE INDEX linked_files_refused ON linked_files(folder_id) WHERE kind = 'refused';
CREATE INDEX linked_files_asset ON linked_files(asset_row) WHERE asset_row IS NOT NULL;
CREATE INDEX assets_missing ON assets(row_id) WHERE status = 'missing';
`
