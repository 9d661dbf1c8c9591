import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { remoteIdSchema } from '../../../../shared/domain/ids.ts'
import { begunUploadsRepository } from '../begunUploads.repository.ts'
import { openDatabase } from '../database.ts'
import { transfers } from './0016-transfers.ts'
import { writeCatalogOfVersion } from './fixtures/catalogOfVersion.ts'
import { migrations } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-migration-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const remote = remoteIdSchema.parse('11111111-0000-4000-8000-000000000000')

it('takes over the uploads in parts that had begun, and forgets what nobody understands', () => {
  const file = join(folder, 'catalog.sqlite')
  writeCatalogOfVersion(migrations.indexOf(transfers), file, (before) => {
    before.exec(
      `INSERT INTO remotes(id, name, role, location, created_at) VALUES ('${remote}', 'r', 'library', '{}', 1)`,
    )
    const job = before.prepare(
      "INSERT INTO queue(kind, key, payload, state, priority, run_at) VALUES ('upload', ?, ?, ?, 0, 0)",
    )
    const state = { uploadId: 'u', key: 'k', size: 20, sha256: 'a'.repeat(64), partSize: 8, opaqueParts: [] }
    job.run(`${remote}:a`, '{"assetId":"a"}', JSON.stringify(state))
    job.run(`${remote}:b`, '{"assetId":"b"}', null)
    job.run(`${remote}:c`, '{"assetId":"c"}', 'not JSON')
    job.run(`${remote}:d`, '{"assetId":"d"}', '{"of":"another kind"}')
  })

  const db = openDatabase(file)
  const uploads = begunUploadsRepository(db)
  expect(uploads.list(remote)).toEqual([{ key: 'k', assetId: 'a', uploadId: 'u' }])
  expect(uploads.read(remote, 'k')).toEqual({
    uploadId: 'u',
    size: 20,
    sha256: 'a'.repeat(64),
    partSize: 8,
    parts: new Map(),
  })
  expect(db.prepare('SELECT count(*) FROM queue WHERE state IS NULL').pluck().get()).toBe(4)

  const part = { number: 1, md5: 'm', etag: 'e' }
  uploads.confirm(remote, 'k', part)
  uploads.confirm(remote, 'never begun', part)
  expect(uploads.read(remote, 'k')?.parts).toEqual(new Map([[1, part]]))
  uploads.begin(remote, 'a' as never, 'k', { uploadId: 'v', size: 20, sha256: 's', partSize: 8 }, 1)
  expect(uploads.read(remote, 'k')).toMatchObject({ uploadId: 'v', parts: new Map() })
  uploads.end(remote, 'k')
  expect(uploads.read(remote, 'k')).toBeNull()
  db.close()
})
