import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { openDatabase } from '../database.ts'
import { adoptedObjects } from './0028-adopted-objects.ts'
import { writeCatalogOfVersion } from './fixtures/catalogOfVersion.ts'
import { migrations } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-migration-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('lets nothing be removed from a bucket that is not the library’s own', () => {
  const file = join(folder, 'catalog.sqlite')
  const own = '3f9a1c5e-0000-4000-8000-000000000001'
  const remote = '3f9a1c5e-0000-4000-8000-000000000002'
  const add = 'INSERT OR IGNORE INTO remote_removals(remote_id, key, sha256, at) VALUES (?, ?, ?, 1)'
  writeCatalogOfVersion(migrations.indexOf(adoptedObjects), file, (before) => {
    before.prepare("INSERT OR REPLACE INTO meta(key, value) VALUES ('library', ?)").run(own)
    before
      .prepare("INSERT INTO remotes(id, name, role, location, created_at) VALUES (?, 'Bucket', 'library', '{}', 1)")
      .run(remote)
    for (const key of [`${own}/images/a.png`, 'theirs/a.png']) before.prepare(add).run(remote, key, 'a'.repeat(64))
  })
  const db = openDatabase(file)
  for (const key of [`${own}/images/b.png`, 'theirs/b.png', `${own}-old/b.png`, own]) {
    db.prepare(add).run(remote, key, 'b'.repeat(64))
  }
  expect(db.prepare('SELECT key FROM remote_removals ORDER BY key').pluck().all()).toEqual([
    `${own}/images/a.png`,
    `${own}/images/b.png`,
  ])
  expect(db.prepare('SELECT count(*) FROM adopted_objects').pluck().get()).toBe(0)
  db.close()
})
