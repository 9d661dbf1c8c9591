import { join } from 'node:path'
import type { generationRequests } from '../../../shared/contract/requests/generationRequests.ts'
import { inParts } from '../library/inParts.ts'
import { assignJobs, assignOutputs } from '../library/requests/assignOutputs.ts'
import {
  cancelRequest,
  createRequest,
  deleteRequest,
  editRequest,
  restoreRequest,
} from '../library/requests/editRequests.ts'
import { addReferences, arrangeReferences, removeReferences } from '../library/requests/references.ts'
import { requireRequest } from '../library/requests/requireRequest.ts'
import type { EngineParts, Handlers } from './engineParts.ts'

const FOUND = 10
const USED_BY = 100

/** Answers the requests of `generationRequests`. */
export function generationRequestHandlers(parts: EngineParts): Handlers<typeof generationRequests> {
  const { catalog, now } = parts
  const { requests } = catalog
  return {
    'requests.list': (page) => [...requests.list(page ?? { limit: 100 })],
    'requests.get': ({ id }) => ({
      ...requireRequest(catalog, id),
      jobs: [...requests.jobs(id)],
      drop_folder: join(parts.info().dropFolder, id),
    }),
    'requests.find': ({ reference }) => [...requests.findByIdPrefix(reference.toLowerCase(), FOUND)],
    'requests.create': (input) => createRequest(catalog, input, now()),
    'requests.edit': ({ id, patch }) => editRequest(catalog, id, patch, now()),
    'requests.delete': ({ id }) => deleteRequest(catalog, id, now()),
    'requests.restore': ({ id }) => restoreRequest(catalog, id, now()),
    'requests.cancel': ({ id, cancelled }) => cancelRequest(catalog, id, cancelled, now()),
    'requests.addReferences': ({ id, references }) => addReferences(catalog, id, references, now()),
    'requests.removeReferences': ({ id, assets }) => removeReferences(catalog, id, assets, now()),
    'requests.arrangeReferences': ({ id, references, before }) =>
      arrangeReferences(catalog, id, references, before, now()),
    'requests.assignJobs': ({ id, jobs }) => assignJobs(catalog, id, jobs, now()),
    'requests.assignOutputs': ({ id, assets }) =>
      inParts(catalog, assets, (some, part) => assignOutputs(catalog, id, some, now(), part)),
    'requests.outputs': ({ id, limit, offset }) => ({
      rowIds: [...requests.outputs(id, limit, offset)],
      total: requireRequest(catalog, id).output_count,
    }),
    'requests.media': ({ id, expiresSeconds }) =>
      parts.sync.references.media(requireRequest(catalog, id), expiresSeconds),
    'requests.ofAsset': ({ id }) => {
      const { madeBy, usedBy } = requests.ofAsset(id, USED_BY)
      return { madeBy, usedBy: [...usedBy] }
    },
  }
}
