import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { openDatabase } from '../database.ts'
import { shareSizes } from './0030-share-sizes.ts'
import { writeCatalogOfVersion } from './fixtures/catalogOfVersion.ts'
import { migrations } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-migration-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('counts copies of shares into what their remote holds, until they are taken back, and earlier ones never', () => {
  const file = join(folder, 'catalog.sqlite')
  writeCatalogOfVersion(migrations.indexOf(shareSizes), file, (before) => {
    before
      .prepare("INSERT INTO remotes(id, name, role, location, created_at) VALUES ('r', 'Bucket', 'public', '{}', 1)")
      .run()
    before
      .prepare(
        "INSERT INTO shares(id, asset_id, remote_id, kind, key, url, created_at) VALUES ('old', 'a', 'r', 'public', 'k', 'u', 1)",
      )
      .run()
  })
  const db = openDatabase(file)
  const totals = () => db.prepare("SELECT objects, bytes FROM remote_totals WHERE remote_id = 'r'").get()
  const add = db.prepare(
    "INSERT INTO shares(id, asset_id, remote_id, kind, key, url, created_at, size) VALUES (?, 'a', ?, 'public', 'k', 'u', 1, ?)",
  )
  const revoke = db.prepare('UPDATE shares SET revoked_at = 2 WHERE id = ?')
  add.run('new', 'r', 100)
  add.run('of a remote that is gone', 'none', 100)
  expect(totals()).toEqual({ objects: 1, bytes: 100 })
  revoke.run('old')
  expect(totals()).toEqual({ objects: 1, bytes: 100 })
  revoke.run('new')
  revoke.run('new')
  expect(totals()).toEqual({ objects: 0, bytes: 0 })
  db.close()
})
