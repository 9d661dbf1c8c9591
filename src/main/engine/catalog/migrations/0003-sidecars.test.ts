import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, expect, it } from 'vitest'
import { openDatabase } from '../database.ts'
import { migrations } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-migration-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('keeps the assets and the pending files of a catalogue that knew no sidecars', () => {
  const file = join(folder, 'catalog.sqlite')
  const before = new Database(file)
  for (const sql of migrations.slice(0, 2)) before.exec(sql)
  before.pragma('user_version = 2')
  before.exec(`
    INSERT INTO assets(id, owner_id, space, status, asset_type, file_name, extension, mime_type, file_size_bytes, sha256, storage_path, created_at, updated_at, imported_at)
      VALUES ('a', 'o', 'library', 'available', 'image', 'a.png', 'png', 'image/png', 1, '${'0'.repeat(64)}', 'originals/a.png', 1, 1, 1);
    INSERT INTO imports(id, source, state, options, paths, started_at) VALUES ('i', 'window', 'running', '{}', '[]', 1);
    INSERT INTO import_items(import_id, path, bytes, state) VALUES ('i', '/b.png', 1, 'pending');
    INSERT INTO import_items(import_id, path, bytes, state, asset_id) VALUES ('i', '/a.png', 1, 'imported', 'a');`)
  before.close()

  const after = openDatabase(file)
  expect(after.prepare('SELECT id, sidecars FROM assets').all()).toEqual([{ id: 'a', sidecars: null }])
  expect(after.prepare('SELECT path, state, sidecars, sidecar_of FROM import_items ORDER BY path').all()).toEqual([
    { path: '/a.png', state: 'imported', sidecars: null, sidecar_of: null },
    { path: '/b.png', state: 'pending', sidecars: null, sidecar_of: null },
  ])
  after.close()
})
