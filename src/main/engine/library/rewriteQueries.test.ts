import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CollectionId, TagId } from '../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { createCollection, renameCollection } from './editCollections.ts'
import { createTag, renameTag } from './editTags.ts'
import { moveTag } from './moveTags.ts'
import { createLibrary, openLibrary } from './openLibrary.ts'

const NOW = Date.UTC(2026, 10, 21)
let root: string
let catalog: Catalog
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-rewrite-'))
  createLibrary(root, 'Test', NOW)
  catalog = openLibrary(root, () => NOW).catalog
})
afterEach(() => {
  catalog.close()
  rmSync(root, { recursive: true, force: true })
})

const make = (name: string, query?: string, parent?: CollectionId): CollectionId =>
  createCollection(catalog, name, parent, NOW, query === undefined ? {} : { query }).collection.id
const queryOf = (id: CollectionId): string | null => catalog.collections.get(id)?.query ?? null
const tagNamed = (name: string): TagId => {
  const tag = catalog.tags.named(name)
  if (tag === undefined) throw new Error(`no tag ${name}`)
  return tag.id
}

describe('the query of a smart collection', () => {
  it('names a tag as it is renamed, wherever it does, and is as before when that is undone', () => {
    createTag(catalog, { name: 'animals/Cat/siamese' }, NOW)
    const query = 'cat -tag:CAT (rating>=3 or tag:"animals/cat/siamese") tag:cattle name:cat'
    const id = make('Cats', query)
    renameTag(catalog, tagNamed('cat'), 'house cat', NOW)
    expect(queryOf(id)).toBe('cat -tag:"house cat" (rating>=3 or tag:"animals/house cat/siamese") tag:cattle name:cat')
    catalog.history.undo(NOW)
    expect(queryOf(id)).toBe(query)
    expect(catalog.tags.named('cat')?.name).toBe('Cat')
  })

  it('is left as it is when only the case of a name changes', () => {
    createTag(catalog, { name: 'école' }, NOW)
    const id = make('School', 'tag:école')
    renameTag(catalog, tagNamed('école'), 'École', NOW)
    expect(queryOf(id)).toBe('tag:école')
  })

  it('finds a tag that is moved away from the path by which it was named', () => {
    createTag(catalog, { name: 'animals/cat/siamese' }, NOW)
    const id = make('Cats', 'tag:animals/cat/siamese or tag:animals/cat or tag:cat')
    moveTag(catalog, tagNamed('cat'), null, undefined, NOW)
    expect(queryOf(id)).toBe('tag:cat/siamese or tag:cat or tag:cat')
  })

  it('names a collection as it is renamed', () => {
    const posters = make('Posters')
    const id = make('Best', 'rating:5 -collection:posters')
    renameCollection(catalog, posters, 'Old posters', NOW)
    expect(queryOf(id)).toBe('rating:5 -collection:"Old posters"')
  })

  it('goes on finding other collections of the old name, and none of the new one', () => {
    const [first, second] = [make('First'), make('Second')]
    const one = make('Posters', undefined, first)
    make('Posters', undefined, second)
    make('Prints', undefined, second)
    const id = make('Best', 'collection:Posters')
    renameCollection(catalog, one, 'Prints', NOW)
    expect(queryOf(id)).toBe(`(collection:Posters or collection:${one})`)
  })
})
