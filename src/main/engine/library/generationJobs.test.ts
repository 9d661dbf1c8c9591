import { randomUUID } from 'node:crypto'
import { beforeEach, expect, it } from 'vitest'
import type { GenerationJob } from '../../../shared/domain/collection.ts'
import type { AssetId, ImportId } from '../../../shared/domain/ids.ts'
import { importRulesSchema } from '../../../shared/domain/import.ts'
import { libraryForEachTest, START } from './fixtures/testLibrary.ts'

const FOLDER = 'castles'
const library = libraryForEachTest()
let importId: ImportId
beforeEach(begin)

function begin(): void {
  importId = randomUUID() as ImportId
  const options = importRulesSchema.parse({ mode: 'move' })
  library.catalog.imports.create({ id: importId, source: 'drop-folder', options, paths: [], startedAt: START })
}
function arrive(...names: string[]): void {
  const rest = { bytes: 1, job: FOLDER, skip: null, sidecars: [], sidecarOf: null, assetId: null }
  library.catalog.imports.addItems(
    importId,
    names.map((name) => ({ path: `/drop/castles/${name}`, ...rest })),
  )
}
function itemOf(name: string): number {
  return library.catalog.imports.pending(importId, 100).find(({ path }) => path.endsWith(`/${name}`))?.itemId ?? 0
}
const take = (name: string): AssetId =>
  library.add(name, {
    space: 'workspace',
    fileSizeBytes: 1,
    jobId: library.catalog.jobs.ensure(FOLDER, START),
    expiresAt: START + 1,
    importItem: { importId, itemId: itemOf(name) },
  })
function fail(name: string): void {
  const result = { kind: 'failed', code: 'empty_file', message: 'The file is empty.' } as const
  library.catalog.imports.settle(importId, [{ itemId: itemOf(name), result }])
}
const damaged = (assetId: AssetId): void =>
  library.catalog.assets.recordMedia([
    { assetId, ok: false, status: 'error', code: 'decode_failed', message: 'It is damaged.', facts: null },
  ])
const read = (assetId: AssetId): void => {
  damaged(assetId)
  library.catalog.mutate({ kind: 'test', label: () => '', undoable: false, now: START }, (writer) => {
    writer.set('asset', assetId, 'status', 'available')
  })
}
const job = (): GenerationJob => library.catalog.jobs.list()[0]!
const finish = (): void => {
  for (const running of library.catalog.jobs.running()) library.catalog.jobs.finish(running, START)
}

it('a job’s progress is how many of its known files are dealt with', () => {
  library.catalog.jobs.ensure(FOLDER, START)
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
  library.catalog.jobs.ensure(FOLDER, START)
  arrive('a', 'b')
  fail('a')
  fail('b')
  finish()
  expect(job()).toMatchObject({ status: 'failed', error: 'The file is empty.', counts: { failed: 2 } })
})

it('a job that gets another file runs again; one that failed and was mended counts once', () => {
  library.catalog.jobs.ensure(FOLDER, START)
  arrive('a')
  fail('a')
  finish()
  begin()
  arrive('a')
  expect(library.catalog.jobs.ensure(FOLDER, START)).toBe(job().id)
  expect(job()).toMatchObject({ status: 'running', error: null, counts: { processing: 1, failed: 0 } })
  read(take('a'))
  finish()
  expect(job()).toMatchObject({ status: 'completed', counts: { imported: 1, processing: 0, failed: 0 } })
})

it('how a job ended survives a rebuild from the journal', () => {
  library.catalog.jobs.ensure(FOLDER, START)
  arrive('a')
  read(take('a'))
  finish()
  const { status, progress, error, id } = job()
  library.rebuild()
  expect(job()).toMatchObject({ status, progress, error, id, counts: { imported: 1 } })
})
