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
    addAsset(before, { id: 'a', original_prompt: 'A harbour at dusk' })
    addAsset(before, { id: 'b', original_prompt: 'a  harbour at DUSK' })
    addAsset(before, { id: 'c', original_prompt: 'a winter station' })
    addAsset(before, { id: 'd', original_prompt: null })
    before.exec("INSERT INTO tags(id, name, created_at) VALUES ('t', 'Harbour', 1)")
  })
  db = openDatabase(file)
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

it('finds the variations among the assets that are there already', () => {
  const keys = db.prepare('SELECT prompt_key FROM assets ORDER BY id').pluck().all()
  expect(keys[0]).toBe(keys[1])
  expect(keys[2]).not.toBe(keys[0])
  expect(keys[3]).toBeNull()
})

it('keeps tags and lets them have aliases, which are found whatever their case', () => {
  const aliases = (): unknown[] =>
    db.prepare("SELECT tag_id FROM tag_aliases WHERE alias IN ('PORT', 'haven') ORDER BY alias").pluck().all()
  expect(db.prepare('SELECT name, aliases FROM tags').all()).toEqual([{ name: 'Harbour', aliases: '[]' }])
  db.exec(`UPDATE tags SET aliases = '["port","Haven"]'`)
  expect(aliases()).toEqual(['t', 't'])
  db.exec(`UPDATE tags SET aliases = '["port"]'`)
  expect(aliases()).toEqual(['t'])
})
