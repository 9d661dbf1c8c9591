import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Db, openDatabase } from '../database.ts'
import { migrations } from './index.ts'

let folder: string
let db: Db
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-migration-'))
  const file = join(folder, 'catalog.sqlite')
  const before = new Database(file)
  for (const sql of migrations.slice(0, 6)) before.exec(sql)
  before.pragma('user_version = 6')
  const asset = before.prepare(
    `INSERT INTO assets(id, owner_id, space, status, asset_type, file_name, extension, mime_type, file_size_bytes, sha256, storage_path, original_prompt, created_at, updated_at, imported_at)
     VALUES (?, 'o', 'library', 'available', 'image', 'a.png', 'png', 'image/png', 1, '${'0'.repeat(64)}', 'originals/a.png', ?, 1, 1, 1)`,
  )
  asset.run('a', 'A harbour at dusk')
  asset.run('b', 'a  harbour at DUSK')
  asset.run('c', 'a winter station')
  asset.run('d', null)
  before.exec("INSERT INTO tags(id, name, created_at) VALUES ('t', 'Harbour', 1)")
  before.close()
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
