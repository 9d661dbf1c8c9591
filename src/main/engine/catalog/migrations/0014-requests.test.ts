import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { openDatabase } from '../database.ts'
import { requests } from './0014-requests.ts'
import { addAsset, writeCatalogOfVersion } from './fixtures/catalogOfVersion.ts'
import { migrations } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-migration-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('finds what was there before: jobs, variations, and links in the history', () => {
  const file = join(folder, 'catalog.sqlite')
  const version = migrations.indexOf(requests)
  const [collection, asset] = ['1', '2'].map((digit) => `${digit.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}`)
  writeCatalogOfVersion(version, file, (before) => {
    before.exec(
      "INSERT INTO generation_jobs(id, folder, status, created_at, updated_at) VALUES ('j', 'job', 'running', 1, 1)",
    )
    addAsset(before, { id: asset ?? '', job_id: 'j', prompt_key: 'k', generation_seed: '7' })
    before.exec(`INSERT INTO activity(id, device_id, at, kind, label, asset_count, undoable) VALUES (1, 'd', 1, 'keep', 'Kept', 1, 1);
    INSERT INTO activity_changes VALUES (1, 'membership', '${collection}/${asset}', 'in', 'null', 'true');`)
  })

  const after = openDatabase(file)
  const one = (sql: string) => after.prepare(sql).pluck().get()
  expect(one("SELECT id FROM assets INDEXED BY assets_job WHERE job_id = 'j'")).toBe(asset)
  expect(one("SELECT id FROM assets INDEXED BY assets_prompt_key WHERE prompt_key = 'k'")).toBe(asset)
  expect(
    one(`SELECT activity_id FROM activity_changes INDEXED BY activity_changes_link
      WHERE substr(entity_id, 38) = '${asset}' AND entity IN ('membership', 'assetTag', 'requestReference')`),
  ).toBe(1)
  after.close()
})
