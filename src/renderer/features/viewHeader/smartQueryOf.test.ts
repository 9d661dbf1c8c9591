import { expect, it } from 'vitest'
import type { Collection } from '../../../shared/domain/collection.ts'
import type { CollectionId } from '../../../shared/domain/ids.ts'
import { smartQueryOf } from './smartQueryOf.ts'

const collection = (id: string, name: string) => ({ id: id as CollectionId, name }) as Collection

it('is the search alone where it was made in the whole library', () => {
  expect(smartQueryOf({ kind: 'library' }, ' tag:fog ', [])).toBe('tag:fog')
})

it('says in words which view it was made in', () => {
  expect(smartQueryOf({ kind: 'favorites' }, 'dawn or dusk', [])).toBe('(dawn or dusk) is:favorite')
  expect(smartQueryOf({ kind: 'untagged' }, '', [])).toBe('is:untagged')
})

it('names a collection, by its id where two have one name', () => {
  const view = { kind: 'collection', collectionId: 'a' as CollectionId } as const
  expect(smartQueryOf(view, 'dusk', [collection('a', 'Key art')])).toBe('dusk collection:"Key art"')
  expect(smartQueryOf(view, 'dusk', [collection('a', 'Posters'), collection('b', 'posters')])).toBe('dusk collection:a')
})
