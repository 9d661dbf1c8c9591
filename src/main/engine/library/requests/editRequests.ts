import { randomUUID } from 'node:crypto'
import type { MutationResult } from '../../../../shared/contract/requests/requestMap.ts'
import {
  type GenerationRequest,
  type GenerationRequestId,
  requestIdSchema,
} from '../../../../shared/domain/generationRequest.ts'
import type { AssetId, CollectionId } from '../../../../shared/domain/ids.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { requireCollection } from '../keepAssets.ts'
import { promptLabel } from './promptLabel.ts'
import { linkReferences, requireReferences } from './references.ts'
import { noRequest, requireRequest } from './requireRequest.ts'

export interface NewRequest {
  readonly prompt: string
  readonly metadata?: GenerationRequest['input_metadata'] | undefined
  readonly collectionId?: CollectionId | undefined
  /** In their order; one that is named twice is one. */
  readonly references?: readonly AssetId[] | undefined
}

/**
 * Writes down what a person asks a generator for. `now` in ms, here and below. Throws `not_found` for a collection or a
 * reference that does not exist, `invalid_request` for too many references.
 */
export function createRequest(
  catalog: Catalog,
  { prompt, metadata, collectionId, references = [] }: NewRequest,
  now: number,
): { readonly request: GenerationRequest; readonly result: MutationResult } {
  if (collectionId !== undefined) requireCollection(catalog, collectionId)
  const assets = requireReferences(catalog, references, 0)
  const id = requestIdSchema.parse(randomUUID())
  const label = () => `Created the request ${promptLabel(prompt)}`
  const result = catalog.mutate({ kind: 'request-create', label, undoable: true, now }, (writer) => {
    writer.set('generationRequest', id, '', {
      collection_id: collectionId ?? null,
      user_prompt: prompt,
      input_metadata: JSON.stringify(metadata ?? {}),
      status: 'pending',
      created_at: now,
      updated_at: now,
      // Made as deleted and brought to life as a change of its own, so that undo has a cell to set back.
      deleted_at: now,
    })
    writer.set('generationRequest', id, 'deleted_at', null)
    linkReferences(writer, id, assets, null, now)
  })
  return { request: requireRequest(catalog, id), result }
}

export interface RequestPatch {
  readonly prompt?: string | undefined
  /** Replaces all of it. */
  readonly metadata?: GenerationRequest['input_metadata'] | undefined
  /** Null: in none. */
  readonly collectionId?: CollectionId | null | undefined
}

/** Changes what is asked for. Throws `not_found` for the request or the collection. */
export function editRequest(
  catalog: Catalog,
  id: GenerationRequestId,
  { prompt, metadata, collectionId }: RequestPatch,
  now: number,
): MutationResult {
  const { user_prompt } = requireRequest(catalog, id)
  if (collectionId != null) requireCollection(catalog, collectionId)
  const label = () => `Edited the request ${promptLabel(prompt ?? user_prompt)}`
  return catalog.mutate({ kind: 'request-edit', label, undoable: true, now }, (writer) => {
    if (prompt !== undefined) writer.set('generationRequest', id, 'user_prompt', prompt)
    if (metadata !== undefined) writer.set('generationRequest', id, 'input_metadata', JSON.stringify(metadata))
    if (collectionId !== undefined) writer.set('generationRequest', id, 'collection_id', collectionId)
  })
}

/** Deletes a request, never its references, jobs or outputs; they are its own again when it is restored. Throws `not_found`. */
export function deleteRequest(catalog: Catalog, id: GenerationRequestId, now: number): MutationResult {
  const { user_prompt } = requireRequest(catalog, id)
  const label = () => `Deleted the request ${promptLabel(user_prompt)}`
  return catalog.mutate({ kind: 'request-delete', label, undoable: true, now }, (writer) =>
    writer.set('generationRequest', id, 'deleted_at', now),
  )
}

/** Brings a deleted request back; one that is there stays as it is. Throws `not_found`. */
export function restoreRequest(catalog: Catalog, id: GenerationRequestId, now: number): MutationResult {
  if (catalog.requests.isDeleted(id) === undefined) throw noRequest(id)
  return catalog.mutate({ kind: 'request-restore', label: () => 'Restored a request', undoable: true, now }, (writer) =>
    writer.set('generationRequest', id, 'deleted_at', null),
  )
}

/**
 * Says that nothing more is wanted of a request, or takes that back. The generator knows nothing of it: files that still
 * come are taken in as ever. Throws `not_found`.
 */
export function cancelRequest(
  catalog: Catalog,
  id: GenerationRequestId,
  cancelled: boolean,
  now: number,
): MutationResult {
  const { user_prompt, status } = requireRequest(catalog, id)
  const label = () => `${cancelled ? 'Cancelled' : 'Reopened'} the request ${promptLabel(user_prompt)}`
  return catalog.mutate({ kind: 'request-cancel', label, undoable: true, now }, (writer) => {
    if (cancelled !== (status === 'cancelled'))
      writer.set('generationRequest', id, 'status', cancelled ? 'cancelled' : 'pending')
  })
}
