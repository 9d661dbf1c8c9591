import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { GenerationRequest, GenerationRequestId } from '../../../../shared/domain/generationRequest.ts'
import type { Catalog } from '../../catalog/catalog.ts'

/** The request with this id. Throws `not_found`. */
export function requireRequest(catalog: Catalog, id: GenerationRequestId): GenerationRequest {
  const request = catalog.requests.get(id)
  if (request === undefined) throw noRequest(id)
  return request
}

export function noRequest(id: GenerationRequestId): VitrineError {
  return new VitrineError('not_found', 'That request does not exist any more.', { id })
}
