import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CollectionId } from '../../../../shared/domain/ids.ts'
import type { SortField, View } from '../../../../shared/domain/query.ts'
import type { Db } from '../database.ts'
import { compileQuery, textCondition } from './compileQuery.ts'
import { addAssets, idOfRow, openSearched, plainAsset, type SearchedAsset } from './fixtures/searchedLibrary.ts'

const unsorted = 'unsorted' as CollectionId
const now = Date.UTC(2026, 10, 21)
const DAY = 86_400_000

/** A library with the shape of a real one: most is kept, some is tagged, few assets are alike in anything. */
function makeAssets(count: number): SearchedAsset[] {
  return Array.from({ length: count }, (_, index) => {
    const made = index % 3 === 0
    return {
      ...plainAsset,
      space: index % 10 === 0 ? 'workspace' : 'library',
      status: index % 500 === 0 ? 'missing' : 'available',
      asset_type: index % 20 === 0 ? 'video' : 'image',
      extension: index % 20 === 0 ? 'mp4' : index % 2 === 0 ? 'png' : 'jpg',
      file_name: `IMG_${index}.png`,
      file_size_bytes: (index * 7919) % 20_000_000,
      sha256: String(index).padStart(64, '0'),
      width: 1000 + (index % 50) * 20,
      height: 1000,
      duration_seconds: index % 20 === 0 ? index % 300 : null,
      colors: [`#${((index * 2_654_435) % 0xffffff).toString(16).padStart(6, '0')}`],
      phash: made ? ((BigInt(index) * 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn).toString(16).padStart(16, '0') : null,
      rating: index % 15 === 0 ? (index % 5) + 1 : 0,
      is_favorite: index % 40 === 0 ? 1 : 0,
      color_label: index % 60 === 0 ? 'red' : null,
      original_prompt: made ? `a harbour at ${index % 7 === 0 ? 'dusk' : 'noon'}, number ${index}` : null,
      model_used: made ? `model ${index % 30}` : null,
      generator: made ? 'ComfyUI' : null,
      generation_seed: made ? String(index * 31) : null,
      captured_at: index % 2 === 0 ? now - index * DAY : null,
      created_at: now - index * DAY,
      imported_at: now - index * (DAY / 8),
      updated_at: now - index * 1000,
      job: index % 25 === 0 ? `run ${index % 100}` : null,
      request_id: index % 50 === 0 ? `request ${index % 200}` : null,
      sync_state: index % 30 === 0 ? 'error' : 'synced',
      version_number: index % 100 === 0 ? 2 : 1,
      tags: index % 25 === 0 ? ['t'] : [],
      collections: index % 20 === 0 ? ['c'] : [],
    }
  })
}

let db: Db
const planOf = (sql: string, parameters: readonly (string | number)[]): string[] =>
  (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters) as { detail: string }[]).map(({ detail }) => detail)
/** Steps that read all assets, be it in an index. */
const readsAll = (plan: readonly string[]) => plan.filter((step) => /^SCAN assets\b/.test(step))
/** Steps that read all of all assets: their rows, prompts and metadata too. */
const readsRows = (plan: readonly string[]) => plan.filter((step) => /^SCAN assets$/.test(step))

beforeAll(() => {
  db = openSearched([{ id: 't', parent: null, name: 'landscape' }], [{ id: 'c', parent: null, name: 'Trips' }])
  addAssets(db, makeAssets(3000))
})
afterAll(() => db.close())

describe.each(['without statistics', 'with statistics'])('the plan %s', (statistics) => {
  beforeAll(() => {
    if (statistics === 'with statistics') db.exec('ANALYZE')
  })

  it.each([
    'tag:landscape',
    'collection:trips',
    'model:"model 3"',
    'generator:comfy',
    'sampler:euler',
    'ext:mp4',
    'camera:nikon',
    'category:landscape',
    'seed:31',
    'dusk',
    'harbour dusk',
    '"at dusk"',
    'arbou',
    '*arbou*',
    'dusk or noon',
    'tag:landscape or model:"model 3"',
    'prompt:dusk',
    'name:IMG_12',
    'color:red',
    `similar:${idOfRow(4)}`,
    'job:"run 50"',
    'request:"request 50"',
    `stack:${idOfRow(4)}`,
    'rating:5',
    'is:missing',
    'is:error',
    'is:animated',
    'has:versions',
    'label:red',
    'status:missing',
    'visibility:public',
    'version>1',
    'imported:2026-11-20',
    'captured:2026-11-20',
    'created:2026-11-20',
    'expires:1d',
    'size:19mb..20mb',
    'duration:1:00',
    'dusk tag:landscape',
    'model:"model 3" rating:5',
  ])('of %s reads what fits and no more', (text) => {
    const parameters: (string | number)[] = []
    const where = textCondition(text, unsorted, parameters, now, 'UTC')
    const plan = planOf(`SELECT row_id FROM assets WHERE ${where}`, parameters)
    expect(readsAll(plan), plan.join('\n')).toEqual([])
  })

  it.each([
    'is:favorite',
    'is:untagged',
    'is:unsorted',
    'is:kept',
    'rating>=3',
    'rating:0',
    'type:video',
    '-tag:landscape',
    'width>1500',
    'aspect:16:9',
    'size>10mb',
    'captured<2020',
    'updated:7d',
    'is:duplicate',
  ])('of %s reads nothing larger than an index', (text) => {
    const parameters: (string | number)[] = []
    const where = textCondition(text, unsorted, parameters, now, 'UTC')
    const plan = planOf(`SELECT row_id FROM assets WHERE ${where}`, parameters)
    expect(readsRows(plan), plan.join('\n')).toEqual([])
  })

  const views: readonly View[] = [
    { kind: 'workspace' },
    { kind: 'library' },
    { kind: 'favorites' },
    { kind: 'recent' },
    { kind: 'untagged' },
    { kind: 'collection', collectionId: unsorted },
    { kind: 'collection', collectionId: 'c' as CollectionId },
    { kind: 'trash' },
    { kind: 'everything' },
  ]
  const sorts: readonly SortField[] = ['imported_at', 'captured_at', 'file_name', 'file_size_bytes', 'rating']
  it.each(views)('of the view $kind in its orders reads no rows that are not in it', (view) => {
    for (const field of sorts) {
      for (const direction of ['asc', 'desc'] as const) {
        const { sql, parameters } = compileQuery({ view, text: '', sort: { field, direction } }, unsorted, now, 'UTC')
        const plan = planOf(sql, parameters)
        expect(readsRows(plan), `${field} ${direction}\n${plan.join('\n')}`).toEqual([])
        // The usual order comes from an index, so that the first window need not wait for the last asset.
        const sorted = plan.some((step) => step.includes('TEMP B-TREE'))
        const ownOrder = field === 'imported_at' && !('collectionId' in view && view.collectionId !== unsorted)
        expect(ownOrder && sorted, `${field} ${direction}\n${plan.join('\n')}`).toBe(false)
      }
    }
  })
})
