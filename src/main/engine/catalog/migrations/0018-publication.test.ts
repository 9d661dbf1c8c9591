import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import type { RemoteId } from '../../../../shared/domain/ids.ts'
import { openDatabase } from '../database.ts'
import { publicationRepository } from '../publication.repository.ts'
import { publication } from './0018-publication.ts'
import { addAsset, writeCatalogOfVersion } from './fixtures/catalogOfVersion.ts'
import { migrations } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-migration-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('knows nothing of what a library has published before, and holds what is to be held with its remote', () => {
  const file = join(folder, 'catalog.sqlite')
  const [remote, asset] = ['1', '2'].map((digit) => `${digit.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}`)
  writeCatalogOfVersion(migrations.indexOf(publication), file, (before) => {
    before.exec(
      `INSERT INTO remotes(id, name, role, location, created_at) VALUES ('${remote}', 'r', 'library', '{}', 1)`,
    )
    addAsset(before, { id: asset ?? '', space: 'library' })
  })

  const after = openDatabase(file)
  const published = publicationRepository(after, 'device')
  const id = remote as RemoteId
  expect(published.position(id)).toBeNull()
  published.begin(id, { seq: 0, sha256: null }, [{ assetId: asset ?? '', segment: 1, line: 0 }])
  expect(published.isHeld(id, asset ?? '')).toBe(true)
  expect(published.releasable(id, 10)).toEqual([])
  after
    .prepare(
      `INSERT INTO remote_objects(remote_id, asset_id, kind, key, sha256, size, verified, verified_at)
       SELECT ?, id, 'original', 'k', sha256, 1, 'etag-md5', 1 FROM assets`,
    )
    .run(remote)
  expect(published.releasable(id, 10)).toEqual([asset])
  after.exec('DELETE FROM remotes')
  expect(published.position(id)).toBeNull()
  expect(published.isHeld(id, asset ?? '')).toBe(false)
  after.close()
})
