import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { openDatabase } from '../database.ts'
import { likenessBands } from '../query/likeness.ts'
import { likenessHash } from './0020-likeness-hash.ts'
import { addAsset, writeCatalogOfVersion } from './fixtures/catalogOfVersion.ts'
import { migrations } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-migration-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('puts the hash beside each band of the pictures that are there, and of those that come', () => {
  const [old, later] = ['0123456789abcdef', 'fedcba9876543210']
  const file = join(folder, 'catalog.sqlite')
  writeCatalogOfVersion(migrations.indexOf(likenessHash), file, (before) => {
    addAsset(before, { id: 'a', phash: old })
  })
  const db = openDatabase(file)
  const bands = (row: number) =>
    db.prepare('SELECT band, phash FROM asset_likeness WHERE asset_row = ? ORDER BY band').all(row)
  const row = Number(db.prepare('SELECT row_id FROM assets WHERE phash = ?').pluck().get(old))
  expect(bands(row)).toEqual(likenessBands(old).map((band) => ({ band, phash: old })))
  db.prepare('UPDATE assets SET phash = ? WHERE row_id = ?').run(later, row)
  expect(bands(row)).toEqual(likenessBands(later).map((band) => ({ band, phash: later })))
  db.prepare('UPDATE assets SET phash = NULL WHERE row_id = ?').run(row)
  expect(bands(row)).toEqual([])
  db.close()
})
