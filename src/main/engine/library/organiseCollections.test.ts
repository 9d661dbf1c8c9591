import { describe, expect, it } from 'vitest'
import type { Collection } from '../../../shared/domain/collection.ts'
import type { AssetId, RowId } from '../../../shared/domain/ids.ts'
import { toEnd } from '../catalog/stepDone.ts'
import { duplicateCollection } from './copyCollections.ts'
import {
  addToCollection,
  archiveCollection,
  createCollection,
  deleteCollection,
  editCollection,
} from './editCollections.ts'
import { errorOf, expectUndoneAndRedone, libraryForEachTest, namesOf, organisation } from './fixtures/testLibrary.ts'
import { arrangeCollection, moveCollection } from './moveCollections.ts'
import { trashAssets } from './trashAssets.ts'

const library = libraryForEachTest()
const rowOf = (id: AssetId): RowId => library.catalog.assets.findById(id)!.rowId
const expectUndoable = (work: () => unknown): void => expectUndoneAndRedone(library, organisation, work)

describe('collections', () => {
  const create = (name: string, parent?: Collection): Collection =>
    createCollection(library.catalog, name, parent?.id, library.now).collection
  const tree = (): string[] =>
    library.catalog.collections.list().map(({ name, parent_id }) => {
      const parent = library.catalog.collections.nodes().find(({ id }) => id === parent_id)
      return parent === undefined ? name : `${parent.name}/${name}`
    })

  it('stand in the order in which they were made, and can be moved anywhere but into themselves', () => {
    const [a, b] = [create('B'), create('A')]
    const c = create('C', a)
    expect(tree()).toEqual(['Unsorted', 'B', 'B/C', 'A'])
    expectUndoable(() => moveCollection(library.catalog, b.id, null, a.id, library.now))
    expect(tree()).toEqual(['Unsorted', 'A', 'B', 'B/C'])
    expectUndoable(() => moveCollection(library.catalog, c.id, b.id, null, library.now))
    expect(tree()).toEqual(['Unsorted', 'A', 'A/C', 'B'])
    expect(errorOf(() => moveCollection(library.catalog, b.id, c.id, null, library.now)).code).toBe('inside_itself')
    expect(
      errorOf(() => moveCollection(library.catalog, b.id, library.catalog.unsortedId, null, library.now)).code,
    ).toBe('collection_permanent')
    create('c')
    expect(errorOf(() => moveCollection(library.catalog, c.id, null, null, library.now)).code).toBe(
      'collection_name_taken',
    )
  })

  it('hold their assets in an order made by hand', () => {
    const { id } = create('Best')
    const assets = ['a', 'b', 'c', 'd'].map((name) => library.add(`${name}.png`))
    addToCollection(library.catalog, id, { ids: assets }, library.now)
    const order = () => library.catalog.collections.members(id).map((member) => assets.indexOf(member.id))
    expect(order()).toEqual([0, 1, 2, 3])
    expectUndoable(() => arrangeCollection(library.catalog, id, { ids: [assets[3]!] }, rowOf(assets[1]!), library.now))
    expect(order()).toEqual([0, 3, 1, 2])
    expectUndoable(() => arrangeCollection(library.catalog, id, { ids: [assets[3]!, assets[0]!] }, null, library.now))
    expect(order()).toEqual([1, 2, 0, 3])
    arrangeCollection(library.catalog, id, { ids: [assets[1]!, assets[2]!] }, rowOf(assets[1]!), library.now)
    expect(order(), 'before one of themselves: they stay').toEqual([1, 2, 0, 3])
    for (let index = 0; index < 60; index++)
      arrangeCollection(
        library.catalog,
        id,
        { ids: [assets[index % 2 === 0 ? 3 : 0]!] },
        rowOf(assets[2]!),
        library.now,
      )
    expect(order(), 'also when doubles leave no room').toEqual([1, 3, 0, 2])
  })

  it('count their own assets and those below, each once', () => {
    const parent = create('Parent')
    const child = create('Child', parent)
    const [a, b] = [library.add('a.png'), library.add('b.png')]
    addToCollection(library.catalog, parent.id, { ids: [a] }, library.now)
    addToCollection(library.catalog, child.id, { ids: [a, b] }, library.now)
    const counts = () =>
      library.catalog.collections.list().map(({ asset_count, total_count }) => [asset_count, total_count])
    expect(counts()).toEqual([
      [0, 0],
      [1, 2],
      [2, 2],
    ])
    trashAssets(library.catalog, { ids: [b] }, library.now)
    expect(counts()).toEqual([
      [0, 0],
      [1, 1],
      [1, 1],
    ])
    expectUndoable(() => toEnd(deleteCollection(library.catalog, parent.id, library.now)))
    expect(counts()).toEqual([
      [0, 0],
      [1, 1],
    ])
    expect(library.names({ kind: 'collection', collectionId: child.id })).toEqual(['a.png'])
  })

  it('are seen alone, or with what is below them', () => {
    const parent = create('Parent')
    const child = create('Child', parent)
    addToCollection(library.catalog, parent.id, { ids: [library.add('a.png')] }, library.now)
    addToCollection(library.catalog, child.id, { ids: [library.add('b.png'), library.add('c.png')] }, library.now)
    const view = { kind: 'collection', collectionId: parent.id } as const
    expect(library.names(view)).toEqual(['a.png'])
    expect(library.names({ ...view, deep: true })).toHaveLength(library.catalog.collections.get(parent.id)!.total_count)
    expect(library.names({ ...view, deep: true }, 'name:b or name:a')).toEqual(['a.png', 'b.png'])
  })

  it('have a description, data of programs, and a cover: the chosen one, or the newest asset', () => {
    const { id } = create('Trip')
    const [a, b] = [library.add('a.png'), library.add('b.png')]
    const cover = () => library.catalog.collections.get(id)!.cover_sha256
    expect(cover()).toBeNull()
    addToCollection(library.catalog, id, { ids: [a, b] }, library.now)
    expect(cover()).toBe(library.catalog.assets.get(b)!.sha256)
    expectUndoable(() =>
      editCollection(library.catalog, id, { cover: a, description: 'North', metadata: { year: 2026 } }, library.now),
    )
    expect(library.catalog.collections.get(id)).toMatchObject({
      description: 'North',
      metadata: { year: 2026 },
      cover_asset_id: a,
      cover_sha256: library.catalog.assets.get(a)!.sha256,
    })
    trashAssets(library.catalog, { ids: [a] }, library.now)
    expect(cover()).toBe(library.catalog.assets.get(b)!.sha256)
  })

  it('are archived with all below them, and found as before', () => {
    const parent = create('Old')
    const child = create('Older', parent)
    addToCollection(library.catalog, child.id, { ids: [library.add('a.png')] }, library.now)
    expectUndoable(() => archiveCollection(library.catalog, parent.id, true, library.now))
    expect(tree()).toEqual(['Unsorted'])
    expect(namesOf(library.catalog.collections.list(true))).toEqual(['Unsorted', 'Old', 'Older'])
    expect(library.names({ kind: 'library' }, 'collection:Older')).toEqual(['a.png'])
  })

  it('are copied with their assets in their order', () => {
    const { id } = create('Best')
    const assets = [library.add('a.png'), library.add('b.png')]
    addToCollection(library.catalog, id, { ids: assets }, library.now)
    arrangeCollection(library.catalog, id, { ids: [assets[1]!] }, rowOf(assets[0]!), library.now)
    expectUndoable(() => duplicateCollection(library.catalog, id, library.now))
    const copy = library.catalog.collections.nodes().find(({ name }) => name === 'Best copy')!
    expect(library.catalog.collections.members(copy.id).map((member) => member.id)).toEqual([assets[1], assets[0]])
    expect(duplicateCollection(library.catalog, id, library.now).collection.name).toBe('Best copy 2')
  })
})
