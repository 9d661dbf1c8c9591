import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { DeviceId, LibraryId } from '../../../shared/domain/ids.ts'
import type { Db } from './database.ts'
import { generationJobsRepository } from './generationJobs.repository.ts'
import { generationRequestsRepository } from './generationRequests.repository.ts'
import { Mutations } from './mutations.ts'
import { addAssets, openSearched, plainAsset } from './query/fixtures/searchedLibrary.ts'
import { stacksRepository } from './stacks.repository.ts'

let db: Db
beforeEach(() => {
  db = openSearched([], [])
  const assets = Array.from({ length: 400 }, (_, index) => ({
    ...plainAsset,
    original_prompt: index % 2 === 0 ? `prompt ${index % 20}` : null,
    generation_seed: String(index),
    job: index % 4 === 0 ? `job ${index % 40}` : null,
    request_id: index % 50 === 0 ? `request ${index % 100}` : null,
    sha256: String(index).padStart(64, '0'),
  }))
  addAssets(db, assets)
  db.exec('ANALYZE')
})
afterEach(() => db.close())

/** Every step of the plan of every statement that a repository prepares. */
function stepsOf(open: (db: Db) => unknown): string[] {
  const steps: string[] = []
  const watched = new Proxy(db, {
    get(target, name) {
      if (name !== 'prepare') return Reflect.get(target, name, target)
      return (sql: string) => {
        const named = Object.fromEntries([...sql.matchAll(/:(\w+)/g)].map(([, parameter]) => [parameter, '1']))
        const places = [...sql.matchAll(/\?/g)].map(() => '[1]')
        const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`)
        const bound = places.length > 0 ? plan.all(...places) : plan.all(named)
        steps.push(...(bound as { detail: string }[]).map(({ detail }) => `${detail} of ${sql.slice(0, 60)}`))
        return target.prepare(sql)
      }
    },
  })
  open(watched)
  return steps
}

const ids = { library: randomUUID() as LibraryId, device: randomUUID() as DeviceId }
const jobs = (target: Db) => generationJobsRepository(target, new Mutations(db, ids.device), ids.library)

it.each([
  ['stacks', stacksRepository],
  ['jobs', jobs],
  ['requests', (target: Db) => generationRequestsRepository(target, jobs(db))],
])('no statement of %s reads all assets, jobs or files of imports', (_, open) => {
  const steps = stepsOf(open)
  expect(steps.length).toBeGreaterThan(5)
  expect(
    steps.filter((step) =>
      /^SCAN (a|i|j|assets|import_items|generation_jobs|activity\w*)\b(?! USING INDEX generation_jobs_running| VIRTUAL)/.test(
        step,
      ),
    ),
  ).toEqual([])
})

it('variations and files of jobs are counted without reading an asset', () => {
  const counting = [...stepsOf(stacksRepository), ...stepsOf(jobs)].filter(
    (step) =>
      /^SEARCH (a|assets)\b/.test(step) && !/SELECT message|row_id, prompt_key|row_id, a\.prompt_key/.test(step),
  )
  expect(counting.length).toBeGreaterThan(5)
  for (const step of counting) expect(step).toContain('COVERING INDEX')
})
