import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { openDatabase } from '../database.ts'
import { cloudCare } from './0023-cloud-care.ts'
import { addAsset, writeCatalogOfVersion } from './fixtures/catalogOfVersion.ts'
import { migrations } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-migration-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('keeps what a bucket is known to hold, goes on counting it, and has room for versions', () => {
  const file = join(folder, 'catalog.sqlite')
  writeCatalogOfVersion(migrations.indexOf(cloudCare), file, (before) => {
    before.exec("INSERT INTO remotes(id, name, role, location, created_at) VALUES ('r', 'r', 'library', '{}', 1)")
    addAsset(before, { id: 'a' })
    before.exec(
      `INSERT INTO remote_objects(remote_id, asset_id, kind, key, sha256, size, etag, verified, verified_at)
       VALUES ('r', 'a', 'original', 'k', 's', 10, 'e', 'etag-md5', 7), ('r', 'a', 'thumbnail', 't', 'u', 2, NULL, 'read-back', 8)`,
    )
  })
  const db = openDatabase(file)
  const totals = () => db.prepare('SELECT objects, bytes FROM remote_totals').get()
  expect(db.prepare("SELECT * FROM remote_objects WHERE kind = 'original'").get()).toEqual({
    remote_id: 'r',
    asset_id: 'a',
    kind: 'original',
    part: '',
    key: 'k',
    sha256: 's',
    size: 10,
    etag: 'e',
    verified: 'etag-md5',
    verified_at: 7,
  })
  expect(totals()).toEqual({ objects: 2, bytes: 12 })
  const version = db.prepare(
    `INSERT INTO remote_objects(remote_id, asset_id, kind, part, key, sha256, size, verified, verified_at)
     VALUES ('r', 'a', 'version', ?, ?, ?, 5, 'etag-md5', 9)`,
  )
  for (const hash of ['v1', 'v2']) version.run(hash, hash, hash)
  expect(totals()).toEqual({ objects: 4, bytes: 22 })
  db.exec("DELETE FROM remotes WHERE id = 'r'")
  expect(db.prepare('SELECT count(*) FROM remote_objects').pluck().get()).toBe(0)
  db.close()
})
