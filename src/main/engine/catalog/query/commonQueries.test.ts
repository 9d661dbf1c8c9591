import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CollectionId } from '../../../../shared/domain/ids.ts'
import type { Sort } from '../../../../shared/domain/query.ts'
import { parseSearch } from '../../../../shared/domain/search/parseSearch.ts'
import type { Db } from '../database.ts'
import { compileQuery } from './compileQuery.ts'
import { addAssets, openSearched, plainAsset, type SearchedAsset } from './fixtures/searchedLibrary.ts'

const now = Date.UTC(2025, 7, 30, 12)
const DAY = 86_400_000
const collection = '018f0c5e-0000-7000-8000-000000000001'

/** Rows 1 to 6, the oldest first. */
const assets: readonly Partial<SearchedAsset>[] = [
  {
    created_at: now - 9 * DAY,
    updated_at: 5,
    collections: [collection],
    tags: ['t1', 't2'],
    original_prompt: 'A beautiful sunset over mountains',
    model_used: 'sdxl',
    generation_seed: '12345',
    file_size_bytes: 2_048_576,
    width: 1024,
    height: 1024,
    content_category: 'landscape',
  },
  {
    created_at: now - 8 * DAY,
    updated_at: 9,
    is_favorite: 1,
    asset_type: 'video',
    duration_seconds: 12,
    visibility: 'public',
  },
  {
    created_at: now - 7 * DAY,
    updated_at: 7,
    is_favorite: 1,
    tags: ['t3'],
    request_id: 'request',
    status: 'quarantined',
  },
  {
    created_at: now - 3 * DAY,
    updated_at: 1,
    space: 'workspace',
    job: 'job-17',
    expires_at: now + DAY / 2,
    file_name: 'IMG_123.jpg',
    description: 'red shirt',
  },
  {
    created_at: now - 2 * DAY,
    updated_at: 2,
    space: 'workspace',
    job: 'job-18',
    expires_at: now + 5 * DAY,
    sync_state: 'error',
  },
  { created_at: now - DAY, updated_at: 3, deleted_at: now - 1, collections: [collection] },
]

let db: Db
beforeAll(() => {
  db = openSearched(
    [
      { id: 't1', parent: 't3', name: 'landscape' },
      { id: 't2', parent: null, name: 'sunset' },
      { id: 't3', parent: null, name: 'nature' },
    ],
    [{ id: collection, parent: null, name: 'Mountain trips' }],
  )
  addAssets(
    db,
    assets.map((asset) => ({ ...plainAsset, imported_at: asset.created_at ?? 0, ...asset })),
  )
})
afterAll(() => db.close())

const byCreated: Sort = { field: 'created_at', direction: 'desc' }
function ask(text: string, sort: Sort = byCreated): number[] {
  expect(parseSearch(text).problems).toEqual([])
  const query = { view: { kind: 'everything' }, text, sort } as const
  const { sql, parameters } = compileQuery(query, 'unsorted' as CollectionId, now, 'UTC')
  return (db.prepare(sql).all(...parameters) as { row_id: number }[]).map(({ row_id }) => row_id)
}

it.each([
  ['all of a person’s assets', '', [5, 4, 3, 2, 1]],
  ['assets by type', 'type:video', [2]],
  ['assets in a collection', `collection:${collection}`, [1]],
  ['assets in a collection, by its name', 'collection:"mountain trips"', [1]],
  ['assets by tag', 'tag:landscape', [1]],
  ['assets by a tag or one below it', 'tag:nature', [3, 1]],
  ['assets by any of two tags', 'tag:sunset or tag:nature', [3, 1]],
  ['assets by model and seed', 'model:sdxl seed:12345', [1]],
  ['assets by a word of the prompt', 'prompt:mountains', [1]],
  ['assets by category', 'category:landscape', [1]],
  ['assets that everybody may see', 'visibility:public', [2]],
  ['films up to 15 seconds', 'type:video duration<=15', [2]],
  ['square pictures of at least a megapixel', 'width>=1024 height>=1024 aspect:1:1', [1]],
  ['files over a size', 'size>2mb', [1]],
  ['what is kept and in no collection', 'is:unsorted', [3, 2]],
  ['what the Workspace has, by job', 'is:workspace job:job-17', [4]],
  ['what leaves the Workspace within a day', 'expires:1d', [4]],
  ['outputs of a request', 'request:request', [3]],
  ['what was quarantined', 'status:quarantined', [3]],
  ['what could not be uploaded', 'sync:error', [5]],
  ['a picture whose name says nothing', 'red shirt', [4]],
  ['what came in the last week', 'imported:7d', [5, 4, 3]],
])('%s: %s', (_, text, expected) => {
  expect(ask(text)).toEqual(expected)
})

it('favourites, those first that were changed last: is:favorite', () => {
  expect(ask('is:favorite', { field: 'updated_at', direction: 'desc' })).toEqual([2, 3])
})
