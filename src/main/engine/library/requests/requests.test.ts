import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type GenerationRequest,
  type GenerationRequestId,
  MOST_REFERENCES,
} from '../../../../shared/domain/generationRequest.ts'
import type { AssetId, GenerationJobId, RowId } from '../../../../shared/domain/ids.ts'
import { toEnd } from '../../catalog/stepDone.ts'
import { createCollection, deleteCollection } from '../editCollections.ts'
import {
  expectRebuildable,
  expectUndoneAndRedone,
  expectUndoneStepByStep,
  libraryForEachTest,
  type StateOf,
} from '../fixtures/testLibrary.ts'
import { purgeAssets } from '../purgeAssets.ts'
import { trashAssets } from '../trashAssets.ts'
import { assignJobs, assignOutputs } from './assignOutputs.ts'
import { cancelRequest, createRequest, deleteRequest, editRequest, restoreRequest } from './editRequests.ts'
import { addReferences, arrangeReferences, removeReferences } from './references.ts'

const library = libraryForEachTest()
let made = 0
const add = (jobId: GenerationJobId | null = null): AssetId =>
  library.add(`${made++}.png`, { space: 'workspace', jobId, importedAt: library.now + made })
const rowOf = (id: AssetId): RowId => library.catalog.assets.findById(id)!.rowId
const request = (prompt = 'a harbour', references: AssetId[] = []): GenerationRequestId =>
  createRequest(library.catalog, { prompt, references }, library.now).request.id
const get = (id: GenerationRequestId): GenerationRequest => library.catalog.requests.get(id)!
const referencesOf = (id: GenerationRequestId): AssetId[] => get(id).references.map((reference) => reference.id)
const outputsOf = (id: GenerationRequestId): RowId[] => [...library.catalog.requests.outputs(id, 100, 0)]
/** All that is known of requests and jobs, without when they were changed. */
const stateOf: StateOf = (target) => ({
  requests: target.requests.list({ limit: 500 }).map(({ updated_at: _, ...rest }) => rest),
  jobs: target.jobs
    .list()
    .map(({ id, request_id }) => `${id} ${request_id}`)
    .sort(),
})
const undoneAndRedone = (change: () => unknown): void => expectUndoneAndRedone(library, stateOf, change)
const rebuilt = (): void => expectRebuildable(library, stateOf)

describe('a request', () => {
  it('is what a person asked for, with references in their order', () => {
    const [a, b] = [add(), add()]
    const { collection } = createCollection(library.catalog, 'Harbours', undefined, library.now)
    const input = { prompt: 'a harbour', metadata: { steps: 20 }, collectionId: collection.id, references: [b, a, b] }
    const { request: created, result } = createRequest(library.catalog, input, library.now)
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
    undoneAndRedone(() =>
      editRequest(library.catalog, id, { prompt: 'a lighthouse', metadata: { seed: '1' } }, library.now),
    )
    undoneAndRedone(() => cancelRequest(library.catalog, id, true, library.now))
    expect(get(id).status).toBe('cancelled')
    undoneAndRedone(() => cancelRequest(library.catalog, id, false, library.now))
    undoneAndRedone(() => deleteRequest(library.catalog, id, library.now))
    expect(library.catalog.requests.get(id)).toBeUndefined()
    undoneAndRedone(() => restoreRequest(library.catalog, id, library.now))
    expect(get(id).references).toHaveLength(1)
    undoneAndRedone(() => request('another'))
    rebuilt()
  })

  it('has no collection any more when that is deleted, and has it again when that comes back', () => {
    const { collection } = createCollection(library.catalog, 'Harbours', undefined, library.now)
    const { id } = createRequest(
      library.catalog,
      { prompt: 'a harbour', collectionId: collection.id },
      library.now,
    ).request
    toEnd(deleteCollection(library.catalog, collection.id, library.now))
    expect(get(id).collection_id).toBeNull()
    expect(library.catalog.requests.list({ limit: 10, collectionId: collection.id })).toEqual([])
    library.catalog.history.undo(library.now)
    expect(get(id).collection_id).toBe(collection.id)
  })

  it('is refused for what does not exist', () => {
    const nobody = randomUUID() as AssetId
    expect(() => request('a', [nobody])).toThrow(expect.objectContaining({ code: 'not_found' }))
    expect(() => addReferences(library.catalog, request(), [nobody], library.now)).toThrow(
      expect.objectContaining({ code: 'not_found' }),
    )
    const id = nobody as string as GenerationRequestId
    for (const attempt of [
      () => editRequest(library.catalog, id, { prompt: 'x' }, library.now),
      () => restoreRequest(library.catalog, id, library.now),
      () => assignJobs(library.catalog, id, [], library.now),
      () => assignJobs(library.catalog, null, [nobody as string as GenerationJobId], library.now),
    ])
      expect(attempt).toThrow(expect.objectContaining({ code: 'not_found' }))
  })
})

describe('references', () => {
  it('are added after the others, removed and put in order', () => {
    const [a, b, c, d] = [add(), add(), add(), add()]
    const id = request('a', [a, b])
    undoneAndRedone(() => addReferences(library.catalog, id, [d, a, c], library.now))
    expect(referencesOf(id)).toEqual([a, b, d, c])
    undoneAndRedone(() => arrangeReferences(library.catalog, id, [c, a], d, library.now))
    expect(referencesOf(id)).toEqual([b, c, a, d])
    undoneAndRedone(() => arrangeReferences(library.catalog, id, [a, c], c, library.now))
    expect(referencesOf(id)).toEqual([b, a, c, d])
    undoneAndRedone(() => arrangeReferences(library.catalog, id, [b], null, library.now))
    expect(referencesOf(id)).toEqual([a, c, d, b])
    undoneAndRedone(() => removeReferences(library.catalog, id, { ids: [a, b] }, library.now))
    expect(referencesOf(id)).toEqual([c, d])
    rebuilt()
  })

  it('say when they are in Trash, and go when their asset is gone for good', async () => {
    const [a, b] = [add(), add()]
    const id = request('a', [a, b])
    trashAssets(library.catalog, { ids: [a] }, library.now)
    expect(get(id).references).toMatchObject([{ id: a, in_trash: true }, { id: b }])
    await purgeAssets(library.catalog, [rowOf(a)], 1, library.now)
    expect(referencesOf(id)).toEqual([b])
  })

  it('are a hundred at most', () => {
    const many = Array.from({ length: MOST_REFERENCES }, () => add())
    const id = request('a', many)
    expect(() => addReferences(library.catalog, id, [add()], library.now)).toThrow(
      expect.objectContaining({ code: 'invalid_request' }),
    )
  })

  it('are found by their asset', () => {
    const [a, b] = [add(), add()]
    const id = request('a', [a])
    assignOutputs(library.catalog, id, { ids: [b] }, library.now)
    expect(library.catalog.requests.ofAsset(a, 10)).toEqual({ madeBy: null, usedBy: [id] })
    expect(library.catalog.requests.ofAsset(b, 10)).toEqual({ madeBy: id, usedBy: [] })
    deleteRequest(library.catalog, id, library.now)
    expect(library.catalog.requests.ofAsset(a, 10)).toEqual({ madeBy: null, usedBy: [] })
  })
})

describe('outputs', () => {
  it('are all that its jobs make, before and after they are assigned', () => {
    const id = request()
    const job = library.catalog.jobs.ensure('castles', library.now)
    const first = add(job)
    expect(outputsOf(id)).toEqual([])
    undoneAndRedone(() => assignJobs(library.catalog, id, [job], library.now))
    const second = add(job)
    expect(outputsOf(id)).toEqual([rowOf(second), rowOf(first)])
    expect(get(id)).toMatchObject({ status: 'running', job_count: 1, output_count: 2 })
    expect(library.catalog.requests.ofAsset(second, 1).madeBy).toBe(id)
    trashAssets(library.catalog, { ids: [first] }, library.now)
    expect(outputsOf(id)).toEqual([rowOf(second)])
    rebuilt()
  })

  it('end with their jobs: all that ran are over', () => {
    const id = request()
    const job = library.catalog.jobs.ensure('castles', library.now)
    assignJobs(library.catalog, id, [job], library.now)
    const asset = add(job)
    library.catalog.mutate({ kind: 'test', label: () => '', undoable: false, now: library.now }, (writer) => {
      writer.set('asset', asset, 'status', 'available')
    })
    expect(get(id)).toMatchObject({ status: 'running', progress: 1 })
    for (const running of library.catalog.jobs.running()) library.catalog.jobs.finish(running, library.now)
    expect(get(id)).toMatchObject({ status: 'completed', progress: 1, error: null })
  })

  it('may be given by hand, and then belong to that request rather than to that of their job', () => {
    const [id, other] = [request('a'), request('b')]
    const job = library.catalog.jobs.ensure('castles', library.now)
    assignJobs(library.catalog, id, [job], library.now)
    const [mine, loose] = [add(job), add()]
    undoneAndRedone(() => assignOutputs(library.catalog, other, { ids: [mine, loose] }, library.now))
    expect([outputsOf(id), outputsOf(other)]).toEqual([[], [rowOf(loose), rowOf(mine)]])
    expect(get(other)).toMatchObject({ status: 'completed', output_count: 2 })
    undoneAndRedone(() => assignOutputs(library.catalog, null, { ids: [mine] }, library.now))
    expect(outputsOf(id)).toEqual([rowOf(mine)])
    rebuilt()
  })

  it('come by themselves from a folder whose name ends in the id of the request', () => {
    const [id, deleted] = [request('a'), request('b')]
    deleteRequest(library.catalog, deleted, library.now)
    for (const folder of [id, `run 2 ${id.toUpperCase()}`, `3x${id}`, `4-${deleted}`, `${id}-5`])
      library.catalog.jobs.ensure(folder, library.now)
    const folders = library.catalog.requests.jobs(id).map(({ folder }) => folder)
    expect(folders.sort()).toEqual([id, `run 2 ${id.toUpperCase()}`].sort())
    rebuilt()
  })

  it('a job goes to another request, or to none, and says which', () => {
    const [id, other] = [request('a'), request('b')]
    const job = library.catalog.jobs.ensure('castles', library.now)
    assignJobs(library.catalog, id, [job], library.now)
    undoneAndRedone(() => assignJobs(library.catalog, other, [job], library.now))
    expect([get(id).job_count, get(other).job_count, library.catalog.jobs.get(job)?.request_id]).toEqual([0, 1, other])
    undoneAndRedone(() => assignJobs(library.catalog, null, [job], library.now))
    deleteRequest(library.catalog, other, library.now)
    expect(library.catalog.jobs.get(job)?.request_id).toBeNull()
  })
})

it('requests are listed in pages, the newest first, each once', () => {
  const ids = Array.from({ length: 7 }, (_, index) => {
    library.now += index % 3 === 0 ? 1 : 0
    return request(`prompt ${index}`)
  })
  const seen: GenerationRequestId[] = []
  for (let page = library.catalog.requests.list({ limit: 3 }); page.length > 0; ) {
    seen.push(...page.map(({ id }) => id))
    page = library.catalog.requests.list({ limit: 3, before: page.at(-1) })
  }
  expect([...seen].sort()).toEqual([...ids].sort())
  const times = seen.map((id) => Date.parse(get(id).created_at))
  expect(times).toEqual([...times].sort((a, b) => b - a))
  expect(library.catalog.requests.findByIdPrefix(ids[0]!.slice(0, 8), 10).map(({ id }) => id)).toContain(ids[0])
})

it('jobs are listed in pages, the one that changed last first, each once', () => {
  const ids = Array.from({ length: 7 }, (_, index) =>
    library.catalog.jobs.ensure(`job ${index}`, library.now + (index >> 1)),
  )
  const seen: GenerationJobId[] = []
  for (let page = library.catalog.jobs.list({ limit: 2 }); page.length > 0; ) {
    seen.push(...page.map(({ id }) => id))
    page = library.catalog.jobs.list({ limit: 2, before: page.at(-1)! })
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
  const jobs = ['one', 'two'].map((folder) => library.catalog.jobs.ensure(folder, library.now))
  const known = Array.from({ length: 4 }, (_, index) => request(`prompt ${index}`))
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      const states: unknown[] = []
      for (const { kind, which, assets: places, flag } of steps) {
        const id = known[which]!
        const chosen = places.map((place) => assets[place]!)
        const entries = library.catalog.history.list(10_000).length
        const before = stateOf(library.catalog)
        try {
          library.now++
          if (kind === 'create') createRequest(library.catalog, { prompt: 'new', references: chosen }, library.now)
          else if (kind === 'edit') editRequest(library.catalog, id, { prompt: `prompt ${places.length}` }, library.now)
          else if (kind === 'cancel') cancelRequest(library.catalog, id, flag, library.now)
          else if (kind === 'delete') deleteRequest(library.catalog, id, library.now)
          else if (kind === 'restore') restoreRequest(library.catalog, id, library.now)
          else if (kind === 'add') addReferences(library.catalog, id, chosen, library.now)
          else if (kind === 'remove') removeReferences(library.catalog, id, { ids: chosen }, library.now)
          else if (kind === 'arrange')
            arrangeReferences(library.catalog, id, chosen, flag ? (chosen[0] ?? null) : null, library.now)
          else if (kind === 'jobs') assignJobs(library.catalog, flag ? id : null, [jobs[which % 2]!], library.now)
          else assignOutputs(library.catalog, flag ? id : null, { ids: chosen }, library.now)
        } catch (error) {
          expect(error).toMatchObject({ code: 'not_found' })
        }
        if (library.catalog.history.list(10_000).length > entries) states.push(before)
      }
      expectUndoneStepByStep(library, stateOf, states)
    }),
    { numRuns: 30 },
  )
  rebuilt()
})
