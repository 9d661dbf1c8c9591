import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { openDatabase } from '../database.ts'
import { reading } from './0011-reading.ts'
import { addAsset, writeCatalogOfVersion } from './fixtures/catalogOfVersion.ts'
import { migrations } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-migration-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('finds the assets of an older catalogue in the narrow index, and counts renamed tags', () => {
  const file = join(folder, 'catalog.sqlite')
  writeCatalogOfVersion(migrations.indexOf(reading), file, (before) => {
    addAsset(before, { id: 'a' })
    before.exec("INSERT INTO tags(id, name, created_at) VALUES ('t', 'sea', 1)")
  })
  const db = openDatabase(file)
  expect(db.prepare('SELECT count(*) FROM assets INDEXED BY assets_columns').pluck().get()).toBe(1)
  const structure = (): number =>
    Number(db.prepare("SELECT value FROM meta WHERE key = 'structure'").pluck().get() ?? 0)
  const before = structure()
  db.exec("UPDATE tags SET name = 'ocean'")
  expect(structure()).toBeGreaterThan(before)
  db.close()
})
