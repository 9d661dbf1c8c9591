import { hostname } from 'node:os'
import { expect, it } from 'vitest'
import type { AssetActivity } from '../../../../shared/contract/requests/requestMap.ts'
import type { AssetId } from '../../../../shared/domain/ids.ts'
import { editAssets } from '../editAssets.ts'
import { addToCollection, createCollection, removeFromCollection } from '../editCollections.ts'
import { libraryForEachTest } from '../fixtures/testLibrary.ts'
import { keepAssets } from '../keepAssets.ts'
import { purgeAssets } from '../purgeAssets.ts'
import { createRequest } from '../requests/editRequests.ts'
import { trashAssets } from '../trashAssets.ts'
import { assetActivity, undoEntry } from './assetActivity.ts'

const library = libraryForEachTest()
const add = (name: string): AssetId => library.add(name, { space: 'workspace', expiresAt: library.now + 1000 })
const activity = (id: AssetId, limit = 100, before: number | null = null): AssetActivity[] =>
  assetActivity(library.catalog, library.folder, id, limit, before)
const told = (id: AssetId): string[][] => activity(id).map(({ changes }) => changes.map(({ text }) => text))
const edit = (ids: AssetId[], patch: Parameters<typeof editAssets>[2]) =>
  editAssets(library.catalog, { ids }, patch, ++library.now)

it('tells all that happened to an asset, and nothing of others', () => {
  const [a, b] = [add('a.png'), add('b.png')]
  const { collection } = createCollection(library.catalog, 'Harbours', undefined, library.now)
  keepAssets(library.catalog, { ids: [a, b] }, undefined, library.now)
  edit([a], { rating: 2 })
  edit([a, b], { rating: 4, add_tags: ['sea'] })
  edit([b], { custom_title: 'Not of a' })
  addToCollection(library.catalog, collection.id, { ids: [a] }, library.now)
  removeFromCollection(library.catalog, collection.id, { ids: [a] }, library.now)
  edit([a], { remove_tags: ['sea'] })
  createRequest(library.catalog, { prompt: 'a harbour', references: [a] }, library.now)
  trashAssets(library.catalog, { ids: [a] }, library.now)
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
  const { collection } = createCollection(library.catalog, 'Harbours', undefined, library.now)
  const link = `${collection.id}/${a}`
  for (const value of [{ at: library.now, position: 1 }, null])
    library.catalog.mutate({ kind: 'test', label: () => 'Test', undoable: true, now: library.now }, (writer) => {
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
    at: new Date(library.now).toISOString(),
    device: { id: library.catalog.deviceId, name: hostname(), is_this: true },
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
  await expect(undoEntry(library.catalog, a, earlier?.id ?? 0, library.now)).rejects.toMatchObject({
    code: 'nothing_to_undo',
  })

  const result = await undoEntry(library.catalog, a, latest?.id ?? 0, ++library.now)
  expect(result).toMatchObject({ count: 1, label: 'Undid: Rated 1 asset ★★★★★' })
  expect([library.catalog.assets.get(a)?.rating, library.catalog.assets.get(b)?.custom_title]).toEqual([3, 'Later'])
  expect(told(a)[0]).toEqual(['Rating ★★★★★ → ★★★'])

  // It is a change like any: undo takes it back, and then goes on with what came before it.
  library.catalog.history.undo(++library.now)
  expect(library.catalog.assets.get(a)?.rating).toBe(5)
  library.catalog.history.undo(++library.now)
  expect(library.catalog.assets.get(b)?.custom_title).toBeNull()
  library.catalog.history.redo(++library.now)
  library.catalog.history.redo(++library.now)
  expect([library.catalog.assets.get(a)?.rating, library.catalog.assets.get(b)?.custom_title]).toEqual([3, 'Later'])
})

it('what was the last thing of all is undone like any, and can be redone', async () => {
  const a = add('a.png')
  edit([a], { rating: 5 })
  await undoEntry(library.catalog, a, activity(a)[0]?.id ?? 0, ++library.now)
  expect(library.catalog.assets.get(a)?.rating).toBe(0)
  const undone = activity(a).find(({ kind }) => kind === 'edit')
  expect(undone).toMatchObject({ undone: true, why_not_undone: 'It has been undone already.' })
  library.catalog.history.redo(++library.now)
  expect(library.catalog.assets.get(a)?.rating).toBe(5)
})

it('says why something can’t be undone', async () => {
  const a = add('a.png')
  expect(activity(a)[0]?.why_not_undone).toBe('It is nothing that can be undone.')
  await expect(undoEntry(library.catalog, a, 999_999, library.now)).rejects.toMatchObject({ code: 'not_found' })
  trashAssets(library.catalog, { ids: [a] }, library.now)
  await purgeAssets(library.catalog, [library.catalog.assets.findById(a)?.rowId ?? 0], 1, library.now)
  expect(activity(a)[0]).toMatchObject({
    changes: [{ text: 'Removed for good' }],
    why_not_undone: 'What was removed for good can’t come back.',
  })
})
