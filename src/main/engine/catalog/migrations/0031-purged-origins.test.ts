import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { openDatabase } from '../database.ts'
import { purgedOrigins } from './0031-purged-origins.ts'
import { writeCatalogOfVersion } from './fixtures/catalogOfVersion.ts'
import { migrations } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-migration-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('knows nothing of where came what was removed before, and forgets an origin with its tombstone', () => {
  const file = join(folder, 'catalog.sqlite')
  writeCatalogOfVersion(migrations.indexOf(purgedOrigins), file, (before) => {
    before.prepare("INSERT INTO tombstones(asset_id, at) VALUES ('gone', 1)").run()
  })
  const db = openDatabase(file)
  expect(db.prepare('SELECT count(*) FROM purged_origins').pluck().get()).toBe(0)
  db.prepare(
    "INSERT INTO purged_origins(asset_id, sha256, size, object_key) VALUES ('gone', 'a', 1, 'their/key')",
  ).run()
  db.prepare("DELETE FROM tombstones WHERE asset_id = 'gone'").run()
  expect(db.prepare('SELECT count(*) FROM purged_origins').pluck().get()).toBe(0)
  db.close()
})
