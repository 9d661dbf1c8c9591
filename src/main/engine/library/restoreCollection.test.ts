import { describe, expect, it } from 'vitest'
import { toEnd } from '../catalog/stepDone.ts'
import { addToCollection, createCollection, deleteCollection } from './editCollections.ts'
import { libraryForEachTest, START } from './fixtures/testLibrary.ts'
import { restoreCollection } from './restoreCollection.ts'

const library = libraryForEachTest()
const create = (name: string, parent?: Parameters<typeof createCollection>[2]) =>
  createCollection(library.catalog, name, parent, START).collection.id

describe('a deleted collection', () => {
  it('is listed, and comes back with what it held and what was below it, also much later', async () => {
    const assets = [library.add('a.png'), library.add('b.png')]
    const posters = create('Posters')
    const child = create('Drafts', posters)
    addToCollection(library.catalog, posters, { ids: assets }, START)
    toEnd(deleteCollection(library.catalog, posters, START + 1))
    create('Another')
    expect(library.catalog.collections.deleted()).toMatchObject([
      { id: posters, name: 'Posters', kind: 'manual', asset_count: 2, deleted_at: new Date(START + 1).toISOString() },
    ])
    await restoreCollection(library.catalog, posters, START + 2)
    expect(library.catalog.collections.deleted()).toEqual([])
    expect(library.catalog.collections.members(posters).map(({ id }) => id)).toEqual(assets)
    expect(library.catalog.collections.get(child)?.parent_id).toBe(posters)
    library.catalog.history.undo(START + 3)
    expect(library.catalog.collections.get(posters)).toBeUndefined()
  })

  it('is not what was made by mistake and taken back', () => {
    create('Posters')
    library.catalog.history.undo(START + 1)
    expect(library.catalog.collections.deleted()).toEqual([])
  })

  it('is not restored while another has its name', async () => {
    const posters = create('Posters')
    toEnd(deleteCollection(library.catalog, posters, START + 1))
    const other = create('posters')
    await expect(restoreCollection(library.catalog, posters, START + 2)).rejects.toMatchObject({
      code: 'collection_name_taken',
      details: { id: other },
    })
  })

  it('can’t be restored twice', async () => {
    const posters = create('Posters')
    toEnd(deleteCollection(library.catalog, posters, START + 1))
    await restoreCollection(library.catalog, posters, START + 2)
    await expect(restoreCollection(library.catalog, posters, START + 3)).rejects.toMatchObject({ code: 'not_found' })
  })
})
