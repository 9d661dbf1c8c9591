import { randomUUID } from 'node:crypto'
import { UNSORTED_NAME } from '../../../../../shared/domain/collection.ts'
import { type CollectionId, collectionIdSchema } from '../../../../../shared/domain/ids.ts'
import { MAX_DEPTH } from '../../../../../shared/domain/tree.ts'
import type { Catalog } from '../../../catalog/catalog.ts'
import type { MutationWriter } from '../../../catalog/mutations.ts'
import { makeCollection } from '../../editCollections.ts'

const LONGEST_NAME = 255

/** Finds nested collections by their names from the root down, and makes those that are missing. */
export interface CollectionPaths {
  /** Inside a mutation. What is deeper than collections may be goes into the deepest one. */
  ensure(writer: MutationWriter, names: readonly string[], now: number): CollectionId
}

export function collectionPaths(catalog: Catalog): CollectionPaths {
  const known = new Map<string, CollectionId>()
  const keyOf = (parent: CollectionId | null, name: string): string =>
    `${parent ?? ''}/${name.normalize('NFC').toLowerCase()}`
  for (const { id, parent_id, name } of catalog.collections.list()) known.set(keyOf(parent_id, name), id)
  return {
    ensure(writer, names, now) {
      let parent: CollectionId | null = null
      for (const given of names.slice(0, MAX_DEPTH)) {
        const name = nameOf(given)
        const key = keyOf(parent, name)
        let id = known.get(key)
        if (id === undefined || id === catalog.unsortedId) {
          id = collectionIdSchema.parse(randomUUID())
          makeCollection(catalog, writer, id, { name, parent, description: null, query: null }, now)
          known.set(key, id)
        }
        parent = id
      }
      if (parent === null) throw new Error('A collection has a name')
      return parent
    },
  }
}

/** “Unsorted” is the name of the one that is always there. */
function nameOf(given: string): string {
  const name = given.trim().slice(0, LONGEST_NAME) || 'Untitled'
  return name.toLowerCase() === UNSORTED_NAME.toLowerCase() ? `${name} (imported)` : name
}
