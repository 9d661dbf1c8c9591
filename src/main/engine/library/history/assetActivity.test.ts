import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { AssetActivity } from '../../../../shared/contract/requests/requestMap.ts'
import type { AssetId, Sha256 } from '../../../../shared/domain/ids.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { editAssets } from '../editAssets.ts'
import { addToCollection, createCollection, removeFromCollection } from '../editCollections.ts'
import { keepAssets } from '../keepAssets.ts'
import type { LibraryFolder } from '../libraryFolder.ts'
import { createLibrary, openLibrary } from '../openLibrary.ts'
import { purgeAssets } from '../purgeAssets.ts'
import { createRequest } from '../requests/editRequests.ts'
import { trashAssets } from '../trashAssets.ts'
import { assetActivity, undoEntry } from './assetActivity.ts'

let root: string
let now: number
let catalog: Catalog
let folder: LibraryFolder

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-activity-'))
  now = Date.UTC(2026, 10, 21)
  createLibrary(root, 'Test', now)
  const opened = openLibrary(root, () => now)
  catalog = opened.catalog
  folder = opened.folder
})
afterEach(() => {
  catalog.close()
  rmSync(root, { recursive: true, force: true })
})

function add(name: string): AssetId {
  const id = randomUUID() as AssetId
  catalog.assets.register([
    {
      id,
      space: 'workspace',
      fileName: name,
      extension: 'png',
      mimeType: 'image/png',
      assetType: 'image',
      fileSizeBytes: 100,
      sha256: createHash('sha256').update(name).digest('hex') as Sha256,
      storagePath: `originals/2026/11/${name}`,
      sourcePath: null,
      jobId: null,
      collectionId: null,
      createdAt: now,
      importedAt: now,
      expiresAt: now + 1000,
      another: false,
      importItem: null,
    },
  ])
  return id
}
const activity = (id: AssetId, limit = 100, before: number | null = null): AssetActivity[] =>
  assetActivity(catalog, folder, id, limit, before)
const told = (id: AssetId): string[][] => activity(id).map(({ changes }) => changes.map(({ text }) => text))
const edit = (ids: AssetId[], patch: Parameters<typeof editAssets>[2]) => editAssets(catalog, { ids }, patch, ++now)

it('tells all that happened to an asset, and nothing of others', () => {
  const [a, b] = [add('a.png'), add('b.png')]
  const { collection } = createCollection(catalog, 'Harbours', undefined, now)
  keepAssets(catalog, { ids: [a, b] }, undefined, now)
  edit([a], { rating: 2 })
  edit([a, b], { rating: 4, add_tags: ['sea'] })
  edit([b], { custom_title: 'Not of a' })
  addToCollection(catalog, collection.id, { ids: [a] }, now)
  removeFromCollection(catalog, collection.id, { ids: [a] }, now)
  edit([a], { remove_tags: ['sea'] })
  createRequest(catalog, { prompt: 'a harbour', references: [a] }, now)
  trashAssets(catalog, { ids: [a] }, now)
  expect(told(a)).toEqual([
    ['Moved to Trash'],
    ['Became a reference of the request “a harbour”'],
    ['Removed the tag “sea”'],
    ['Removed from the collection “Harbours”'],
    ['Added to the collection “Harbours”'],
    ['Rating ★★ → ★★★★', 'Added the tag “sea”'],
    ['Rating none → ★★'],
    ['Kept'],
    ['Imported'],
  ])
})

it('tells of links that single cells made and that are gone by now', () => {
  const a = add('a.png')
  const { collection } = createCollection(catalog, 'Harbours', undefined, now)
  const link = `${collection.id}/${a}`
  for (const value of [{ at: now, position: 1 }, null])
    catalog.mutate({ kind: 'test', label: () => 'Test', undoable: true, now }, (writer) => {
      writer.set('membership', link, 'in', value)
    })
  expect(told(a).slice(0, 2)).toEqual([
    ['Removed from the collection “Harbours”'],
    ['Added to the collection “Harbours”'],
  ])
})

it('says who and when', () => {
  const a = add('a.png')
  edit([a], { rating: 1 })
  expect(activity(a)[0]).toMatchObject({
    at: new Date(now).toISOString(),
    device: { id: catalog.deviceId, name: hostname(), is_this: true },
    count: 1,
  })
})

it('comes in pages that together are the whole, each entry once', () => {
  const a = add('a.png')
  for (let step = 0; step < 12; step++)
    edit([a], step % 3 === 0 ? { add_tags: [`tag ${step}`] } : { rating: (step % 5) + 1 })
  const whole = activity(a).map(({ id }) => id)
  const paged: number[] = []
  for (let page = activity(a, 5); page.length > 0; page = activity(a, 5, page.at(-1)?.id)) {
    paged.push(...page.map(({ id }) => id))
  }
  expect(paged).toEqual(whole)
  expect(whole).toHaveLength(13)
})

it('the last thing that was done to an asset is undone from there, though other things came later', async () => {
  const [a, b] = [add('a.png'), add('b.png')]
  edit([a, b], { rating: 3 })
  edit([a], { rating: 5 })
  edit([b], { custom_title: 'Later' })
  const [latest, earlier] = activity(a)
  expect([latest?.why_not_undone, earlier?.why_not_undone]).toEqual([
    null,
    '“Rated 1 asset ★★★★★” came later. Undo that first.',
  ])
  await expect(undoEntry(catalog, a, earlier?.id ?? 0, now)).rejects.toMatchObject({ code: 'nothing_to_undo' })

  const result = await undoEntry(catalog, a, latest?.id ?? 0, ++now)
  expect(result).toMatchObject({ count: 1, label: 'Undid: Rated 1 asset ★★★★★' })
  expect([catalog.assets.get(a)?.rating, catalog.assets.get(b)?.custom_title]).toEqual([3, 'Later'])
  expect(told(a)[0]).toEqual(['Rating ★★★★★ → ★★★'])

  // It is a change like any: undo takes it back, and then goes on with what came before it.
  catalog.history.undo(++now)
  expect(catalog.assets.get(a)?.rating).toBe(5)
  catalog.history.undo(++now)
  expect(catalog.assets.get(b)?.custom_title).toBeNull()
  catalog.history.redo(++now)
  catalog.history.redo(++now)
  expect([catalog.assets.get(a)?.rating, catalog.assets.get(b)?.custom_title]).toEqual([3, 'Later'])
})

it('what was the last thing of all is undone like any, and can be redone', async () => {
  const a = add('a.png')
  edit([a], { rating: 5 })
  await undoEntry(catalog, a, activity(a)[0]?.id ?? 0, ++now)
  expect(catalog.assets.get(a)?.rating).toBe(0)
  const undone = activity(a).find(({ kind }) => kind === 'edit')
  expect(undone).toMatchObject({ undone: true, why_not_undone: 'It has been undone already.' })
  catalog.history.redo(++now)
  expect(catalog.assets.get(a)?.rating).toBe(5)
})

it('says why something can’t be undone', async () => {
  const a = add('a.png')
  expect(activity(a)[0]?.why_not_undone).toBe('It is nothing that can be undone.')
  await expect(undoEntry(catalog, a, 999_999, now)).rejects.toMatchObject({ code: 'not_found' })
  trashAssets(catalog, { ids: [a] }, now)
  await purgeAssets(catalog, [catalog.assets.findById(a)?.rowId ?? 0], 1, now)
  expect(activity(a)[0]).toMatchObject({
    changes: [{ text: 'Removed for good' }],
    why_not_undone: 'What was removed for good can’t come back.',
  })
})
