import { expect, test } from 'vitest'
import type { Collection } from '../../shared/domain/collection.ts'
import { splitArchived } from './splitArchived.ts'

const collection = (id: string, parent: string | null, archived: boolean) =>
  ({ id, parent_id: parent, archived_at: archived ? '2026-01-01T00:00:00.000Z' : null }) as Collection

test('what is below an archived collection is archived with it', () => {
  const all = [
    collection('a', null, false),
    collection('b', 'a', true),
    collection('c', 'b', false),
    collection('d', 'a', false),
  ]
  const { collections, archived } = splitArchived(all)
  expect(collections.map(({ id }) => id)).toEqual(['a', 'd'])
  expect(archived.map(({ id }) => id)).toEqual(['b', 'c'])
})
