import { describe, expect, it } from 'vitest'
import type { AssetId } from '../../../shared/domain/ids.ts'
import { summariseInParts } from '../catalog/selectionSummary.ts'
import { editAssets } from './editAssets.ts'
import { addToCollection, createCollection } from './editCollections.ts'
import { addTagged, importedFile, libraryForEachTest, registerFiles } from './fixtures/testLibrary.ts'
import { summariseSelection } from './summariseSelection.ts'

const library = libraryForEachTest()
const reader = { summary: (rows: Int32Array) => summariseInParts(rows, library.catalog.summarise) }
const add = (name: string, ...tags: string[]): AssetId => addTagged(library, name, ...tags)

describe('a selection', () => {
  it('shows what all have in common, and how many have each tag', async () => {
    const [a, b] = [add('a.png', 'sea', 'sky'), add('b.png', 'sea')]
    const box = createCollection(library.catalog, 'Box', undefined, library.now).collection.id
    addToCollection(library.catalog, box, { ids: [b] }, library.now)
    editAssets(library.catalog, { ids: [a, b] }, { rating: 3, is_favorite: true, description: 'Both' }, library.now)
    editAssets(library.catalog, { ids: [a] }, { color_label: 'red', custom_title: 'One' }, library.now)
    const summary = await summariseSelection(library.catalog, reader, { ids: [a, b] })
    expect(summary).toMatchObject({ total: 2, bytes: 200, types: { image: 2 }, deleted: 0 })
    expect(summary.fields).toMatchObject({
      rating: { kind: 'same', value: 3 },
      is_favorite: { kind: 'same', value: true },
      description: { kind: 'same', value: 'Both' },
      color_label: { kind: 'mixed' },
      custom_title: { kind: 'mixed' },
      original_prompt: { kind: 'same', value: null },
    })
    expect(summary.tags.map(({ name, with: count }) => [name, count])).toEqual([
      ['sea', 2],
      ['sky', 1],
    ])
    expect(summary.collections).toMatchObject([{ id: box, name: 'Box', with: 1 }])
    expect(await summariseSelection(library.catalog, reader, { ids: [] })).toMatchObject({
      total: 0,
      fields: null,
      tags: [],
    })
  })

  it('is summed over all of its parts', async () => {
    const ids = registerFiles(
      library.catalog,
      Array.from({ length: 5003 }, (_, index) => importedFile(`${index}.png`, library.now)),
    )
    editAssets(library.catalog, { ids: ids.slice(0, 5002) }, { rating: 2, add_tags: ['most'] }, library.now)
    const summary = await summariseSelection(library.catalog, reader, { ids })
    expect(summary).toMatchObject({ total: 5003, bytes: 500_300, tags: [{ name: 'most', with: 5002 }] })
    expect(summary.fields?.rating).toEqual({ kind: 'mixed' })
    expect(summary.fields?.visibility).toEqual({ kind: 'same', value: 'private' })
  })
})
