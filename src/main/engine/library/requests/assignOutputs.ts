import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { MutationResult } from '../../../../shared/contract/requests/requestMap.ts'
import type { AssetSelection } from '../../../../shared/domain/asset.ts'
import type { GenerationRequestId } from '../../../../shared/domain/generationRequest.ts'
import type { GenerationJobId } from '../../../../shared/domain/ids.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { countAssets } from '../countLabel.ts'
import { groupOf, type Part } from '../inParts.ts'
import { promptLabel } from './promptLabel.ts'
import { requireRequest } from './requireRequest.ts'

/**
 * Makes jobs runs of a request (null: of none): what came of them and what will come is its output. `now` in ms, here and
 * below. Throws `not_found` for the request or a job.
 */
export function assignJobs(
  catalog: Catalog,
  request: GenerationRequestId | null,
  ids: readonly GenerationJobId[],
  now: number,
): MutationResult {
  const where = placeOf(catalog, request)
  const jobs = [...new Set(ids)].map((id) => {
    const job = catalog.jobs.get(id)
    if (job === undefined) throw new VitrineError('not_found', 'That job does not exist any more.', { id })
    return job
  })
  const [first] = jobs
  const what = jobs.length === 1 && first ? `the job “${first.folder}”` : `${jobs.length} jobs`
  const label = () => `${request === null ? 'Took' : 'Assigned'} ${what} ${where}`
  return catalog.mutate({ kind: 'request-jobs', label, undoable: true, now }, (writer) => {
    for (const { id } of jobs) writer.set('generationJob', id, 'request_id', request)
  })
}

/**
 * Makes assets outputs of a request (null: of none but their job's), for what came without a job. Throws `not_found` for
 * the request.
 */
export function assignOutputs(
  catalog: Catalog,
  request: GenerationRequestId | null,
  selection: AssetSelection,
  now: number,
  part?: Part,
): MutationResult {
  const where = placeOf(catalog, request)
  const label = (count: number) => `${request === null ? 'Took' : 'Assigned'} ${countAssets(count)} ${where}`
  return catalog.mutate({ kind: 'request-outputs', label, undoable: true, now, ...groupOf(part) }, (writer) =>
    writer.setMany('request_id', catalog.assets.resolve(selection), request),
  )
}

function placeOf(catalog: Catalog, request: GenerationRequestId | null): string {
  return request === null
    ? 'out of its request'
    : `to the request ${promptLabel(requireRequest(catalog, request).user_prompt)}`
}
