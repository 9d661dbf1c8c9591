import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Db, openDatabase } from '../database.ts'
import { migrations } from './index.ts'

let folder: string
let db: Db
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-migration-'))
  const file = join(folder, 'catalog.sqlite')
  const before = new Database(file)
  before.function('prompt_key', (prompt) => prompt)
  for (const sql of migrations.slice(0, 7)) before.exec(sql)
  before.pragma('user_version = 7')
  insert(before, 'a', 'library', 'image', 10, null)
  insert(before, 'b', 'library', 'image', 20, null)
  insert(before, 'c', 'workspace', 'video', 40, null)
  insert(before, 'd', 'library', 'image', 80, 5)
  before.exec("INSERT INTO remotes(id, name, role, location, created_at) VALUES ('r', 'R', 'library', '{}', 1)")
  before.exec(
    "INSERT INTO remote_objects(remote_id, asset_id, kind, key, sha256, size, verified, verified_at) VALUES ('r', 'a', 'original', 'k', 's', 10, 'v', 1)",
  )
  before.close()
  db = openDatabase(file)
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

function insert(target: Db, id: string, space: string, type: string, bytes: number, deletedAt: number | null): void {
  target
    .prepare(
      `INSERT INTO assets(id, owner_id, space, status, asset_type, file_name, extension, mime_type, file_size_bytes, sha256, storage_path, created_at, updated_at, imported_at, deleted_at)
       VALUES (?, 'o', ?, 'available', ?, 'a.png', 'png', 'image/png', ?, '${'0'.repeat(64)}', 'originals/a.png', 1, 1, 1, ?)`,
    )
    .run(id, space, type, bytes, deletedAt)
}

const kept = (): unknown[] =>
  db.prepare('SELECT space, asset_type, assets, bytes FROM asset_totals WHERE assets > 0 ORDER BY 1, 2').all()
const counted = (): unknown[] =>
  db
    .prepare(
      "SELECT iif(deleted_at IS NULL, space, 'trash') AS space, asset_type, count(*) AS assets, sum(file_size_bytes) AS bytes FROM assets GROUP BY 1, 2 ORDER BY 1, 2",
    )
    .all()

it('counts what is there already', () => {
  expect(kept()).toEqual([
    { space: 'library', asset_type: 'image', assets: 2, bytes: 30 },
    { space: 'trash', asset_type: 'image', assets: 1, bytes: 80 },
    { space: 'workspace', asset_type: 'video', assets: 1, bytes: 40 },
  ])
  expect(db.prepare('SELECT * FROM remote_totals').all()).toEqual([{ remote_id: 'r', objects: 1, bytes: 10 }])
})

it('keeps the totals equal to what a count gives, whatever happens to assets', () => {
  const change = fc.oneof(
    fc.record({
      sql: fc.constant('UPDATE assets SET space = ? WHERE id = ?'),
      value: fc.constantFrom('library', 'workspace'),
    }),
    fc.record({
      sql: fc.constant('UPDATE assets SET deleted_at = ? WHERE id = ?'),
      value: fc.constantFrom(null, 7, 8),
    }),
    fc.record({ sql: fc.constant('UPDATE assets SET file_size_bytes = ? WHERE id = ?'), value: fc.nat(1000) }),
    fc.record({
      sql: fc.constant('UPDATE assets SET asset_type = ? WHERE id = ?'),
      value: fc.constantFrom('audio', 'font'),
    }),
    fc.record({ sql: fc.constant('DELETE FROM assets WHERE ? IS NOT NULL AND id = ?'), value: fc.constant(1) }),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(change, fc.constantFrom('a', 'b', 'c', 'd')), { maxLength: 20 }), (changes) => {
      db.exec('SAVEPOINT before')
      for (const [{ sql, value }, id] of changes) db.prepare(sql).run(value, id)
      expect(kept()).toEqual(counted())
      db.exec('ROLLBACK TO before; RELEASE before')
    }),
    { numRuns: 100 },
  )
})

it('never lets an asset in the Library have an end', () => {
  expect(() => db.exec("UPDATE assets SET expires_at = 1 WHERE id = 'a'")).toThrow(/CHECK/)
  db.exec("UPDATE assets SET expires_at = 1 WHERE id = 'c'")
  expect(() => db.exec("UPDATE assets SET space = 'library' WHERE id = 'c'")).toThrow(/CHECK/)
})
