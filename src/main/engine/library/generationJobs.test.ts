import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { GenerationJob } from '../../../shared/domain/collection.ts'
import type { AssetId, ImportId, Sha256 } from '../../../shared/domain/ids.ts'
import { importRulesSchema } from '../../../shared/domain/import.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { createLibrary, openLibrary } from './openLibrary.ts'

const FOLDER = 'castles'
let root: string
let now: number
let catalog: Catalog
let importId: ImportId

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-jobs-'))
  now = Date.UTC(2026, 10, 21)
  createLibrary(root, 'Test', now)
  catalog = openLibrary(root, () => now).catalog
  begin()
})
afterEach(() => {
  catalog.close()
  rmSync(root, { recursive: true, force: true })
})

function begin(): void {
  importId = randomUUID() as ImportId
  const options = importRulesSchema.parse({ mode: 'move' })
  catalog.imports.create({ id: importId, source: 'drop-folder', options, paths: [], startedAt: now })
}
function arrive(...names: string[]): void {
  const rest = { bytes: 1, job: FOLDER, skip: null, sidecars: [], sidecarOf: null, assetId: null }
  catalog.imports.addItems(
    importId,
    names.map((name) => ({ path: `/drop/castles/${name}`, ...rest })),
  )
}
function itemOf(name: string): number {
  return catalog.imports.pending(importId, 100).find(({ path }) => path.endsWith(`/${name}`))?.itemId ?? 0
}
function take(name: string): AssetId {
  const id = randomUUID() as AssetId
  catalog.assets.register([
    {
      id,
      space: 'workspace',
      fileName: name,
      extension: 'png',
      mimeType: 'image/png',
      assetType: 'image',
      fileSizeBytes: 1,
      sha256: createHash('sha256').update(name).digest('hex') as Sha256,
      storagePath: `originals/${name}`,
      sourcePath: null,
      jobId: catalog.jobs.ensure(FOLDER, now),
      collectionId: null,
      createdAt: now,
      importedAt: now,
      expiresAt: now + 1,
      another: false,
      importItem: { importId, itemId: itemOf(name) },
    },
  ])
  return id
}
function fail(name: string): void {
  const result = { kind: 'failed', code: 'empty_file', message: 'The file is empty.' } as const
  catalog.imports.settle(importId, [{ itemId: itemOf(name), result }])
}
const damaged = (assetId: AssetId): void =>
  catalog.assets.recordMedia([
    { assetId, ok: false, status: 'error', code: 'decode_failed', message: 'It is damaged.', facts: null },
  ])
const read = (assetId: AssetId): void => {
  damaged(assetId)
  catalog.mutate({ kind: 'test', label: () => '', undoable: false, now }, (writer) => {
    writer.set('asset', assetId, 'status', 'available')
  })
}
const job = (): GenerationJob => catalog.jobs.list()[0]!
const finish = (): void => {
  for (const running of catalog.jobs.running()) catalog.jobs.finish(running, now)
}

it('a job’s progress is how many of its known files are dealt with', () => {
  catalog.jobs.ensure(FOLDER, now)
  expect(job()).toMatchObject({ status: 'running', progress: 0 })
  arrive('a', 'b', 'c', 'd')
  expect(job()).toMatchObject({ progress: 0, counts: { imported: 0, processing: 4, failed: 0 } })
  const assets = [take('a'), take('b')]
  expect(job()).toMatchObject({ progress: 0, counts: { imported: 0, processing: 4, failed: 0 } })
  read(assets[0]!)
  fail('c')
  expect(job()).toMatchObject({ progress: 0.5, counts: { imported: 1, processing: 2, failed: 1 } })
  damaged(assets[1]!)
  read(take('d'))
  expect(job()).toMatchObject({ status: 'running', progress: 1, counts: { imported: 2, processing: 0, failed: 2 } })
  finish()
  expect(job()).toMatchObject({ status: 'completed', progress: 1, error: null })
})

it('a job has failed when nothing of it could be taken in, and says why', () => {
  catalog.jobs.ensure(FOLDER, now)
  arrive('a', 'b')
  fail('a')
  fail('b')
  finish()
  expect(job()).toMatchObject({ status: 'failed', error: 'The file is empty.', counts: { failed: 2 } })
})

it('a job that gets another file runs again; one that failed and was mended counts once', () => {
  catalog.jobs.ensure(FOLDER, now)
  arrive('a')
  fail('a')
  finish()
  begin()
  arrive('a')
  expect(catalog.jobs.ensure(FOLDER, now)).toBe(job().id)
  expect(job()).toMatchObject({ status: 'running', error: null, counts: { processing: 1, failed: 0 } })
  read(take('a'))
  finish()
  expect(job()).toMatchObject({ status: 'completed', counts: { imported: 1, processing: 0, failed: 0 } })
})

it('how a job ended survives a rebuild from the journal', () => {
  catalog.jobs.ensure(FOLDER, now)
  arrive('a')
  read(take('a'))
  finish()
  const { status, progress, error, id } = job()
  catalog.close()
  renameSync(join(root, 'catalog.sqlite'), join(root, 'catalog.old'))
  catalog = openLibrary(root, () => now).catalog
  expect(job()).toMatchObject({ status, progress, error, id, counts: { imported: 1 } })
})
