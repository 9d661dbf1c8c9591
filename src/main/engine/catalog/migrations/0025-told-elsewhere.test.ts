import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import type { RemoteId } from '../../../../shared/domain/ids.ts'
import { openDatabase } from '../database.ts'
import { publicationRepository } from '../publication.repository.ts'
import { toldElsewhere } from './0025-told-elsewhere.ts'
import { addAsset, writeCatalogOfVersion } from './fixtures/catalogOfVersion.ts'
import { migrations } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-migration-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('goes on holding what is held, until another device tells of it', () => {
  const file = join(folder, 'catalog.sqlite')
  const [remote, asset] = ['1', '2'].map((digit) => `${digit.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}`) as [
    RemoteId,
    string,
  ]
  writeCatalogOfVersion(migrations.indexOf(toldElsewhere), file, (before) => {
    before.exec(
      `INSERT INTO remotes(id, name, role, location, created_at) VALUES ('${remote}', 'r', 'library', '{}', 1);
       INSERT INTO held_operations(remote_id, asset_id, segment, line) VALUES ('${remote}', '${asset}', 1, 0)`,
    )
    addAsset(before, { id: asset, space: 'workspace' })
  })
  const db = openDatabase(file)
  const publication = publicationRepository(db, 'device')
  expect(publication.isHeld(remote, asset)).toBe(true)
  expect(publication.releasable(remote, 10)).toEqual([])
  db.prepare('INSERT INTO told_elsewhere(asset_id) VALUES (?)').run(asset)
  expect(publication.releasable(remote, 10)).toEqual([asset])
  expect(publication.isToldElsewhere(asset)).toBe(true)
  db.close()
})
