import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { type AssetId, type RemoteId, sha256Schema } from '../../../../shared/domain/ids.ts'
import { openDatabase } from '../database.ts'
import { workspaceObjectsRepository } from '../workspaceObjects.repository.ts'
import { workspaceObjects } from './0022-workspace-objects.ts'
import { addAsset, writeCatalogOfVersion } from './fixtures/catalogOfVersion.ts'
import { migrations } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-migration-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('knows nothing of the objects of remotes that were there before, then what becomes of each, and forgets them with their remote', () => {
  const file = join(folder, 'catalog.sqlite')
  const remote = '11111111-0000-4000-8000-000000000000' as RemoteId
  const asset = '22222222-0000-7000-8000-000000000000' as AssetId
  writeCatalogOfVersion(migrations.indexOf(workspaceObjects), file, (before) => {
    before.exec(
      `INSERT INTO remotes(id, name, role, location, created_at) VALUES ('${remote}', 'r', 'workspace', '{}', 1)`,
    )
    addAsset(before, { id: asset, space: 'workspace' })
  })

  const after = openDatabase(file)
  expect(after.prepare('SELECT owner FROM remotes').pluck().all()).toEqual([null])
  const objects = workspaceObjectsRepository(after)
  expect(objects.counts(remote)).toMatchObject({ objects: 0, waiting: 0 })
  const listed = { version: 'v', size: 7, etag: null, modifiedAt: null, job: 'j' }
  objects.arrived(remote, [
    { ...listed, key: 'a', error: null },
    { ...listed, key: 'b', error: { code: 'name_invalid', message: 'No.' } },
  ])
  expect(objects.counts(remote)).toEqual({ objects: 2, bytes: 14, waiting: 1, waitingBytes: 7, refused: 1, leaving: 0 })
  objects.taken(remote, 'a', asset, sha256Schema.parse('0'.repeat(64)))
  expect(objects.ofAsset(asset)).toMatchObject([{ key: 'a', remoteId: remote }])
  expect(objects.departing(remote, '', 10)).toEqual([])
  after.prepare('UPDATE assets SET deleted_at = 5').run()
  expect(objects.departing(remote, '', 10)).toMatchObject([{ key: 'a', asset: { space: 'workspace', deletedAt: 5 } }])
  expect(objects.reconsider(remote, ['name_invalid'], 'others')).toEqual([])
  expect(objects.reconsider(remote, ['name_invalid'], 'these')).toEqual(['b'])
  after.exec('DELETE FROM remotes')
  expect(objects.all(remote)).toEqual([])
  after.close()
})
