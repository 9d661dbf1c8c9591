import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { Collection } from '../../../shared/domain/collection.ts'
import type { AssetId, CollectionId, RowId, Sha256 } from '../../../shared/domain/ids.ts'
import type { View } from '../../../shared/domain/query.ts'
import type { Tag } from '../../../shared/domain/tag.ts'
import type { ImportedFile } from '../catalog/assetRecords.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { duplicateCollection, freezeCollection } from './copyCollections.ts'
import { countSmartCollections } from './countSmartCollections.ts'
import { deleteTags } from './deleteTags.ts'
import { editAssets } from './editAssets.ts'
import {
  addToCollection,
  archiveCollection,
  createCollection,
  deleteCollection,
  editCollection,
  renameCollection,
} from './editCollections.ts'
import { colorTag, createTag, renameTag, setTagAliases } from './editTags.ts'
import { toEnd } from './inParts.ts'
import { keepAssets } from './keepAssets.ts'
import { mergeTags } from './mergeTags.ts'
import { arrangeCollection, moveCollection } from './moveCollections.ts'
import { moveTag } from './moveTags.ts'
import { createLibrary, openLibrary } from './openLibrary.ts'
import { expandSmartCollections } from './smartQuery.ts'
import { completeTags, suggestTags } from './suggestTags.ts'
import { summariseSelection } from './summariseSelection.ts'
import { restoreAssets, trashAssets } from './trashAssets.ts'

let root: string
let now: number
let catalog: Catalog

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-organise-'))
  now = Date.UTC(2026, 10, 21)
  createLibrary(root, 'Test', now)
  catalog = openLibrary(root, () => now).catalog
})
afterEach(() => {
  catalog.close()
  rmSync(root, { recursive: true, force: true })
})

const file = (name: string): ImportedFile => ({
  id: randomUUID() as AssetId,
  space: 'library',
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
  expiresAt: null,
  another: false,
  importItem: null,
})
const addTo = (target: Catalog, count: number, name = ''): AssetId[] =>
  target.assets
    .register(Array.from({ length: count }, (_, index) => file(name || `${index}.png`)))
    .flatMap((outcome) => (outcome.kind === 'registered' ? [outcome.id] : []))
const add = (name: string, ...tags: string[]): AssetId => {
  const id = addTo(catalog, 1, name)[0]!
  if (tags.length > 0) editAssets(catalog, { ids: [id] }, { add_tags: tags }, now)
  return id
}
const rowOf = (id: AssetId): RowId => catalog.assets.findById(id)!.rowId
const tagOf = (id: AssetId): string[] => [...catalog.assets.get(id)!.tags].sort()
const tag = (name: string): Tag => {
  const found = catalog.tags.list().find((listed) => listed.name === name)
  if (found === undefined) throw new Error(`no tag ${name}`)
  return found
}
const paths = (): string[] => catalog.tags.list().map(({ path }) => path)
const names = (list: readonly { readonly name: string }[]): string[] => list.map(({ name }) => name)
const found = (view: View, text = ''): string[] => {
  const query = { view, text, sort: { field: 'file_name', direction: 'asc' } } as const
  const { rowIds } = catalog.assets.query(expandSmartCollections(catalog, query), now)
  return catalog.assets.cards([...rowIds]).map((card) => card.file_name)
}
const errorOf = (work: () => unknown): VitrineError => {
  try {
    work()
  } catch (error) {
    if (error instanceof VitrineError) return error
    throw error
  }
  throw new Error('expected a VitrineError')
}
/** Everything that organising can change, in a form that can be compared. Dates of change are not undone. */
const state = (target: Catalog): unknown => {
  const collections = target.collections.list(true).map(({ updated_at, ...collection }) => collection)
  const members = collections.map(({ id }) =>
    target.collections.members(id).map((member) => [member.id, member.position]),
  )
  const tags = target.tags.list()
  const links = tags.map(({ id }) => target.tags.rowsWith(id))
  return JSON.parse(JSON.stringify({ collections, members, tags, links }))
}
/** Undo takes back exactly what the work did, and redo brings exactly that again. */
const expectUndoable = (work: () => unknown): void => {
  const before = state(catalog)
  now += 1
  work()
  const after = state(catalog)
  expect(after).not.toEqual(before)
  catalog.history.undo(now + 1)
  expect(state(catalog)).toEqual(before)
  catalog.history.redo(now + 2)
  expect(state(catalog)).toEqual(after)
}

describe('tags', () => {
  it('are made by the path that is typed, and found by it', () => {
    const id = add('a.png', 'Animals/Cats/Siamese')
    expect(paths()).toEqual(['Animals', 'Animals/Cats', 'Animals/Cats/Siamese'])
    expect(tagOf(id)).toEqual(['Siamese'])
    add('b.png', 'animals / cats', 'cats/siamese', 'SIAMESE')
    expect(names(catalog.tags.list())).toEqual(['Animals', 'Cats', 'Siamese'])
    editAssets(catalog, { ids: [id] }, { remove_tags: ['animals/siamese'] }, now)
    expect(tagOf(id)).toEqual([])
  })

  it('are searched for by path and in any case, in any language', () => {
    add('a.png', 'animals/Šelmy/Kočka')
    add('b.png', 'animals/dog')
    const all: View = { kind: 'everything' }
    for (const text of ['tag:kočka', 'tag:KOČKA', 'tag:animals/kočka', 'tag:šelmy/kočka', 'tag:/ANIMALS/ŠELMY/KOČKA'])
      expect([text, found(all, text)]).toEqual([text, ['a.png']])
    for (const text of ['tag:dog/kočka', 'tag:kočka/animals', 'tag:animals/kočk'])
      expect([text, found(all, text)]).toEqual([text, []])
    expect(found(all, 'tag:Animals')).toEqual(['a.png', 'b.png'])
  })

  it('have one name each: a path that puts it elsewhere is refused, and says where it is', () => {
    add('a.png', 'animals/cats')
    const error = errorOf(() => add('b.png', 'memes/cats'))
    expect(error).toMatchObject({ code: 'tag_name_taken', details: { id: tag('cats').id, path: 'animals/cats' } })
    expect(paths(), 'nothing is left of the attempt').toEqual(['animals', 'animals/cats'])
  })

  it('are found by their aliases, whatever the case', () => {
    add('a.png', 'harbour')
    setTagAliases(catalog, tag('harbour').id, ['port', 'Häfen', 'PORT', 'Harbour'], now)
    expect(tag('harbour').aliases).toEqual(['port', 'Häfen'])
    expect(tagOf(add('b.png', 'Port'))).toEqual(['harbour'])
    expect(tagOf(add('c.png', 'HÄFEN'))).toEqual(['harbour'])
    createTag(catalog, { name: 'ship' }, now)
    expect(errorOf(() => setTagAliases(catalog, tag('ship').id, ['Port'], now)).details).toMatchObject({ alias: true })
    expect(errorOf(() => setTagAliases(catalog, tag('ship').id, ['HARBOUR'], now)).code).toBe('tag_name_taken')
    expect(errorOf(() => createTag(catalog, { name: 'port' }, now)).code).toBe('tag_name_taken')
  })

  it('are renamed, also to another case; a taken name offers the other tag to merge with', () => {
    add('a.png', 'École')
    createTag(catalog, { name: 'school', color: '#336699' }, now)
    expectUndoable(() => renameTag(catalog, tag('École').id, 'école', now))
    expect(errorOf(() => renameTag(catalog, tag('école').id, 'School', now))).toMatchObject({
      code: 'tag_name_taken',
      details: { id: tag('school').id },
    })
  })

  it('keep what was tagged with them when they are renamed and the old name is used again', () => {
    const first = add('a.png', 'sea')
    renameTag(catalog, tag('sea').id, 'ocean', now)
    const second = add('b.png', 'sea')
    expect([tagOf(first), tagOf(second)]).toEqual([['ocean'], ['sea']])
    toEnd(deleteTags(catalog, [tag('ocean').id], now))
    expect(tagOf(add('c.png', 'ocean'))).toEqual(['ocean'])
    expect([tagOf(first), tagOf(second)]).toEqual([[], ['sea']])
  })

  it('come back as new when they were deleted and their name is used again', () => {
    add('a.png', 'x/sea')
    setTagAliases(catalog, tag('sea').id, ['ocean'], now)
    toEnd(deleteTags(catalog, [tag('sea').id], now))
    expectUndoable(() => createTag(catalog, { name: 'Sea' }, now))
    expect(tag('Sea')).toMatchObject({ path: 'Sea', aliases: [], asset_count: 0 })
  })

  it('are merged with all that they have, in one step', () => {
    const [a, b, c] = [add('a.png', 'boat'), add('b.png', 'boat', 'ship'), add('c.png', 'ship')]
    createTag(catalog, { name: 'boat/sail' }, now)
    setTagAliases(catalog, tag('boat').id, ['Kahn'], now)
    expectUndoable(() => toEnd(mergeTags(catalog, [tag('boat').id], tag('ship').id, now)))
    expect([a, b, c].map(tagOf)).toEqual([['ship'], ['ship'], ['ship']])
    expect(tag('ship')).toMatchObject({ aliases: ['boat', 'Kahn'], asset_count: 3, total_count: 3 })
    expect(paths()).toEqual(['ship', 'ship/sail'])
    expect(tagOf(add('d.png', 'BOAT'))).toEqual(['ship'])
  })

  it('can be merged into one that is below them', () => {
    createTag(catalog, { name: 'top/a/b/c' }, now)
    createTag(catalog, { name: 'a/other' }, now)
    expectUndoable(() => toEnd(mergeTags(catalog, [tag('a').id], tag('c').id, now)))
    expect(paths()).toEqual(['top', 'top/c', 'top/c/b', 'top/c/other'])
  })

  it('are moved with what is below them, but never below themselves or too deep', () => {
    createTag(catalog, { name: 'a/b/c' }, now)
    createTag(catalog, { name: 'z' }, now)
    expectUndoable(() => moveTag(catalog, tag('a').id, tag('z').id, undefined, now))
    expect(paths()).toEqual(['z', 'z/a', 'z/a/b', 'z/a/b/c'])
    expect(errorOf(() => moveTag(catalog, tag('z').id, tag('c').id, undefined, now)).code).toBe('inside_itself')
    const deep = Array.from({ length: 16 }, (_, depth) => `d${depth}`).join('/')
    createTag(catalog, { name: deep }, now)
    expect(errorOf(() => moveTag(catalog, tag('z').id, tag('d15').id, undefined, now)).code).toBe('too_deep')
    expect(errorOf(() => createTag(catalog, { name: `${deep}/more` }, now)).code).toBe('too_deep')
  })

  it('stand in the order of their names until somebody orders them', () => {
    for (const name of ['c', 'a', 'B']) createTag(catalog, { name }, now)
    expect(paths()).toEqual(['a', 'B', 'c'])
    expectUndoable(() => moveTag(catalog, tag('c').id, null, tag('B').id, now))
    expect(paths()).toEqual(['a', 'c', 'B'])
  })

  it('are deleted with their links, and undo brings both back', () => {
    add('a.png', 'x/y/z', 'y')
    expectUndoable(() => toEnd(deleteTags(catalog, [tag('x').id, tag('y').id], now)))
    expect(paths()).toEqual(['z'])
    expectUndoable(() => colorTag(catalog, tag('z').id, '#00ff00', now))
  })

  it('count what a search for them finds, alone and with what is below', () => {
    const [a, b] = [add('a.png', 'x', 'x/y'), add('b.png', 'y')]
    add('c.png', 'x')
    expect(tag('x')).toMatchObject({ asset_count: 2, total_count: 3 })
    trashAssets(catalog, { ids: [a] }, now)
    expect([tag('x'), tag('y')]).toMatchObject([
      { asset_count: 1, total_count: 2 },
      { asset_count: 1, total_count: 1 },
    ])
    restoreAssets(catalog, { ids: [a] }, 1, now)
    expect(tag('x').total_count).toBe(3)
    expect(found({ kind: 'library' }, 'tag:y')).toHaveLength(tag('y').total_count)
    moveTag(catalog, tag('y').id, null, undefined, now)
    expect(tag('x')).toMatchObject({ asset_count: 2, total_count: 2 })
    expect(tagOf(b)).toEqual(['y'])
  })

  it('are suggested for what is typed and for what is selected', () => {
    const [a, b] = [add('a.png', 'harbour', 'boat', 'dusk'), add('b.png', 'harbour', 'boat')]
    const c = add('c.png', 'harbour')
    setTagAliases(catalog, tag('boat').id, ['ship'], now)
    expect(names(completeTags(catalog, 'Sh', 5))).toEqual(['boat'])
    expect(names(completeTags(catalog, 'zzz', 5))).toEqual([])
    const suggested = names(suggestTags(catalog, { ids: [c] }, 5))
    expect(suggested[0]).toBe('boat')
    expect(suggested).not.toContain('harbour')
    expect(names(suggestTags(catalog, { ids: [a, b] }, 5))).toEqual(['dusk'])
  })
})

describe('collections', () => {
  const create = (name: string, parent?: Collection): Collection =>
    createCollection(catalog, name, parent?.id, now).collection
  const tree = (): string[] =>
    catalog.collections.list().map(({ name, parent_id }) => {
      const parent = catalog.collections.nodes().find(({ id }) => id === parent_id)
      return parent === undefined ? name : `${parent.name}/${name}`
    })

  it('stand in the order in which they were made, and can be moved anywhere but into themselves', () => {
    const [a, b] = [create('B'), create('A')]
    const c = create('C', a)
    expect(tree()).toEqual(['Unsorted', 'B', 'B/C', 'A'])
    expectUndoable(() => moveCollection(catalog, b.id, null, a.id, now))
    expect(tree()).toEqual(['Unsorted', 'A', 'B', 'B/C'])
    expectUndoable(() => moveCollection(catalog, c.id, b.id, null, now))
    expect(tree()).toEqual(['Unsorted', 'A', 'A/C', 'B'])
    expect(errorOf(() => moveCollection(catalog, b.id, c.id, null, now)).code).toBe('inside_itself')
    expect(errorOf(() => moveCollection(catalog, b.id, catalog.unsortedId, null, now)).code).toBe(
      'collection_permanent',
    )
    create('c')
    expect(errorOf(() => moveCollection(catalog, c.id, null, null, now)).code).toBe('collection_name_taken')
  })

  it('hold their assets in an order made by hand', () => {
    const { id } = create('Best')
    const assets = ['a', 'b', 'c', 'd'].map((name) => add(`${name}.png`))
    addToCollection(catalog, id, { ids: assets }, now)
    const order = () => catalog.collections.members(id).map((member) => assets.indexOf(member.id))
    expect(order()).toEqual([0, 1, 2, 3])
    expectUndoable(() => arrangeCollection(catalog, id, { ids: [assets[3]!] }, rowOf(assets[1]!), now))
    expect(order()).toEqual([0, 3, 1, 2])
    expectUndoable(() => arrangeCollection(catalog, id, { ids: [assets[3]!, assets[0]!] }, null, now))
    expect(order()).toEqual([1, 2, 0, 3])
    arrangeCollection(catalog, id, { ids: [assets[1]!, assets[2]!] }, rowOf(assets[1]!), now)
    expect(order(), 'before one of themselves: they stay').toEqual([1, 2, 0, 3])
    for (let index = 0; index < 60; index++)
      arrangeCollection(catalog, id, { ids: [assets[index % 2 === 0 ? 3 : 0]!] }, rowOf(assets[2]!), now)
    expect(order(), 'also when doubles leave no room').toEqual([1, 3, 0, 2])
  })

  it('count their own assets and those below, each once', () => {
    const parent = create('Parent')
    const child = create('Child', parent)
    const [a, b] = [add('a.png'), add('b.png')]
    addToCollection(catalog, parent.id, { ids: [a] }, now)
    addToCollection(catalog, child.id, { ids: [a, b] }, now)
    const counts = () => catalog.collections.list().map(({ asset_count, total_count }) => [asset_count, total_count])
    expect(counts()).toEqual([
      [0, 0],
      [1, 2],
      [2, 2],
    ])
    trashAssets(catalog, { ids: [b] }, now)
    expect(counts()).toEqual([
      [0, 0],
      [1, 1],
      [1, 1],
    ])
    expectUndoable(() => toEnd(deleteCollection(catalog, parent.id, now)))
    expect(counts()).toEqual([
      [0, 0],
      [1, 1],
    ])
    expect(found({ kind: 'collection', collectionId: child.id })).toEqual(['a.png'])
  })

  it('are seen alone, or with what is below them', () => {
    const parent = create('Parent')
    const child = create('Child', parent)
    addToCollection(catalog, parent.id, { ids: [add('a.png')] }, now)
    addToCollection(catalog, child.id, { ids: [add('b.png'), add('c.png')] }, now)
    const view = { kind: 'collection', collectionId: parent.id } as const
    expect(found(view)).toEqual(['a.png'])
    expect(found({ ...view, deep: true })).toHaveLength(catalog.collections.get(parent.id)!.total_count)
    expect(found({ ...view, deep: true }, 'name:b or name:a')).toEqual(['a.png', 'b.png'])
  })

  it('have a description, data of programs, and a cover: the chosen one, or the newest asset', () => {
    const { id } = create('Trip')
    const [a, b] = [add('a.png'), add('b.png')]
    const cover = () => catalog.collections.get(id)!.cover_sha256
    expect(cover()).toBeNull()
    addToCollection(catalog, id, { ids: [a, b] }, now)
    expect(cover()).toBe(catalog.assets.get(b)!.sha256)
    expectUndoable(() => editCollection(catalog, id, { cover: a, description: 'North', metadata: { year: 2026 } }, now))
    expect(catalog.collections.get(id)).toMatchObject({
      description: 'North',
      metadata: { year: 2026 },
      cover_asset_id: a,
      cover_sha256: catalog.assets.get(a)!.sha256,
    })
    trashAssets(catalog, { ids: [a] }, now)
    expect(cover()).toBe(catalog.assets.get(b)!.sha256)
  })

  it('are archived with all below them, and found as before', () => {
    const parent = create('Old')
    const child = create('Older', parent)
    addToCollection(catalog, child.id, { ids: [add('a.png')] }, now)
    expectUndoable(() => archiveCollection(catalog, parent.id, true, now))
    expect(tree()).toEqual(['Unsorted'])
    expect(names(catalog.collections.list(true))).toEqual(['Unsorted', 'Old', 'Older'])
    expect(found({ kind: 'library' }, 'collection:Older')).toEqual(['a.png'])
  })

  it('are copied with their assets in their order', () => {
    const { id } = create('Best')
    const assets = [add('a.png'), add('b.png')]
    addToCollection(catalog, id, { ids: assets }, now)
    arrangeCollection(catalog, id, { ids: [assets[1]!] }, rowOf(assets[0]!), now)
    expectUndoable(() => duplicateCollection(catalog, id, now))
    const copy = catalog.collections.nodes().find(({ name }) => name === 'Best copy')!
    expect(catalog.collections.members(copy.id).map((member) => member.id)).toEqual([assets[1], assets[0]])
    expect(duplicateCollection(catalog, id, now).collection.name).toBe('Best copy 2')
  })
})

describe('smart collections', () => {
  const smart = (name: string, query: string): CollectionId =>
    createCollection(catalog, name, undefined, now, { query }).collection.id
  const view = (collectionId: CollectionId): View => ({ kind: 'collection', collectionId })

  it('hold what their query finds among what is kept, narrowed by what is typed', async () => {
    editAssets(catalog, { ids: [add('a.png', 'sea'), add('b.png', 'sea')] }, { rating: 5 }, now)
    add('c.png', 'sea')
    const best = smart('Best', 'tag:sea rating>=4 or tag:nothing')
    expect(found(view(best))).toEqual(['a.png', 'b.png'])
    expect(found(view(best), 'name:a or name:c')).toEqual(['a.png'])
    expect(catalog.collections.get(best)).toMatchObject({ kind: 'smart', asset_count: null })
    const [counted] = await countSmartCollections(catalog, [best, catalog.unsortedId], now)
    expect(counted).toMatchObject({ id: best, asset_count: 2, problem: null })
    expect(catalog.collections.get(best)?.asset_count).toBe(2)
    editAssets(catalog, { ids: [add('d.png', 'sea')] }, { rating: 4 }, now)
    expect(catalog.collections.get(best)?.asset_count, 'not counted since').toBeNull()
    expect(found(view(catalog.unsortedId)), 'they sort nothing').toHaveLength(4)
  })

  it('can name collections, also smart ones, but not by way of themselves', () => {
    add('a.png', 'sea')
    add('b.png', 'sky')
    const sea = smart('Sea', 'tag:sea')
    const both = smart('Both', 'collection:Sea or tag:sky')
    expect(found(view(both))).toEqual(['a.png', 'b.png'])
    expect(found(view(both), '-collection:sea')).toEqual(['b.png'])
    expect(found({ kind: 'everything' }, 'collection:Both tag:sky')).toEqual(['b.png'])
    expect(errorOf(() => editCollection(catalog, sea, { query: 'collection:Both' }, now)).code).toBe('query_loop')
    expect(errorOf(() => editCollection(catalog, sea, { query: `collection:${sea}` }, now)).code).toBe('query_loop')
    expect(errorOf(() => smart('Self', 'collection:self')).code).toBe('query_loop')
    renameCollection(catalog, both, 'Everything', now)
    expectUndoable(() => editCollection(catalog, sea, { query: 'tag:sea or tag:sky' }, now))
  })

  it('find nothing by way of themselves when devices have made a loop together', () => {
    add('a.png', 'sea')
    const a = smart('A', 'tag:sea')
    const b = smart('B', 'collection:A')
    catalog.mutate({ kind: 'test', label: () => '', undoable: false, now }, (writer) =>
      writer.set('collection', a, 'query', 'tag:sea or collection:B'),
    )
    expect(found(view(a))).toEqual(['a.png'])
    expect(found(view(b))).toEqual(['a.png'])
  })

  it('say where a query can’t be understood', () => {
    const error = errorOf(() => smart('Broken', 'tag:sea rating>=many'))
    expect(error.code).toBe('query_invalid')
    expect(error.details?.position).toBeTypeOf('number')
    expect(errorOf(() => smart('Broken', 'tag:sea)')).details).toMatchObject({ position: 7 })
    const { id } = createCollection(catalog, 'Manual', undefined, now).collection
    expect(errorOf(() => editCollection(catalog, id, { query: 'tag:sea' }, now)).code).toBe('invalid_request')
  })

  it('are not filled by hand, until they are made ordinary ones', () => {
    const id = add('a.png', 'sea')
    const sea = smart('Sea', 'tag:sea')
    expect(errorOf(() => addToCollection(catalog, sea, { ids: [id] }, now)).code).toBe('collection_smart')
    expect(errorOf(() => keepAssets(catalog, { ids: [id] }, sea, now)).code).toBe('collection_smart')
    expectUndoable(() => toEnd(freezeCollection(catalog, sea, now)))
    expect(catalog.collections.get(sea)).toMatchObject({ kind: 'manual', query: null, asset_count: 1 })
    addToCollection(catalog, sea, { ids: [add('b.png')] }, now)
    expect(found(view(sea))).toEqual(['a.png', 'b.png'])
  })
})

describe('a selection', () => {
  it('shows what all have in common, and how many have each tag', async () => {
    const [a, b] = [add('a.png', 'sea', 'sky'), add('b.png', 'sea')]
    const box = createCollection(catalog, 'Box', undefined, now).collection.id
    addToCollection(catalog, box, { ids: [b] }, now)
    editAssets(catalog, { ids: [a, b] }, { rating: 3, is_favorite: true, description: 'Both' }, now)
    editAssets(catalog, { ids: [a] }, { color_label: 'red', custom_title: 'One' }, now)
    const summary = await summariseSelection(catalog, { ids: [a, b] })
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
    expect(await summariseSelection(catalog, { ids: [] })).toMatchObject({ total: 0, fields: null, tags: [] })
  })

  it('is summed over all of its parts', async () => {
    const ids = addTo(catalog, 5003)
    editAssets(catalog, { ids: ids.slice(0, 5002) }, { rating: 2, add_tags: ['most'] }, now)
    const summary = await summariseSelection(catalog, { ids })
    expect(summary).toMatchObject({ total: 5003, bytes: 500_300, tags: [{ name: 'most', with: 5002 }] })
    expect(summary.fields?.rating).toEqual({ kind: 'mixed' })
    expect(summary.fields?.visibility).toEqual({ kind: 'same', value: 'private' })
  })
})
