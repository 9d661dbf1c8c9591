import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportedFile } from '../../../src/main/engine/catalog/assetRecords.ts'
import type { Catalog } from '../../../src/main/engine/catalog/catalog.ts'
import { FacetCounter } from '../../../src/main/engine/catalog/reader/facetCounter.ts'
import { BehindError, LibraryReader, type VectorPart } from '../../../src/main/engine/catalog/reader/libraryReader.ts'
import { type ReadLimits, readLimits } from '../../../src/main/engine/catalog/reader/readLimits.ts'
import { type addToCollection, createCollection } from '../../../src/main/engine/library/editCollections.ts'
import { createLibrary, openLibrary } from '../../../src/main/engine/library/openLibrary.ts'
import { type Arrange, type Arrangement, isTimeField } from '../../../src/shared/domain/arrangement.ts'
import type { AssetId, Sha256 } from '../../../src/shared/domain/ids.ts'
import { type LibraryQuery, type SortField, sortFieldSchema, type View } from '../../../src/shared/domain/query.ts'
import { patchNumbers } from '../../../src/shared/domain/vectorPatch.ts'
import { insertMany } from './insertMany.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 10, 21)
let root: string
let catalog: Catalog
let db: Database.Database
let reader: LibraryReader
let facets: FacetCounter
const goOn = () => {}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-reader-'))
  createLibrary(root, 'Test', NOW)
  catalog = openLibrary(root, () => NOW).catalog
  db = new Database(join(root, 'catalog.sqlite'), { readonly: true })
  reader = new LibraryReader(db, catalog.unsortedId)
  facets = new FacetCounter(db, reader, catalog.unsortedId)
  catalog.onChange(({ revision, rowIds }) => {
    reader.changed(revision, rowIds)
    facets.changed(rowIds)
  })
})
afterEach(() => {
  db.close()
  catalog.close()
  rmSync(root, { recursive: true, force: true })
})

let made = 0
const add = (overrides: Partial<ImportedFile> = {}): AssetId => {
  made++
  const [outcome] = catalog.assets.register([
    {
      id: randomUUID() as AssetId,
      space: 'workspace',
      fileName: `picture ${made}.png`,
      extension: 'png',
      mimeType: 'image/png',
      assetType: 'image',
      fileSizeBytes: 100,
      sha256: createHash('sha256').update(String(made)).digest('hex') as Sha256,
      storagePath: `originals/2026/11/${made}.png`,
      sourcePath: null,
      jobId: null,
      collectionId: null,
      createdAt: NOW,
      importedAt: NOW,
      expiresAt: overrides.space === 'library' ? null : NOW + 7 * DAY,
      another: true,
      importItem: null,
      ...overrides,
    },
  ])
  if (outcome?.kind !== 'registered') throw new Error('expected a new asset')
  return outcome.id
}
const set = (id: AssetId, cells: Readonly<Record<string, string | number | null>>) =>
  catalog.mutate({ kind: 'edit', label: String, undoable: true, now: NOW + made }, (writer) => {
    for (const [field, value] of Object.entries(cells)) writer.set('asset', id, field, value)
  })
const queryOf = (view: View, text = '', field: SortField = 'imported_at', direction: 'asc' | 'desc' = 'desc') => ({
  view,
  text,
  sort: { field, direction },
})
const ask = (query: LibraryQuery, since: number | null = null) => {
  const parts: VectorPart[] = []
  const answer = reader.vector({ query, now: NOW, since, arrange: arrangeOf(query) }, (part) => parts.push(part), goOn)
  const rowIds = parts.flatMap((part) => [...part.rowIds])
  const aspects = parts.flatMap((part) => [...part.aspects])
  return { ...answer, rowIds, aspects, parts }
}
const arrangeOf = ({ sort }: LibraryQuery): Arrange => ({
  groups: sort.direction === 'asc' ? 'session' : isTimeField(sort.field) ? 'day' : 'value',
  stacks: true,
})
/** Stacks by the first place where each is, so that it makes no difference how they are numbered. */
const placed = (arrangement: Arrangement | null) => ({
  ...arrangement,
  stacks: [...(arrangement?.stacks ?? [])].map((stack, _, all) => (stack === 0 ? -1 : all.indexOf(stack))),
})
const truth = (query: LibraryQuery) => {
  const { rowIds, aspects } = catalog.assets.query(query, NOW)
  return { rowIds: [...rowIds], aspects: [...aspects] }
}

/** Changes that a person or the program makes, on the asset at a place in the order of their making. */
const change = fc.oneof(
  fc.record({
    kind: fc.constant('add' as const),
    name: fc.constantFrom('a.png', 'B.png', 'b.PNG', 'ü.png', 'z 9.jpg'),
  }),
  fc.record({
    kind: fc.constant('set' as const),
    at: fc.nat(),
    cells: fc.oneof(
      fc.record({ rating: fc.integer({ min: 0, max: 5 }) }),
      fc.record({ is_favorite: fc.constantFrom(0, 1) }),
      fc.record({ file_name: fc.constantFrom('a.png', 'm.png', 'M.png', 'zz.png', 'b.png') }),
      fc.record({ custom_title: fc.constantFrom('Harbour', 'harbour', 'winter station', null) }),
      fc.record({ color_label: fc.constantFrom('red', 'blue', null) }),
      fc.record({ space: fc.constant('library'), expires_at: fc.constant(null) }),
      fc.record({ deleted_at: fc.constantFrom(null, NOW) }),
      fc.record({ imported_at: fc.integer({ min: NOW - 40 * DAY, max: NOW }) }),
    ),
  }),
  fc.record({
    kind: fc.constant('made' as const),
    at: fc.nat(),
    how: fc.record({
      model_used: fc.constantFrom('Flux', 'flux', 'juniper', 'ünder', null),
      original_prompt: fc.constantFrom('a harbour', 'A  harbour', 'a mill', null),
    }),
  }),
  fc.record({ kind: fc.constant('tag' as const), at: fc.nat(), tag: fc.constantFrom(0, 1), on: fc.boolean() }),
  fc.record({
    kind: fc.constant('collect' as const),
    at: fc.nat(),
    on: fc.boolean(),
    place: fc.integer({ min: -2, max: 5 }),
  }),
  fc.record({ kind: fc.constant('place' as const), at: fc.nat(), place: fc.double({ min: -2, max: 5, noNaN: true }) }),
  fc.record({ kind: fc.constant('rename tag' as const), name: fc.constantFrom('sea', 'ship') }),
  fc.record({ kind: fc.constantFrom('undo' as const, 'redo' as const) }),
)

const TAGS = ['tag-0', 'tag-1'] as const
let assets: AssetId[]
let collection: Parameters<typeof addToCollection>[1]

function prepare(): void {
  collection = createCollection(catalog, `Posters ${++made}`, undefined, NOW).collection.id
  catalog.mutate({ kind: 'tags', label: String, undoable: false, now: NOW }, (writer) => {
    for (const [index, id] of TAGS.entries()) {
      writer.set('tag', id, '', { name: `word${index}`, parent_id: null, color: null, created_at: NOW })
    }
  })
  assets = [add({ fileName: 'first.png' }), add({ space: 'library', fileName: 'second.png', fileSizeBytes: 7 })]
}

function apply(step: typeof change extends fc.Arbitrary<infer T> ? T : never): void {
  const at = 'at' in step ? assets[step.at % assets.length] : undefined
  const write = (entity: 'assetTag' | 'membership', id: string, on: boolean, position = 0) =>
    catalog.mutate({ kind: 'link', label: String, undoable: true, now: NOW }, (writer) => {
      writer.set(entity, id, '', on ? { at: NOW, position } : null)
    })
  switch (step.kind) {
    case 'add':
      assets.push(add({ fileName: step.name, fileSizeBytes: step.name.length, importedAt: NOW - made }))
      break
    case 'set':
      if (at) set(at, step.cells as Record<string, string | number | null>)
      break
    case 'made':
      catalog.mutate({ kind: 'media', label: String, undoable: false, now: NOW }, (writer) => {
        const read = { aspect: 1, dominant_colors: '[]', metadata: '{}', status: 'available' }
        if (at) writer.set('asset', at, 'media', { ...read, ...step.how })
      })
      break
    case 'tag':
      if (at) write('assetTag', `${TAGS[step.tag]}/${at}`, step.on)
      break
    case 'collect':
      if (at) write('membership', `${collection}/${at}`, step.on, step.place)
      break
    case 'place':
      catalog.mutate({ kind: 'arrange', label: String, undoable: true, now: NOW }, (writer) => {
        writer.set('membership', `${collection}/${at}`, 'position', step.place)
      })
      break
    case 'rename tag':
      catalog.mutate({ kind: 'tags', label: String, undoable: true, now: NOW }, (writer) => {
        writer.set('tag', TAGS[0], 'name', step.name)
      })
      break
    default:
      try {
        catalog.history[step.kind](NOW)
      } catch {
        // Nothing to undo.
      }
  }
}

const views: readonly View['kind'][] = [
  'workspace',
  'library',
  'favorites',
  'recent',
  'untagged',
  'trash',
  'everything',
]
const queries = (): LibraryQuery[] => [
  ...views.map((kind) => queryOf({ kind } as View)),
  queryOf({ kind: 'collection', collectionId: catalog.unsortedId }),
  queryOf({ kind: 'collection', collectionId: collection }, '', 'file_name', 'asc'),
  queryOf({ kind: 'collection', collectionId: collection }, '', 'manual', 'asc'),
  queryOf({ kind: 'collection', collectionId: collection }, 'rating<4', 'manual', 'desc'),
  queryOf({ kind: 'collection', collectionId: catalog.unsortedId }, '', 'manual', 'asc'),
  ...sortFieldSchema.options.flatMap((field) =>
    (['asc', 'desc'] as const).map((direction) => queryOf({ kind: 'everything' }, '', field, direction)),
  ),
  queryOf({ kind: 'library' }, 'rating>=3', 'rating'),
  queryOf({ kind: 'everything' }, 'harbour', 'custom_title', 'asc'),
  queryOf({ kind: 'everything' }, 'tag:word0 or tag:sea', 'file_name', 'asc'),
  queryOf({ kind: 'everything' }, '-tag:word1', 'file_size_bytes'),
  ...texts.map((text) => queryOf({ kind: 'everything' }, text)),
  queryOf({ kind: 'library' }, 'first -rating:0', 'captured_at'),
  queryOf({ kind: 'trash' }, 'png', 'file_name', 'asc'),
  queryOf({ kind: 'recent' }, 'is:untagged or rating>3', 'rating', 'asc'),
]
/** What is known of each row in memory, what is read from an index, and both together. */
const texts = [
  'is:favorite or rating:5',
  '-(is:favorite rating<=2)',
  'type:image -is:kept',
  'is:unsorted or is:workspace',
  '-is:rated type:image or is:tagged',
  'type:video or is:untagged',
  'imported:2026-11',
  'imported>2026-10-30 imported<=2026-11-20',
  '-imported:2026-11-21',
  'imported:2026-10 or rating>=3',
  'png',
  'png -first',
  'is:favorite png',
  'tag:word0 rating<4 png',
  '-tag:word1 -is:favorite',
  'size>5 -tag:word0',
  'size<200 png',
  'label:red or rating:1',
]

/** A library of a few assets is then read as one of a million. */
const limitsOfLarge: ReadLimits = {
  firstPart: 3,
  worth: 1,
  few: 1,
  lookedAt: 3,
  widest: 2,
  probed: 2,
  passed: 2,
  small: 0,
  spanGap: 1,
  spans: 2,
}

describe.each([
  ['of a small library', readLimits],
  ['of a large library', limitsOfLarge],
])('answers of a reader %s', (_, limits) => {
  beforeEach(() => {
    reader = new LibraryReader(db, catalog.unsortedId, limits)
  })

  it('are those of the whole query after any changes, and patches lead from each to the next', () => {
    fc.assert(
      fc.property(fc.array(fc.array(change, { maxLength: 6 }), { minLength: 1, maxLength: 6 }), (rounds) => {
        prepare()
        const shown = new Map<
          string,
          { revision: number; rowIds: Int32Array<ArrayBuffer>; aspects: Float32Array<ArrayBuffer> }
        >()
        for (const round of [[], ...rounds]) {
          for (const step of round) apply(step)
          for (const query of queries()) {
            const key = JSON.stringify(query)
            const before = shown.get(key)
            const answer = ask(query, before?.revision ?? null)
            let rowIds = before?.rowIds ?? new Int32Array()
            let aspects = before?.aspects ?? new Float32Array()
            if (answer.patches === null) {
              rowIds = Int32Array.from(answer.rowIds)
              aspects = Float32Array.from(answer.aspects)
            } else {
              for (const patch of answer.patches) {
                rowIds = patchNumbers(rowIds, patch, new Int32Array(patch.rowIds))
                aspects = patchNumbers(aspects, patch, new Float32Array(patch.aspects))
              }
            }
            expect({ key, rowIds: [...rowIds], aspects: [...aspects] }).toEqual({ key, ...truth(query) })
            expect(answer).toMatchObject({ revision: catalog.revision, total: rowIds.length })
            expect({ key, ...placed(answer.arrangement) }).toEqual({
              key,
              ...placed(catalog.arrange(rowIds, query, arrangeOf(query))),
            })
            shown.set(key, { revision: answer.revision, rowIds, aspects })
          }
        }
      }),
      { numRuns: 12 },
    )
  })

  it('begin with what is first now, though somebody asks for nearly the same again', () => {
    prepare()
    for (let count = 0; count < 6; count++) add()
    ask(queryOf({ kind: 'everything' }, 'png -first'))
    add()
    const query = queryOf({ kind: 'everything' }, 'png -second')
    expect(ask(query).rowIds).toEqual(truth(query).rowIds)
  })

  it('read what changes while they are made ready', () => {
    prepare()
    const query = queryOf({ kind: 'everything' }, '', 'rating')
    let looks = 0
    const stopOnce = () => {
      if (++looks === 1) throw new Error('not wanted')
    }
    insertMany(join(root, 'catalog.sqlite'), 9000)
    expect(() => reader.vector({ query, now: NOW, since: null }, goOn, stopOnce)).toThrow('not wanted')
    for (const asset of [assets[0], add({ fileName: 'later.png' })]) set(asset as AssetId, { rating: 3 })
    set(assets[1] as AssetId, { deleted_at: NOW })
    expect(ask(query).rowIds).toEqual(truth(query).rowIds)
  })
})

describe('answers of a reader', () => {
  it('are patches when few rows changed, and nothing when none that they show did', () => {
    prepare()
    const library = queryOf({ kind: 'library' })
    const { revision } = ask(library)
    set(assets[0] as AssetId, { rating: 3 })
    expect(ask(library, revision).patches).toEqual([])
    set(assets[1] as AssetId, { rating: 3 })
    expect(ask(library, revision).patches).toHaveLength(1)
    expect(ask(library, revision - 1).patches).toBeNull()
  })

  it('begin with a first part, the rest of a long one follows', () => {
    prepare()
    insertMany(join(root, 'catalog.sqlite'), 9000)
    for (const query of [queryOf({ kind: 'everything' }), queryOf({ kind: 'everything' }, '', 'file_size_bytes')]) {
      for (const attempt of ['anew', 'kept']) {
        const { parts, rowIds } = ask(query)
        expect([attempt, parts[0]?.rowIds.length]).toEqual([attempt, 2000])
        const beginning = Int32Array.from(rowIds.slice(0, 2000))
        expect(parts[0]?.arrangement).toEqual(catalog.arrange(beginning, query, arrangeOf(query)))
        expect(parts[1]?.arrangement).toBeUndefined()
        expect(rowIds).toEqual(truth(query).rowIds)
      }
    }
  })

  it('wait for a change that the snapshot has already', () => {
    prepare()
    const late = new LibraryReader(db, catalog.unsortedId)
    add()
    expect(() => late.vector({ query: queryOf({ kind: 'everything' }), now: NOW, since: null }, goOn, goOn)).toThrow(
      BehindError,
    )
    late.changed(catalog.revision, [])
    expect(late.vector({ query: queryOf({ kind: 'everything' }), now: NOW, since: null }, goOn, goOn).total).toBe(3)
  })

  it('end at once when they are not wanted any more, and leave the reader as good as before', () => {
    prepare()
    const query = queryOf({ kind: 'everything' }, '-tag:nothing', 'rating')
    const stop = () => {
      throw new Error('not wanted')
    }
    expect(() => reader.vector({ query, now: NOW, since: null }, goOn, stop)).toThrow('not wanted')
    expect(ask(query).rowIds).toEqual(truth(query).rowIds)
    expect(db.inTransaction).toBe(false)
  })
})

describe('facets', () => {
  it('count what the results have, after any changes', () => {
    fc.assert(
      fc.property(fc.array(fc.array(change, { maxLength: 6 }), { minLength: 1, maxLength: 5 }), (rounds) => {
        prepare()
        for (const round of rounds) {
          for (const step of round) apply(step)
          for (const query of [queryOf({ kind: 'everything' }), queryOf({ kind: 'library' }, '-tag:word1')]) {
            const results = new Set(truth(query).rowIds)
            const counted = facets.facets(
              { query, kinds: ['rating', 'label', 'tag', 'collection', 'type'], limit: 50, now: NOW },
              goOn,
            )
            expect([counted.total, counted.revision]).toEqual([results.size, catalog.revision])
            for (const { kind, values } of counted.facets) {
              for (const { value, name, count } of values) {
                const narrowed =
                  kind === 'collection'
                    ? catalog.assets.query(
                        queryOf({ kind: 'collection', collectionId: value as typeof collection }),
                        NOW,
                      )
                    : catalog.assets.query(queryOf({ kind: 'everything' }, `${kind}:"${name}"`), NOW)
                expect([kind, name, count]).toEqual([
                  kind,
                  name,
                  [...narrowed.rowIds].filter((row) => results.has(row)).length,
                ])
              }
              const sum = values.reduce((all, { count }) => all + count, 0)
              if (kind === 'rating' || kind === 'type') expect([kind, sum]).toEqual([kind, results.size])
            }
          }
        }
      }),
      { numRuns: 12 },
    )
  })

  it('tell years and extensions, also of rows that come and go later', () => {
    prepare()
    const inYear = (year: number, extension: string) =>
      add({ createdAt: new Date(2000, 5, 1).setFullYear(year), extension })
    const [, , last] = [inYear(2024, 'jpg'), inYear(1950, 'png'), inYear(50, 'png')]
    const count = () =>
      facets
        .facets({ query: queryOf({ kind: 'everything' }), kinds: ['year', 'extension'], limit: 9, now: NOW }, goOn)
        .facets.map(({ values }) => Object.fromEntries(values.map(({ value, count }) => [value, count])))
    expect(count()).toEqual([
      { 2026: 2, 2024: 1, 1950: 1, 50: 1 },
      { png: 4, jpg: 1 },
    ])
    set(last as AssetId, { deleted_at: NOW })
    inYear(2025, 'gif')
    expect(count()).toEqual([
      { 2026: 2, 2025: 1, 2024: 1, 1950: 1 },
      { png: 3, jpg: 1, gif: 1 },
    ])
  })

  it('name only as many values as asked for, the most frequent first, and say how many more there are', () => {
    prepare()
    for (const rating of [5, 5, 5, 4, 4, 1]) set(add(), { rating })
    const {
      facets: [ratings],
    } = facets.facets({ query: queryOf({ kind: 'everything' }), kinds: ['rating'], limit: 2, now: NOW }, goOn)
    expect(ratings).toEqual({
      kind: 'rating',
      values: [
        { value: '5', name: '5', count: 3 },
        { value: '0', name: '0', count: 2 },
      ],
      more: 2,
    })
  })
})
