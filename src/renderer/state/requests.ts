import { create } from 'zustand'
import type { GenerationRequest, GenerationRequestId } from '../../shared/domain/generationRequest.ts'
import type { GenerationJobId } from '../../shared/domain/ids.ts'
import { openScreen } from './browse.ts'
import { openDialog } from './panels.ts'

/** What a person chooses a request for. Rows are assets. */
export type RequestPurpose =
  | { readonly kind: 'references' | 'outputs'; readonly rowIds: readonly number[] }
  | { readonly kind: 'job'; readonly job: GenerationJobId; readonly folder: string; readonly assigned: boolean }

export interface RequestsShown {
  /** The request that the screen was opened for. */
  readonly wanted: GenerationRequestId | null
  /** What the dialog edits; null for a new one. */
  readonly edited: GenerationRequest | null
  /** Assets that a new one begins with. */
  readonly references: readonly number[]
  readonly purpose: RequestPurpose | null
  /** Whose references are to be given to a generator. */
  readonly given: GenerationRequestId | null
}

export const useRequests = create<RequestsShown>()(() => ({
  wanted: null,
  edited: null,
  references: [],
  purpose: null,
  given: null,
}))

/** Opens the screen on one request. */
export function showRequest(id: GenerationRequestId): void {
  useRequests.setState({ wanted: id })
  openScreen('requests')
}

/** Opens the dialog for a new request that looks at these assets. */
export function newRequest(references: readonly number[]): void {
  useRequests.setState({ edited: null, references })
  openDialog('generation-request')
}

export function editRequest(request: GenerationRequest): void {
  useRequests.setState({ edited: request, references: [] })
  openDialog('generation-request')
}

/** Lets a person choose a request. */
export function pickRequest(purpose: RequestPurpose): void {
  useRequests.setState({ purpose })
  openDialog('request-picker')
}

/** Shows where a generator finds the references of a request. */
export function showReferenceMedia(id: GenerationRequestId): void {
  useRequests.setState({ given: id })
  openDialog('request-media')
}
