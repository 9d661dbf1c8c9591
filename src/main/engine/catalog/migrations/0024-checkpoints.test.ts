import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { openDatabase } from '../database.ts'
import { checkpoints } from './0024-checkpoints.ts'
import { writeCatalogOfVersion } from './fixtures/catalogOfVersion.ts'
import { migrations } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-migration-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('takes what was removed before for something that others have heard of', () => {
  const file = join(folder, 'catalog.sqlite')
  writeCatalogOfVersion(migrations.indexOf(checkpoints), file, (before) => {
    before.exec("INSERT INTO tombstones(asset_id, at) VALUES ('gone', 7)")
  })
  const db = openDatabase(file)
  expect(db.prepare('SELECT asset_id, told FROM tombstones').all()).toEqual([{ asset_id: 'gone', told: 1 }])
  db.close()
})
