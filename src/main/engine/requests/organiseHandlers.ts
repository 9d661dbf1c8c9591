import type { organiseRequests } from '../../../shared/contract/requests/organiseRequests.ts'
import {
  addToCollection,
  createCollection,
  deleteCollection,
  removeFromCollection,
  renameCollection,
} from '../library/editCollections.ts'
import { inParts } from '../library/inParts.ts'
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
    'collections.add': ({ id, assets }) =>
      inParts(catalog, assets, (some, part) => addToCollection(catalog, id, some, now(), part)),
    'collections.remove': ({ id, assets }) =>
      inParts(catalog, assets, (some, part) => removeFromCollection(catalog, id, some, now(), part)),
    'tags.list': () => [...collections.tags()],
    'jobs.list': () => [...catalog.jobs.list()],
  }
}
