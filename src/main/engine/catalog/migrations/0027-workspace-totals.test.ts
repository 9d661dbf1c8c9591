import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import type { RemoteId } from '../../../../shared/domain/ids.ts'
import { openDatabase } from '../database.ts'
import { remotesRepository } from '../remotes.repository.ts'
import { workspaceObjectsRepository } from '../workspaceObjects.repository.ts'
import { workspaceTotals } from './0027-workspace-totals.ts'
import { writeCatalogOfVersion } from './fixtures/catalogOfVersion.ts'
import { migrations } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-migration-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('counts what a workspace bucket held before, and from then on what comes and goes', () => {
  const file = join(folder, 'catalog.sqlite')
  const remote = '11111111-0000-4000-8000-000000000000' as RemoteId
  writeCatalogOfVersion(migrations.indexOf(workspaceTotals), file, (before) => {
    before.exec(`INSERT INTO remotes(id, name, role, location, created_at) VALUES ('${remote}', 'r', 'workspace', '{}', 1);
      INSERT INTO workspace_objects(remote_id, key, version, size, state, missing_since) VALUES
        ('${remote}', 'a', 'v', 10, 'taken', NULL), ('${remote}', 'b', 'v', 20, 'gone', NULL), ('${remote}', 'c', 'v', 40, 'taken', 5)`)
  })
  const after = openDatabase(file)
  const objects = workspaceObjectsRepository(after)
  const used = () => remotesRepository(after, join(folder, 'remotes.json')).usedBytes(remote)
  const counted = () => [used(), objects.counts(remote).bytes]
  expect(counted()).toEqual([10, 10])
  const listed = { version: 'w', etag: null, modifiedAt: null, job: null, error: null }
  objects.arrived(remote, [
    { ...listed, key: 'a', size: 15 },
    { ...listed, key: 'd', size: 100 },
  ])
  expect(counted()).toEqual([115, 115])
  objects.setState(remote, ['a'], 'gone')
  objects.setMissing(remote, ['c'], null)
  expect(counted()).toEqual([140, 140])
  objects.setMissing(remote, ['d'], 7)
  objects.forget(remote, 8)
  expect(counted()).toEqual([40, 40])
  after.exec('DELETE FROM remotes')
  expect(used()).toBe(0)
  after.close()
})
