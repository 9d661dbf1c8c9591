import type { organiseRequests } from '../../../shared/contract/requests/organiseRequests.ts'
import { duplicateCollection, freezeCollection } from '../library/copyCollections.ts'
import { countSmartCollections } from '../library/countSmartCollections.ts'
import {
  addToCollection,
  archiveCollection,
  createCollection,
  deleteCollection,
  editCollection,
  removeFromCollection,
  renameCollection,
} from '../library/editCollections.ts'
import { inParts, stepwise } from '../library/inParts.ts'
import { arrangeCollection, moveCollection } from '../library/moveCollections.ts'
import { restoreCollection } from '../library/restoreCollection.ts'
import { summariseSelection } from '../library/summariseSelection.ts'
import type { EngineParts, Handlers } from './engineParts.ts'

/** Answers the requests of `organiseRequests`. */
export function organiseHandlers(parts: EngineParts): Handlers<typeof organiseRequests> {
  const { catalog, now } = parts
  const { collections } = catalog
  return {
    'collections.list': (input) => [...collections.list(input?.archived)],
    'collections.create': ({ name, parentId, ...details }) => createCollection(catalog, name, parentId, now(), details),
    'collections.rename': ({ id, name }) => renameCollection(catalog, id, name, now()),
    'collections.edit': ({ id, patch }) => editCollection(catalog, id, patch, now()),
    'collections.move': ({ id, parentId, before }) => moveCollection(catalog, id, parentId, before, now()),
    'collections.archive': ({ id, archived }) => archiveCollection(catalog, id, archived, now()),
    'collections.delete': ({ id }) => stepwise(catalog, () => deleteCollection(catalog, id, now())),
    'collections.deleted': () => collections.deleted().map(({ activity: _, ...collection }) => collection),
    'collections.restore': ({ id }) => restoreCollection(catalog, id, now()),
    'collections.duplicate': ({ id }) => duplicateCollection(catalog, id, now()),
    'collections.freeze': ({ id }) => stepwise(catalog, () => freezeCollection(catalog, id, now())),
    'collections.add': ({ id, assets }) =>
      inParts(catalog, assets, (some, part) => addToCollection(catalog, id, some, now(), part)),
    'collections.remove': ({ id, assets }) =>
      inParts(catalog, assets, (some, part) => removeFromCollection(catalog, id, some, now(), part)),
    'collections.arrange': (input) => arrangeCollection(catalog, input.id, input.assets, input.before, now()),
    'collections.counts': async ({ ids }) => [...(await countSmartCollections(catalog, ids, now()))],
    'assets.summary': ({ assets, stream }) => summariseSelection(catalog, parts.reader, assets, stream ?? null),
    'jobs.list': (page) => [...catalog.jobs.list(page)],
  }
}
