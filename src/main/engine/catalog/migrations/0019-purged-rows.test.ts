import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { openDatabase } from '../database.ts'
import { purgedRows } from './0019-purged-rows.ts'
import { writeCatalogOfVersion } from './fixtures/catalogOfVersion.ts'
import { migrations } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-migration-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('keeps the tombstones that stand, of rows that nobody knows any more', () => {
  const file = join(folder, 'catalog.sqlite')
  writeCatalogOfVersion(migrations.indexOf(purgedRows), file, (before) => {
    before.exec("INSERT INTO tombstones(asset_id, at) VALUES ('gone', 7)")
  })
  const db = openDatabase(file)
  expect(db.prepare('SELECT asset_id, at, asset_row FROM tombstones').all()).toEqual([
    { asset_id: 'gone', at: 7, asset_row: null },
  ])
  db.close()
})
