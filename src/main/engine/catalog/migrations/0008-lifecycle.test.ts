import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Db, openDatabase } from '../database.ts'
import { addAsset, writeCatalogOfVersion } from './fixtures/catalogOfVersion.ts'

let folder: string
let db: Db
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-migration-'))
  const file = join(folder, 'catalog.sqlite')
  writeCatalogOfVersion(7, file, (before) => {
    addAsset(before, { id: 'a', file_size_bytes: 10 })
    addAsset(before, { id: 'b', file_size_bytes: 20 })
    addAsset(before, { id: 'c', file_size_bytes: 40, space: 'workspace', asset_type: 'video' })
    addAsset(before, { id: 'd', file_size_bytes: 80, deleted_at: 5 })
    before.exec("INSERT INTO remotes(id, name, role, location, created_at) VALUES ('r', 'R', 'library', '{}', 1)")
    before.exec(
      "INSERT INTO remote_objects(remote_id, asset_id, kind, key, sha256, size, verified, verified_at) VALUES ('r', 'a', 'original', 'k', 's', 10, 'v', 1)",
    )
  })
  db = openDatabase(file)
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

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
