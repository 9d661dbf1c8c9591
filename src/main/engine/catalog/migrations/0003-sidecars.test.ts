import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { openDatabase } from '../database.ts'
import { addAsset, writeCatalogOfVersion } from './fixtures/catalogOfVersion.ts'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-migration-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('keeps the assets and the pending files of a catalogue that knew no sidecars', () => {
  const file = join(folder, 'catalog.sqlite')
  writeCatalogOfVersion(2, file, (before) => {
    addAsset(before, { id: 'a' })
    before.exec(`
    INSERT INTO imports(id, source, state, options, paths, started_at) VALUES ('i', 'window', 'running', '{}', '[]', 1);
    INSERT INTO import_items(import_id, path, bytes, state) VALUES ('i', '/b.png', 1, 'pending');
    INSERT INTO import_items(import_id, path, bytes, state, asset_id) VALUES ('i', '/a.png', 1, 'imported', 'a');`)
  })

  const after = openDatabase(file)
  expect(after.prepare('SELECT id, sidecars FROM assets').all()).toEqual([{ id: 'a', sidecars: null }])
  expect(after.prepare('SELECT path, state, sidecars, sidecar_of FROM import_items ORDER BY path').all()).toEqual([
    { path: '/a.png', state: 'imported', sidecars: null, sidecar_of: null },
    { path: '/b.png', state: 'pending', sidecars: null, sidecar_of: null },
  ])
  after.close()
})
