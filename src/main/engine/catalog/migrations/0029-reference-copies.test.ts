import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { openDatabase } from '../database.ts'
import { referenceCopies } from './0029-reference-copies.ts'
import { writeCatalogOfVersion } from './fixtures/catalogOfVersion.ts'
import { migrations } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-migration-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('counts copies of references into what their remote holds, and forgets them with it', () => {
  const file = join(folder, 'catalog.sqlite')
  writeCatalogOfVersion(migrations.indexOf(referenceCopies), file, (before) => {
    before
      .prepare(
        "INSERT INTO remotes(id, name, role, location, created_at) VALUES ('r', 'Bucket', 'references', '{}', 1)",
      )
      .run()
  })
  const db = openDatabase(file)
  const totals = () => db.prepare("SELECT objects, bytes FROM remote_totals WHERE remote_id = 'r'").get()
  const add = db.prepare("INSERT INTO reference_copies VALUES ('r', 'q', ?, ?, 'aa', ?, 1)")
  add.run('a', 'q/a.png', 100)
  add.run('b', 'q/b.png', 20)
  expect(totals()).toEqual({ objects: 2, bytes: 120 })
  db.prepare("DELETE FROM reference_copies WHERE asset_id = 'a'").run()
  expect(totals()).toEqual({ objects: 1, bytes: 20 })
  db.prepare("DELETE FROM remotes WHERE id = 'r'").run()
  expect(db.prepare('SELECT count(*) FROM reference_copies').pluck().get()).toBe(0)
  expect(totals()).toBeUndefined()
  db.close()
})
