import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type GenerationRequest,
  type GenerationRequestId,
  MOST_REFERENCES,
} from '../../../../shared/domain/generationRequest.ts'
import type { AssetId, GenerationJobId, RowId, Sha256 } from '../../../../shared/domain/ids.ts'
import type { ImportedFile } from '../../catalog/assetRecords.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { createCollection, deleteCollection } from '../editCollections.ts'
import { toEnd } from '../inParts.ts'
import { createLibrary, openLibrary } from '../openLibrary.ts'
import { purgeAssets } from '../purgeAssets.ts'
import { trashAssets } from '../trashAssets.ts'
import { assignJobs, assignOutputs } from './assignOutputs.ts'
import { cancelRequest, createRequest, deleteRequest, editRequest, restoreRequest } from './editRequests.ts'
import { addReferences, arrangeReferences, removeReferences } from './references.ts'

let root: string
let now: number
let catalog: Catalog

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-requests-'))
  now = Date.UTC(2026, 10, 21)
  createLibrary(root, 'Test', now)
  catalog = openLibrary(root, () => now).catalog
})
afterEach(() => {
  catalog.close()
  rmSync(root, { recursive: true, force: true })
})

let made = 0
function add(jobId: GenerationJobId | null = null): AssetId {
  const name = `${made++}.png`
  const file: ImportedFile = {
    id: randomUUID() as AssetId,
    space: 'workspace',
    fileName: name,
    extension: 'png',
    mimeType: 'image/png',
    assetType: 'image',
    fileSizeBytes: 100,
    sha256: createHash('sha256').update(name).digest('hex') as Sha256,
    storagePath: `originals/2026/11/${name}`,
    sourcePath: null,
    jobId,
    collectionId: null,
    createdAt: now,
    importedAt: now + made,
    expiresAt: null,
    another: false,
    importItem: null,
  }
  catalog.assets.register([file])
  return file.id
}
const rowOf = (id: AssetId): RowId => catalog.assets.findById(id)!.rowId
const request = (prompt = 'a harbour', references: AssetId[] = []): GenerationRequestId =>
  createRequest(catalog, { prompt, references }, now).request.id
const get = (id: GenerationRequestId): GenerationRequest => catalog.requests.get(id)!
const referencesOf = (id: GenerationRequestId): AssetId[] => get(id).references.map((reference) => reference.id)
const outputsOf = (id: GenerationRequestId): RowId[] => [...catalog.requests.outputs(id, 100, 0)]
/** All that is known of requests and jobs, without when they were changed. */
const state = (target: Catalog): unknown => ({
  requests: target.requests.list({ limit: 500 }).map(({ updated_at: _, ...rest }) => rest),
  jobs: target.jobs
    .list()
    .map(({ id, request_id }) => `${id} ${request_id}`)
    .sort(),
})
function undoneAndRedone(change: () => unknown): void {
  const before = state(catalog)
  change()
  const after = state(catalog)
  expect(after).not.toEqual(before)
  catalog.history.undo(now + 1)
  expect(state(catalog)).toEqual(before)
  catalog.history.redo(now + 2)
  expect(state(catalog)).toEqual(after)
}
function rebuilt(): void {
  const before = state(catalog)
  catalog.close()
  renameSync(join(root, 'catalog.sqlite'), join(root, `catalog.${randomUUID()}`))
  catalog = openLibrary(root, () => now).catalog
  expect(state(catalog)).toEqual(before)
}

describe('a request', () => {
  it('is what a person asked for, with references in their order', () => {
    const [a, b] = [add(), add()]
    const { collection } = createCollection(catalog, 'Harbours', undefined, now)
    const input = { prompt: 'a harbour', metadata: { steps: 20 }, collectionId: collection.id, references: [b, a, b] }
    const { request: created, result } = createRequest(catalog, input, now)
    expect(created).toMatchObject({
      user_prompt: 'a harbour',
      input_metadata: { steps: 20 },
      collection_id: collection.id,
      status: 'pending',
      references: [
        { id: b, row_id: rowOf(b), in_trash: false },
        { id: a, row_id: rowOf(a), in_trash: false },
      ],
    })
    expect(result.label).toBe('Created the request “a harbour”')
  })

  it('is edited, cancelled, deleted and restored, each undone and redone', () => {
    const id = request('a harbour', [add()])
    undoneAndRedone(() => editRequest(catalog, id, { prompt: 'a lighthouse', metadata: { seed: '1' } }, now))
    undoneAndRedone(() => cancelRequest(catalog, id, true, now))
    expect(get(id).status).toBe('cancelled')
    undoneAndRedone(() => cancelRequest(catalog, id, false, now))
    undoneAndRedone(() => deleteRequest(catalog, id, now))
    expect(catalog.requests.get(id)).toBeUndefined()
    undoneAndRedone(() => restoreRequest(catalog, id, now))
    expect(get(id).references).toHaveLength(1)
    undoneAndRedone(() => request('another'))
    rebuilt()
  })

  it('has no collection any more when that is deleted, and has it again when that comes back', () => {
    const { collection } = createCollection(catalog, 'Harbours', undefined, now)
    const { id } = createRequest(catalog, { prompt: 'a harbour', collectionId: collection.id }, now).request
    toEnd(deleteCollection(catalog, collection.id, now))
    expect(get(id).collection_id).toBeNull()
    expect(catalog.requests.list({ limit: 10, collectionId: collection.id })).toEqual([])
    catalog.history.undo(now)
    expect(get(id).collection_id).toBe(collection.id)
  })

  it('is refused for what does not exist', () => {
    const nobody = randomUUID() as AssetId
    expect(() => request('a', [nobody])).toThrow(expect.objectContaining({ code: 'not_found' }))
    expect(() => addReferences(catalog, request(), [nobody], now)).toThrow(
      expect.objectContaining({ code: 'not_found' }),
    )
    const id = nobody as string as GenerationRequestId
    for (const attempt of [
      () => editRequest(catalog, id, { prompt: 'x' }, now),
      () => restoreRequest(catalog, id, now),
      () => assignJobs(catalog, id, [], now),
      () => assignJobs(catalog, null, [nobody as string as GenerationJobId], now),
    ])
      expect(attempt).toThrow(expect.objectContaining({ code: 'not_found' }))
  })
})

describe('references', () => {
  it('are added after the others, removed and put in order', () => {
    const [a, b, c, d] = [add(), add(), add(), add()]
    const id = request('a', [a, b])
    undoneAndRedone(() => addReferences(catalog, id, [d, a, c], now))
    expect(referencesOf(id)).toEqual([a, b, d, c])
    undoneAndRedone(() => arrangeReferences(catalog, id, [c, a], d, now))
    expect(referencesOf(id)).toEqual([b, c, a, d])
    undoneAndRedone(() => arrangeReferences(catalog, id, [a, c], c, now))
    expect(referencesOf(id)).toEqual([b, a, c, d])
    undoneAndRedone(() => arrangeReferences(catalog, id, [b], null, now))
    expect(referencesOf(id)).toEqual([a, c, d, b])
    undoneAndRedone(() => removeReferences(catalog, id, { ids: [a, b] }, now))
    expect(referencesOf(id)).toEqual([c, d])
    rebuilt()
  })

  it('say when they are in Trash, and go when their asset is gone for good', async () => {
    const [a, b] = [add(), add()]
    const id = request('a', [a, b])
    trashAssets(catalog, { ids: [a] }, now)
    expect(get(id).references).toMatchObject([{ id: a, in_trash: true }, { id: b }])
    await purgeAssets(catalog, [rowOf(a)], 1, now)
    expect(referencesOf(id)).toEqual([b])
  })

  it('are a hundred at most', () => {
    const many = Array.from({ length: MOST_REFERENCES }, () => add())
    const id = request('a', many)
    expect(() => addReferences(catalog, id, [add()], now)).toThrow(expect.objectContaining({ code: 'invalid_request' }))
  })

  it('are found by their asset', () => {
    const [a, b] = [add(), add()]
    const id = request('a', [a])
    assignOutputs(catalog, id, { ids: [b] }, now)
    expect(catalog.requests.ofAsset(a, 10)).toEqual({ madeBy: null, usedBy: [id] })
    expect(catalog.requests.ofAsset(b, 10)).toEqual({ madeBy: id, usedBy: [] })
    deleteRequest(catalog, id, now)
    expect(catalog.requests.ofAsset(a, 10)).toEqual({ madeBy: null, usedBy: [] })
  })
})

describe('outputs', () => {
  it('are all that its jobs make, before and after they are assigned', () => {
    const id = request()
    const job = catalog.jobs.ensure('castles', now)
    const first = add(job)
    expect(outputsOf(id)).toEqual([])
    undoneAndRedone(() => assignJobs(catalog, id, [job], now))
    const second = add(job)
    expect(outputsOf(id)).toEqual([rowOf(second), rowOf(first)])
    expect(get(id)).toMatchObject({ status: 'running', job_count: 1, output_count: 2 })
    expect(catalog.requests.ofAsset(second, 1).madeBy).toBe(id)
    trashAssets(catalog, { ids: [first] }, now)
    expect(outputsOf(id)).toEqual([rowOf(second)])
    rebuilt()
  })

  it('end with their jobs: all that ran are over', () => {
    const id = request()
    const job = catalog.jobs.ensure('castles', now)
    assignJobs(catalog, id, [job], now)
    const asset = add(job)
    catalog.mutate({ kind: 'test', label: () => '', undoable: false, now }, (writer) => {
      writer.set('asset', asset, 'status', 'available')
    })
    expect(get(id)).toMatchObject({ status: 'running', progress: 1 })
    for (const running of catalog.jobs.running()) catalog.jobs.finish(running, now)
    expect(get(id)).toMatchObject({ status: 'completed', progress: 1, error: null })
  })

  it('may be given by hand, and then belong to that request rather than to that of their job', () => {
    const [id, other] = [request('a'), request('b')]
    const job = catalog.jobs.ensure('castles', now)
    assignJobs(catalog, id, [job], now)
    const [mine, loose] = [add(job), add()]
    undoneAndRedone(() => assignOutputs(catalog, other, { ids: [mine, loose] }, now))
    expect([outputsOf(id), outputsOf(other)]).toEqual([[], [rowOf(loose), rowOf(mine)]])
    expect(get(other)).toMatchObject({ status: 'completed', output_count: 2 })
    undoneAndRedone(() => assignOutputs(catalog, null, { ids: [mine] }, now))
    expect(outputsOf(id)).toEqual([rowOf(mine)])
    rebuilt()
  })

  it('come by themselves from a folder whose name ends in the id of the request', () => {
    const [id, deleted] = [request('a'), request('b')]
    deleteRequest(catalog, deleted, now)
    for (const folder of [id, `run 2 ${id.toUpperCase()}`, `3x${id}`, `4-${deleted}`, `${id}-5`])
      catalog.jobs.ensure(folder, now)
    const folders = catalog.requests.jobs(id).map(({ folder }) => folder)
    expect(folders.sort()).toEqual([id, `run 2 ${id.toUpperCase()}`].sort())
    rebuilt()
  })

  it('a job goes to another request, or to none, and says which', () => {
    const [id, other] = [request('a'), request('b')]
    const job = catalog.jobs.ensure('castles', now)
    assignJobs(catalog, id, [job], now)
    undoneAndRedone(() => assignJobs(catalog, other, [job], now))
    expect([get(id).job_count, get(other).job_count, catalog.jobs.get(job)?.request_id]).toEqual([0, 1, other])
    undoneAndRedone(() => assignJobs(catalog, null, [job], now))
    deleteRequest(catalog, other, now)
    expect(catalog.jobs.get(job)?.request_id).toBeNull()
  })
})

it('requests are listed in pages, the newest first, each once', () => {
  const ids = Array.from({ length: 7 }, (_, index) => {
    now += index % 3 === 0 ? 1 : 0
    return request(`prompt ${index}`)
  })
  const seen: GenerationRequestId[] = []
  for (let page = catalog.requests.list({ limit: 3 }); page.length > 0; ) {
    seen.push(...page.map(({ id }) => id))
    page = catalog.requests.list({ limit: 3, before: page.at(-1) })
  }
  expect([...seen].sort()).toEqual([...ids].sort())
  const times = seen.map((id) => Date.parse(get(id).created_at))
  expect(times).toEqual([...times].sort((a, b) => b - a))
  expect(catalog.requests.findByIdPrefix(ids[0]!.slice(0, 8), 10).map(({ id }) => id)).toContain(ids[0])
})

it('jobs are listed in pages, the one that changed last first, each once', () => {
  const ids = Array.from({ length: 7 }, (_, index) => catalog.jobs.ensure(`job ${index}`, now + (index >> 1)))
  const seen: GenerationJobId[] = []
  for (let page = catalog.jobs.list({ limit: 2 }); page.length > 0; ) {
    seen.push(...page.map(({ id }) => id))
    page = catalog.jobs.list({ limit: 2, before: page.at(-1)! })
  }
  expect(seen).toHaveLength(7)
  expect([...seen].sort()).toEqual([...ids].sort())
})

it('whatever is done to requests can be undone step by step, done again, and rebuilt', () => {
  const step = fc.record({
    kind: fc.constantFrom('create', 'edit', 'cancel', 'delete', 'restore', 'add', 'remove', 'arrange', 'jobs', 'give'),
    which: fc.nat(3),
    assets: fc.array(fc.nat(5), { maxLength: 4 }),
    flag: fc.boolean(),
  })
  const assets = Array.from({ length: 6 }, () => add())
  const jobs = ['one', 'two'].map((folder) => catalog.jobs.ensure(folder, now))
  const known = Array.from({ length: 4 }, (_, index) => request(`prompt ${index}`))
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      const states: unknown[] = []
      for (const { kind, which, assets: places, flag } of steps) {
        const id = known[which]!
        const chosen = places.map((place) => assets[place]!)
        const entries = catalog.history.list(10_000).length
        const before = state(catalog)
        try {
          now++
          if (kind === 'create') createRequest(catalog, { prompt: 'new', references: chosen }, now)
          else if (kind === 'edit') editRequest(catalog, id, { prompt: `prompt ${places.length}` }, now)
          else if (kind === 'cancel') cancelRequest(catalog, id, flag, now)
          else if (kind === 'delete') deleteRequest(catalog, id, now)
          else if (kind === 'restore') restoreRequest(catalog, id, now)
          else if (kind === 'add') addReferences(catalog, id, chosen, now)
          else if (kind === 'remove') removeReferences(catalog, id, { ids: chosen }, now)
          else if (kind === 'arrange') arrangeReferences(catalog, id, chosen, flag ? (chosen[0] ?? null) : null, now)
          else if (kind === 'jobs') assignJobs(catalog, flag ? id : null, [jobs[which % 2]!], now)
          else assignOutputs(catalog, flag ? id : null, { ids: chosen }, now)
        } catch (error) {
          expect(error).toMatchObject({ code: 'not_found' })
        }
        if (catalog.history.list(10_000).length > entries) states.push(before)
      }
      const after = state(catalog)
      for (const before of [...states].reverse()) {
        catalog.history.undo(now)
        expect(state(catalog)).toEqual(before)
      }
      for (const _ of states) catalog.history.redo(now)
      expect(state(catalog)).toEqual(after)
    }),
    { numRuns: 30 },
  )
  rebuilt()
})
