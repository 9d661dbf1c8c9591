import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AssetId } from '../../../shared/domain/ids.ts'
import { parseSearch } from '../../../shared/domain/search/parseSearch.ts'
import type { ImportedFile } from '../catalog/assetRecords.ts'
import { toEnd } from '../catalog/stepDone.ts'
import { editAssets } from './editAssets.ts'
import { addToCollection, createCollection, deleteCollection, renameCollection } from './editCollections.ts'
import { importedFile, libraryForEachTest, START } from './fixtures/testLibrary.ts'
import { keepAssets } from './keepAssets.ts'
import { discardAssets } from './trashAssets.ts'

const DAY = 86_400_000
const library = libraryForEachTest()
const inWorkspace: Partial<ImportedFile> = { space: 'workspace', expiresAt: START + 7 * DAY }
const file = (name: string): ImportedFile => importedFile(name, START, inWorkspace)
const add = (name: string, overrides: Partial<ImportedFile> = {}): AssetId =>
  library.add(name, { ...inWorkspace, ...overrides })

describe('a catalogue', () => {
  it('registers a file once, whatever the number of times its bytes come', () => {
    const id = add('a.png')
    expect(library.catalog.assets.register([file('a.png'), file('a.png')])).toEqual([
      { kind: 'duplicate', of: id },
      { kind: 'duplicate', of: id },
    ])
    expect(library.names({ kind: 'workspace' })).toEqual(['a.png'])
  })

  it('brings a discarded asset back when its file comes again', () => {
    const id = add('a.png')
    discardAssets(library.catalog, { ids: [id] }, START)
    expect(library.catalog.assets.register([file('a.png')])).toMatchObject([{ kind: 'registered', id }])
    expect(library.names({ kind: 'workspace' })).toEqual(['a.png'])
  })

  it('has the permanent “Unsorted” from the start, holding what is kept in no other collection', () => {
    const id = add('a.png')
    expect(library.catalog.collections.list()).toMatchObject([{ name: 'Unsorted', is_permanent: true, asset_count: 0 }])
    keepAssets(library.catalog, { ids: [id] }, undefined, START)
    expect(library.names({ kind: 'collection', collectionId: library.catalog.unsortedId })).toEqual(['a.png'])
    expect(library.catalog.assets.get(id)).toMatchObject({
      space: 'library',
      expires_at: null,
      collection_id: library.catalog.unsortedId,
    })
    for (const forbidden of [
      () => toEnd(deleteCollection(library.catalog, library.catalog.unsortedId, START)),
      () => renameCollection(library.catalog, library.catalog.unsortedId, 'Other', START),
    ]) {
      expect(forbidden).toThrow(expect.objectContaining({ code: 'collection_permanent' }))
    }
  })

  it('keeps the assets of a deleted collection', () => {
    const id = add('a.png')
    const { collection } = createCollection(library.catalog, 'Posters', undefined, START)
    addToCollection(library.catalog, collection.id, { ids: [id] }, START)
    expect(library.names({ kind: 'collection', collectionId: collection.id })).toEqual(['a.png'])
    toEnd(deleteCollection(library.catalog, collection.id, START))
    expect(library.names({ kind: 'collection', collectionId: library.catalog.unsortedId })).toEqual(['a.png'])
    library.catalog.history.undo(START)
    expect(library.names({ kind: 'collection', collectionId: collection.id })).toEqual(['a.png'])
    expect(library.names({ kind: 'collection', collectionId: library.catalog.unsortedId })).toEqual([])
  })

  it('refuses two collections of one name side by side', () => {
    createCollection(library.catalog, 'Posters', undefined, START)
    expect(() => createCollection(library.catalog, 'posters', undefined, START)).toThrow(
      expect.objectContaining({ code: 'collection_name_taken' }),
    )
  })

  it('never discards what was kept', () => {
    const id = add('a.png')
    keepAssets(library.catalog, { ids: [id] }, undefined, START)
    expect(discardAssets(library.catalog, { ids: [id] }, START).count).toBe(0)
    expect(library.names({ kind: 'library' })).toEqual(['a.png'])
  })

  it('finds by word, beginning, phrase, tag, rating and negation', () => {
    const harbour = add('night harbour.png')
    const dune = add('dune at dawn.png')
    editAssets(library.catalog, { ids: [harbour] }, { custom_title: 'Lamps', rating: 4, add_tags: ['Sea'] }, START)
    editAssets(library.catalog, { ids: [dune] }, { is_favorite: true }, START)
    const find = (text: string) => library.names({ kind: 'everything' }, text)
    expect(find('harb')).toEqual(['night harbour.png'])
    expect(find('lamps')).toEqual(['night harbour.png'])
    expect(find('"dune at"')).toEqual(['dune at dawn.png'])
    expect(find('tag:sea')).toEqual(['night harbour.png'])
    expect(find('sea')).toEqual(['night harbour.png'])
    expect(find('rating>=4')).toEqual(['night harbour.png'])
    expect(find('-tag:sea')).toEqual(['dune at dawn.png'])
    expect(find('is:favorite or tag:sea')).toEqual(['dune at dawn.png', 'night harbour.png'])
    expect(find('(night or dune) -harbour')).toEqual(['dune at dawn.png'])
    expect(find("'; DROP TABLE assets; --")).toEqual([])
  })

  it('points at what can’t be understood in a search, and looks for the rest', () => {
    add('night harbour.png')
    add('dune at dawn.png')
    const text = 'dune type:spoon'
    const [problem, ...others] = parseSearch(text).problems
    expect(others).toEqual([])
    expect(problem?.message).toContain('spoon')
    expect(text.slice(problem?.from, problem?.to)).toContain('spoon')
    expect(library.names({ kind: 'everything' }, text)).toEqual(['dune at dawn.png'])
    expect(library.names({ kind: 'everything' }, 'type:spoon')).toEqual(['dune at dawn.png', 'night harbour.png'])
  })

  it('treats any typed text as a search, never as an error of the database', () => {
    add('a.png')
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        expect(library.names({ kind: 'everything' }, text).length).toBeLessThanOrEqual(1)
      }),
      { numRuns: 500 },
    )
  })

  it('says that there is nothing to undo', () => {
    expect(() => library.catalog.history.undo(START)).toThrow(expect.objectContaining({ code: 'nothing_to_undo' }))
  })

  it('comes back after a restart, with its history', () => {
    const id = add('a.png')
    keepAssets(library.catalog, { ids: [id] }, undefined, START)
    expect(library.reopen().cleanBefore).toBe(true)
    expect(library.names({ kind: 'library' })).toEqual(['a.png'])
    expect(library.catalog.history.ofAsset.entries(id, 10, null).map((entry) => entry.kind)).toEqual(['keep', 'import'])
    library.catalog.history.undo(START)
    expect(library.names({ kind: 'workspace' })).toEqual(['a.png'])
    expect(library.catalog.assets.get(id)?.expires_at).toBe(new Date(START + 7 * DAY).toISOString())
  })
})
