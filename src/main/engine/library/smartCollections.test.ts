import { describe, expect, it } from 'vitest'
import type { AssetId, CollectionId } from '../../../shared/domain/ids.ts'
import type { View } from '../../../shared/domain/query.ts'
import { toEnd } from '../catalog/stepDone.ts'
import { freezeCollection } from './copyCollections.ts'
import { countSmartCollections } from './countSmartCollections.ts'
import { editAssets } from './editAssets.ts'
import { addToCollection, createCollection, editCollection, renameCollection } from './editCollections.ts'
import { addTagged, errorOf, expectUndoneAndRedone, libraryForEachTest, organisation } from './fixtures/testLibrary.ts'
import { keepAssets } from './keepAssets.ts'

const library = libraryForEachTest()
const add = (name: string, ...tags: string[]): AssetId => addTagged(library, name, ...tags)
const expectUndoable = (work: () => unknown): void => expectUndoneAndRedone(library, organisation, work)

describe('smart collections', () => {
  const smart = (name: string, query: string): CollectionId =>
    createCollection(library.catalog, name, undefined, library.now, { query }).collection.id
  const view = (collectionId: CollectionId): View => ({ kind: 'collection', collectionId })

  it('hold what their query finds among what is kept, narrowed by what is typed', async () => {
    editAssets(library.catalog, { ids: [add('a.png', 'sea'), add('b.png', 'sea')] }, { rating: 5 }, library.now)
    add('c.png', 'sea')
    const best = smart('Best', 'tag:sea rating>=4 or tag:nothing')
    expect(library.names(view(best))).toEqual(['a.png', 'b.png'])
    expect(library.names(view(best), 'name:a or name:c')).toEqual(['a.png'])
    expect(library.catalog.collections.get(best)).toMatchObject({ kind: 'smart', asset_count: null })
    const [counted] = await countSmartCollections(library.catalog, [best, library.catalog.unsortedId], library.now)
    expect(counted).toMatchObject({ id: best, asset_count: 2, problem: null })
    expect(library.catalog.collections.get(best)?.asset_count).toBe(2)
    editAssets(library.catalog, { ids: [add('d.png', 'sea')] }, { rating: 4 }, library.now)
    expect(library.catalog.collections.get(best)?.asset_count, 'not counted since').toBeNull()
    expect(library.names(view(library.catalog.unsortedId)), 'they sort nothing').toHaveLength(4)
  })

  it('can name collections, also smart ones, but not by way of themselves', () => {
    add('a.png', 'sea')
    add('b.png', 'sky')
    const sea = smart('Sea', 'tag:sea')
    const both = smart('Both', 'collection:Sea or tag:sky')
    expect(library.names(view(both))).toEqual(['a.png', 'b.png'])
    expect(library.names(view(both), '-collection:sea')).toEqual(['b.png'])
    expect(library.names({ kind: 'everything' }, 'collection:Both tag:sky')).toEqual(['b.png'])
    expect(errorOf(() => editCollection(library.catalog, sea, { query: 'collection:Both' }, library.now)).code).toBe(
      'query_loop',
    )
    expect(errorOf(() => editCollection(library.catalog, sea, { query: `collection:${sea}` }, library.now)).code).toBe(
      'query_loop',
    )
    expect(errorOf(() => smart('Self', 'collection:self')).code).toBe('query_loop')
    renameCollection(library.catalog, both, 'Everything', library.now)
    expectUndoable(() => editCollection(library.catalog, sea, { query: 'tag:sea or tag:sky' }, library.now))
  })

  it('find nothing by way of themselves when devices have made a loop together', () => {
    add('a.png', 'sea')
    const a = smart('A', 'tag:sea')
    const b = smart('B', 'collection:A')
    library.catalog.mutate({ kind: 'test', label: () => '', undoable: false, now: library.now }, (writer) =>
      writer.set('collection', a, 'query', 'tag:sea or collection:B'),
    )
    expect(library.names(view(a))).toEqual(['a.png'])
    expect(library.names(view(b))).toEqual(['a.png'])
  })

  it('say where a query can’t be understood', () => {
    const error = errorOf(() => smart('Broken', 'tag:sea rating>=many'))
    expect(error.code).toBe('query_invalid')
    expect(error.details?.position).toBeTypeOf('number')
    expect(errorOf(() => smart('Broken', 'tag:sea)')).details).toMatchObject({ position: 7 })
    const { id } = createCollection(library.catalog, 'Manual', undefined, library.now).collection
    expect(errorOf(() => editCollection(library.catalog, id, { query: 'tag:sea' }, library.now)).code).toBe(
      'invalid_request',
    )
  })

  it('are not filled by hand, until they are made ordinary ones', () => {
    const id = add('a.png', 'sea')
    const sea = smart('Sea', 'tag:sea')
    expect(errorOf(() => addToCollection(library.catalog, sea, { ids: [id] }, library.now)).code).toBe(
      'collection_smart',
    )
    expect(errorOf(() => keepAssets(library.catalog, { ids: [id] }, sea, library.now)).code).toBe('collection_smart')
    expectUndoable(() => toEnd(freezeCollection(library.catalog, sea, library.now)))
    expect(library.catalog.collections.get(sea)).toMatchObject({ kind: 'manual', query: null, asset_count: 1 })
    addToCollection(library.catalog, sea, { ids: [add('b.png')] }, library.now)
    expect(library.names(view(sea))).toEqual(['a.png', 'b.png'])
  })
})
