import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Db, openDatabase } from '../database.ts'
import { addAsset, writeCatalogOfVersion } from './fixtures/catalogOfVersion.ts'

let folder: string
let db: Db
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-migration-'))
  const file = join(folder, 'catalog.sqlite')
  writeCatalogOfVersion(6, file, (before) => {
    addAsset(before, { id: 'a', row_id: 1, custom_title: 'Lanterns', file_name: 'pier.png' })
    before.exec(
      `INSERT INTO asset_search(rowid, title, file_name, tags) VALUES (1, 'Lanterns', 'pier.png', 'Harbour');
       INSERT INTO tags(id, name, created_at) VALUES ('t', 'Harbour', 1)`,
    )
  })
  db = openDatabase(file)
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

it('finds tags by their words and other names, also after they have changed', () => {
  const tagged = (words: string) =>
    db.prepare('SELECT tag_id FROM tag_search WHERE tag_search MATCH ?').pluck().all(words)
  expect(tagged('harb*')).toEqual(['t'])
  db.exec(`UPDATE tags SET name = 'Quay', aliases = '["haven"]' WHERE id = 't'`)
  db.exec("INSERT INTO tags(id, name, created_at) VALUES ('u', 'Sea', 1)")
  expect([tagged('harbour'), tagged('quay'), tagged('haven'), tagged('sea')]).toEqual([[], ['t'], ['t'], ['u']])
})

it('keeps the other words of assets', () => {
  const found = (words: string) =>
    db.prepare('SELECT rowid FROM asset_search WHERE asset_search MATCH ?').pluck().all(words)
  expect([found('lanterns'), found('pier'), found('harbour')]).toEqual([[1], [1], []])
})
