import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { openDatabase } from '../database.ts'
import { removalRounds } from './0026-removal-rounds.ts'
import { writeCatalogOfVersion } from './fixtures/catalogOfVersion.ts'
import { migrations } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-migration-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('begins without a round, and keeps what waits to be removed', () => {
  const file = join(folder, 'catalog.sqlite')
  writeCatalogOfVersion(migrations.indexOf(removalRounds), file, (before) => {
    before.exec(
      `INSERT INTO remotes(id, name, role, location, created_at) VALUES ('r', '', 'library', '{}', 0);
       INSERT INTO remote_removals(remote_id, key, sha256, at) VALUES ('r', 'k', 's', 7)`,
    )
  })
  const db = openDatabase(file)
  expect(db.prepare('SELECT key FROM remote_removals').pluck().all()).toEqual(['k'])
  expect(db.prepare('SELECT count(*) FROM removal_rounds').pluck().get()).toBe(0)
  db.close()
})
