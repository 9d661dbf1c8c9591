import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { openDatabase } from '../database.ts'
import { versions } from './0012-versions.ts'
import { addAsset, writeCatalogOfVersion } from './fixtures/catalogOfVersion.ts'
import { migrations } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-migration-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('has a file of an older catalogue read again once its bytes are others, and only then', () => {
  const file = join(folder, 'catalog.sqlite')
  writeCatalogOfVersion(migrations.indexOf(versions), file, (before) => {
    addAsset(before, { id: 'changed' })
    addAsset(before, { id: 'same', storage_path: 'originals/b.png' })
  })
  const db = openDatabase(file)
  const queued = (): unknown[] => db.prepare("SELECT key FROM queue WHERE kind = 'media'").pluck().all()
  db.exec("UPDATE assets SET sha256 = sha256, rating = 3 WHERE id = 'same'")
  expect(queued()).toEqual([])
  db.exec(`UPDATE assets SET sha256 = '${'1'.repeat(64)}' WHERE id = 'changed'`)
  expect(queued()).toEqual(['changed'])
  expect(db.prepare("SELECT name FROM pragma_table_info('asset_versions')").pluck().all()).toContain('asset_type')
  db.close()
})
