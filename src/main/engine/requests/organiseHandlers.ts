import type { organiseRequests } from '../../../shared/contract/requests/organiseRequests.ts'
import {
  addToCollection,
  createCollection,
  deleteCollection,
  removeFromCollection,
  renameCollection,
} from '../library/editCollections.ts'
import type { EngineParts, Handlers } from './engineParts.ts'

/** Answers the requests of `organiseRequests`. */
export function organiseHandlers(parts: EngineParts): Handlers<typeof organiseRequests> {
  const { catalog, now } = parts
  const { collections } = catalog
  return {
    'collections.list': () => [...collections.list()],
    'collections.create': ({ name, parentId }) => createCollection(catalog, name, parentId, now()),
    'collections.rename': ({ id, name }) => renameCollection(catalog, id, name, now()),
    'collections.delete': ({ id }) => deleteCollection(catalog, id, now()),
    'collections.add': (input) => addToCollection(catalog, input.id, input.assets, now()),
    'collections.remove': (input) => removeFromCollection(catalog, input.id, input.assets, now()),
    'tags.list': () => [...collections.tags()],
    'jobs.list': () => [...catalog.jobs.list()],
  }
}
