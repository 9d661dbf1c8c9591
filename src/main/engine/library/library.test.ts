import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AssetId, CollectionId, Sha256 } from '../../../shared/domain/ids.ts'
import type { View } from '../../../shared/domain/query.ts'
import { parseSearch } from '../../../shared/domain/search/parseSearch.ts'
import type { ImportedFile } from '../catalog/assetRecords.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { editAssets } from './editAssets.ts'
import {
  addToCollection,
  createCollection,
  deleteCollection,
  removeFromCollection,
  renameCollection,
} from './editCollections.ts'
import { toEnd } from './inParts.ts'
import { keepAssets } from './keepAssets.ts'
import { createLibrary, openLibrary } from './openLibrary.ts'
import { discardAssets, restoreAssets, trashAssets } from './trashAssets.ts'

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
/** Everything a person can see, in a form that can be compared. `updated_at` and the order of joining are not undone. */
const visible = (target: Catalog) => {
  const { rowIds } = target.assets.query(
    { view: { kind: 'everything' }, text: '', sort: { field: 'file_name', direction: 'asc' } },
    now,
  )
  const trash = target.assets.query(
    { view: { kind: 'trash' }, text: '', sort: { field: 'file_name', direction: 'asc' } },
    now,
  )
  const assets = [...rowIds, ...trash.rowIds].map((rowId) => {
    const id = target.assets.findByRow(rowId)?.id
    const { row_id, updated_at, ...asset } = (id === undefined ? undefined : target.assets.get(id)) ?? ({} as never)
    return { ...(asset as object), tags: [...(asset as { tags: string[] }).tags].sort() }
  })
  const { revision, ...counts } = target.counts(now)
  const collections = target.collections.list().map(({ updated_at, ...collection }) => collection)
  const tags = target.tags.list()
  return JSON.parse(JSON.stringify({ assets, counts, collections, tags })) as unknown
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

type Step =
  | { readonly kind: 'keep' | 'discard' | 'trash' | 'restore'; readonly which: number[] }
  | { readonly kind: 'edit'; readonly which: number[]; readonly rating: number; readonly tag: string }
  | { readonly kind: 'create'; readonly name: string }
  | { readonly kind: 'delete' | 'rename' | 'add' | 'remove'; readonly collection: number; readonly which: number[] }

const which = fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 5 })
const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('keep' as const, 'discard' as const, 'trash' as const, 'restore' as const),
    which,
  }),
  fc.record({
    kind: fc.constant('edit' as const),
    which,
    rating: fc.nat({ max: 5 }),
    tag: fc.constantFrom('Red', 'red', 'blue', 'wide'),
  }),
  fc.record({ kind: fc.constant('create' as const), name: fc.constantFrom('A', 'b', 'C') }),
  fc.record({
    kind: fc.constantFrom('delete' as const, 'rename' as const, 'add' as const, 'remove' as const),
    collection: fc.nat({ max: 3 }),
    which,
  }),
)

function perform(target: Catalog, ids: readonly AssetId[], step: Step, at: number): void {
  const selection = { ids: 'which' in step ? step.which.flatMap((index) => ids[index] ?? []) : [] }
  const collections = target.collections.list().filter((collection) => !collection.is_permanent)
  const collection = 'collection' in step ? collections[step.collection]?.id : undefined
  const withCollection = (work: (id: CollectionId) => unknown) => collection !== undefined && work(collection)
  switch (step.kind) {
    case 'keep':
      keepAssets(target, selection, undefined, at)
      break
    case 'discard':
      discardAssets(target, selection, at)
      break
    case 'trash':
      trashAssets(target, selection, at)
      break
    case 'restore':
      restoreAssets(target, selection, 7 * DAY, at)
      break
    case 'edit':
      editAssets(target, selection, { rating: step.rating, add_tags: [step.tag], custom_title: step.tag }, at)
      break
    case 'create':
      if (collections.every(({ name }) => name !== step.name)) createCollection(target, step.name, undefined, at)
      break
    case 'delete':
      withCollection((id) => toEnd(deleteCollection(target, id, at)))
      break
    case 'rename':
      withCollection((id) => renameCollection(target, id, `renamed ${at}`, at))
      break
    case 'add':
      withCollection((id) => addToCollection(target, id, selection, at))
      break
    case 'remove':
      withCollection((id) => removeFromCollection(target, id, selection, at))
      break
  }
}

describe('any sequence of edits', () => {
  const inFreshLibrary = (work: (target: Catalog, ids: AssetId[], folder: string) => void): void => {
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-sequence-'))
    createLibrary(folder, 'Sequence', now)
    const opened = openLibrary(folder, () => now)
    try {
      const ids = [0, 1, 2, 3, 4].map((index) => {
        const [outcome] = opened.catalog.assets.register([file(`${index}.png`)])
        if (outcome?.kind !== 'registered') throw new Error('expected a new asset')
        return outcome.id
      })
      work(opened.catalog, ids, folder)
    } finally {
      opened.catalog.close()
      rmSync(folder, { recursive: true, force: true })
    }
  }

  it('is undone step by step to exactly what was there before, and redone to what was there after', () => {
    fc.assert(
      fc.property(fc.array(stepArbitrary, { minLength: 1, maxLength: 8 }), (steps) => {
        inFreshLibrary((target, ids) => {
          const before: unknown[] = []
          for (const [index, step] of steps.entries()) {
            const state = visible(target)
            const entries = target.history.list(1000).filter((entry) => entry.kind !== 'undo').length
            perform(target, ids, step, now + index + 1)
            if (target.history.list(1000).length > entries) before.push(state)
          }
          const after = visible(target)
          for (const state of before.toReversed()) {
            target.history.undo(now + 1000)
            expect(visible(target)).toEqual(state)
          }
          for (const _ of before) target.history.redo(now + 2000)
          expect(visible(target)).toEqual(after)
        })
      }),
      { numRuns: 40 },
    )
  })

  it('is in the journal: a rebuild from it gives the same library', () => {
    fc.assert(
      fc.property(fc.array(stepArbitrary, { maxLength: 10 }), (steps) => {
        inFreshLibrary((target, ids, folder) => {
          for (const [index, step] of steps.entries()) perform(target, ids, step, now + index + 1)
          const before = visible(target)
          target.close()
          for (const suffix of ['', '-wal', '-shm']) rmSync(join(folder, `catalog.sqlite${suffix}`), { force: true })
          const rebuilt = openLibrary(folder, () => now)
          try {
            expect(visible(rebuilt.catalog)).toEqual(before)
          } finally {
            rebuilt.catalog.close()
          }
        })
      }),
      { numRuns: 25 },
    )
  })
})
