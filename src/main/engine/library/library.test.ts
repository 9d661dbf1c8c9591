import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AssetId, Sha256 } from '../../../shared/domain/ids.ts'
import type { View } from '../../../shared/domain/query.ts'
import { parseSearch } from '../../../shared/domain/search/parseSearch.ts'
import type { ImportedFile } from '../catalog/assetRecords.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { editAssets } from './editAssets.ts'
import { addToCollection, createCollection, deleteCollection, renameCollection } from './editCollections.ts'
import { toEnd } from './inParts.ts'
import { keepAssets } from './keepAssets.ts'
import { createLibrary, openLibrary } from './openLibrary.ts'
import { discardAssets } from './trashAssets.ts'

const DAY = 86_400_000
let root: string
let now: number
let catalog: Catalog

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-library-'))
  now = Date.UTC(2026, 10, 21)
  createLibrary(root, 'Test', now)
  catalog = openLibrary(root, () => now).catalog
})
afterEach(() => {
  catalog.close()
  rmSync(root, { recursive: true, force: true })
})

const file = (name: string, overrides: Partial<ImportedFile> = {}): ImportedFile => {
  const sha256 = createHash('sha256').update(name).digest('hex') as Sha256
  return {
    id: randomUUID() as AssetId,
    space: 'workspace',
    fileName: name,
    extension: 'png',
    mimeType: 'image/png',
    assetType: 'image',
    fileSizeBytes: 100,
    sha256,
    storagePath: `originals/2026/11/${name}`,
    sourcePath: null,
    jobId: null,
    collectionId: null,
    createdAt: now,
    importedAt: now,
    expiresAt: now + 7 * DAY,
    another: false,
    importItem: null,
    ...overrides,
  }
}
const add = (name: string, overrides: Partial<ImportedFile> = {}): AssetId => {
  const [outcome] = catalog.assets.register([file(name, overrides)])
  if (outcome?.kind !== 'registered') throw new Error('expected a new asset')
  return outcome.id
}
const namesIn = (view: View, text = ''): string[] => {
  const { rowIds } = catalog.assets.query({ view, text, sort: { field: 'file_name', direction: 'asc' } }, now)
  return catalog.assets.cards([...rowIds]).map((card) => card.file_name)
}
describe('a catalogue', () => {
  it('registers a file once, whatever the number of times its bytes come', () => {
    const id = add('a.png')
    expect(catalog.assets.register([file('a.png'), file('a.png')])).toEqual([
      { kind: 'duplicate', of: id },
      { kind: 'duplicate', of: id },
    ])
    expect(namesIn({ kind: 'workspace' })).toEqual(['a.png'])
  })

  it('brings a discarded asset back when its file comes again', () => {
    const id = add('a.png')
    discardAssets(catalog, { ids: [id] }, now)
    expect(catalog.assets.register([file('a.png')])).toMatchObject([{ kind: 'registered', id }])
    expect(namesIn({ kind: 'workspace' })).toEqual(['a.png'])
  })

  it('has the permanent “Unsorted” from the start, holding what is kept in no other collection', () => {
    const id = add('a.png')
    expect(catalog.collections.list()).toMatchObject([{ name: 'Unsorted', is_permanent: true, asset_count: 0 }])
    keepAssets(catalog, { ids: [id] }, undefined, now)
    expect(namesIn({ kind: 'collection', collectionId: catalog.unsortedId })).toEqual(['a.png'])
    expect(catalog.assets.get(id)).toMatchObject({
      space: 'library',
      expires_at: null,
      collection_id: catalog.unsortedId,
    })
    for (const forbidden of [
      () => toEnd(deleteCollection(catalog, catalog.unsortedId, now)),
      () => renameCollection(catalog, catalog.unsortedId, 'Other', now),
    ]) {
      expect(forbidden).toThrow(expect.objectContaining({ code: 'collection_permanent' }))
    }
  })

  it('keeps the assets of a deleted collection', () => {
    const id = add('a.png')
    const { collection } = createCollection(catalog, 'Posters', undefined, now)
    addToCollection(catalog, collection.id, { ids: [id] }, now)
    expect(namesIn({ kind: 'collection', collectionId: collection.id })).toEqual(['a.png'])
    toEnd(deleteCollection(catalog, collection.id, now))
    expect(namesIn({ kind: 'collection', collectionId: catalog.unsortedId })).toEqual(['a.png'])
    catalog.history.undo(now)
    expect(namesIn({ kind: 'collection', collectionId: collection.id })).toEqual(['a.png'])
    expect(namesIn({ kind: 'collection', collectionId: catalog.unsortedId })).toEqual([])
  })

  it('refuses two collections of one name side by side', () => {
    createCollection(catalog, 'Posters', undefined, now)
    expect(() => createCollection(catalog, 'posters', undefined, now)).toThrow(
      expect.objectContaining({ code: 'collection_name_taken' }),
    )
  })

  it('never discards what was kept', () => {
    const id = add('a.png')
    keepAssets(catalog, { ids: [id] }, undefined, now)
    expect(discardAssets(catalog, { ids: [id] }, now).count).toBe(0)
    expect(namesIn({ kind: 'library' })).toEqual(['a.png'])
  })

  it('finds by word, beginning, phrase, tag, rating and negation', () => {
    const harbour = add('night harbour.png')
    const dune = add('dune at dawn.png')
    editAssets(catalog, { ids: [harbour] }, { custom_title: 'Lamps', rating: 4, add_tags: ['Sea'] }, now)
    editAssets(catalog, { ids: [dune] }, { is_favorite: true }, now)
    const find = (text: string) => namesIn({ kind: 'everything' }, text)
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
    expect(namesIn({ kind: 'everything' }, text)).toEqual(['dune at dawn.png'])
    expect(namesIn({ kind: 'everything' }, 'type:spoon')).toEqual(['dune at dawn.png', 'night harbour.png'])
  })

  it('treats any typed text as a search, never as an error of the database', () => {
    add('a.png')
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        expect(namesIn({ kind: 'everything' }, text).length).toBeLessThanOrEqual(1)
      }),
      { numRuns: 500 },
    )
  })

  it('says that there is nothing to undo', () => {
    expect(() => catalog.history.undo(now)).toThrow(expect.objectContaining({ code: 'nothing_to_undo' }))
  })

  it('comes back after a restart, with its history', () => {
    const id = add('a.png')
    keepAssets(catalog, { ids: [id] }, undefined, now)
    catalog.close()
    const again = openLibrary(root, () => now)
    catalog = again.catalog
    expect(again.cleanBefore).toBe(true)
    expect(namesIn({ kind: 'library' })).toEqual(['a.png'])
    expect(catalog.history.ofAsset.entries(id, 10, null).map((entry) => entry.kind)).toEqual(['keep', 'import'])
    catalog.history.undo(now)
    expect(namesIn({ kind: 'workspace' })).toEqual(['a.png'])
    expect(catalog.assets.get(id)?.expires_at).toBe(new Date(now + 7 * DAY).toISOString())
  })
})
