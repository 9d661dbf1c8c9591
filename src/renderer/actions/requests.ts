import {
  type GenerationRequest,
  type GenerationRequestId,
  MOST_REFERENCES,
} from '../../shared/domain/generationRequest.ts'
import type { AssetId, CollectionId, GenerationJobId } from '../../shared/domain/ids.ts'
import { messageOf, request } from '../api/client.ts'
import { cards } from '../queries/cards.ts'
import { findEverywhere, useBrowse } from '../state/browse.ts'
import { newRequest, pickRequest, showRequest } from '../state/requests.ts'
import { showToast } from '../state/toasts.ts'
import { openViewer } from '../state/viewer.ts'
import { actions } from '../strings/actions.ts'
import { requests as strings } from '../strings/requests.ts'
import { copyText } from './assets.ts'
import { mutate, reportError } from './mutate.ts'
import { targets } from './targets.ts'

/** What a person says of a request. */
export interface RequestDraft {
  readonly prompt: string
  readonly metadata: GenerationRequest['input_metadata']
  readonly collectionId: CollectionId | null
}

/**
 * Makes a request and shows it.
 * @param rowIds its references, in their order
 * @returns why it was refused, null when it is there
 */
export async function createRequest(draft: RequestDraft, rowIds: readonly number[]): Promise<string | null> {
  try {
    const { prompt, metadata, collectionId } = draft
    const made = await request('requests.create', {
      prompt,
      metadata,
      ...(collectionId === null ? {} : { collectionId }),
      references: await idsOf(rowIds),
    })
    await mutate(() => Promise.resolve(made.result))
    showRequest(made.request.id)
    return null
  } catch (thrown) {
    return messageOf(thrown)
  }
}

/** @returns why the change was refused, null when it is done */
export async function changeRequest(id: GenerationRequestId, draft: RequestDraft): Promise<string | null> {
  try {
    const result = await request('requests.edit', { id, patch: { ...draft } })
    await mutate(() => Promise.resolve(result))
    return null
  } catch (thrown) {
    return messageOf(thrown)
  }
}

/** Its outputs and jobs stay. */
export async function deleteRequest(id: GenerationRequestId): Promise<void> {
  await mutate(() => request('requests.delete', { id }))
}

/** Notes that nothing more is wanted, or takes the note back. */
export async function cancelRequest(id: GenerationRequestId, cancelled: boolean): Promise<void> {
  await mutate(() => request('requests.cancel', { id, cancelled }))
}

export async function addReferences(id: GenerationRequestId, rowIds: readonly number[]): Promise<void> {
  await mutate(async () => request('requests.addReferences', { id, references: await idsOf(rowIds) }))
}

export async function removeReference(id: GenerationRequestId, reference: AssetId): Promise<void> {
  await mutate(() => request('requests.removeReferences', { id, assets: { ids: [reference] } }))
}

/** Puts a reference before another; null: to the end. */
export async function moveReference(
  id: GenerationRequestId,
  reference: AssetId,
  before: AssetId | null,
): Promise<boolean> {
  const moved = await mutate(() => request('requests.arrangeReferences', { id, references: [reference], before }))
  return moved !== null
}

/** Makes a job a run of a request, or of none. */
export async function assignJob(id: GenerationRequestId | null, job: GenerationJobId): Promise<void> {
  await mutate(() => request('requests.assignJobs', { id, jobs: [job] }))
}

/** Says of assets that they came of a request. */
export async function assignOutputs(id: GenerationRequestId | null, rowIds: readonly number[]): Promise<void> {
  await mutate(() => request('requests.assignOutputs', { id, assets: { rowIds: [...rowIds] } }))
}

/** Opens the folder in which a generator works on the request; makes it if it is not there yet. */
export async function openRequestFolder(id: GenerationRequestId): Promise<void> {
  await request('shell.openRequestFolder', { id }).catch(reportError)
}

/** Puts the prompt on the clipboard. */
export async function copyPrompt(prompt: string): Promise<void> {
  await copyText(prompt, strings.thePrompt)
}

/** Searches for what came of a request. */
export function showOutputs(id: GenerationRequestId): void {
  findEverywhere('request', id)
}

/** Opens the viewer over the screen of requests, among the outputs of a request or among everything. */
export function viewFromRequests(rowId: number, outputsOf: GenerationRequestId | null): void {
  // The viewer moves through the view behind it, so that one has to have the asset.
  useBrowse.setState({ view: { kind: 'everything' }, text: outputsOf === null ? '' : `request:${outputsOf}` })
  openViewer(rowId)
}

/** Asks which request the selection is for, or came of. */
export function askForRequest(kind: 'references' | 'outputs'): void {
  const rowIds = [...targets()]
  if (rowIds.length === 0) showToast({ message: actions.nothingSelected })
  else if (kind === 'references' && rowIds.length > MOST_REFERENCES) tooMany()
  else pickRequest({ kind, rowIds })
}

/** A new request with what is selected as its references. */
export function newRequestFromSelection(): void {
  const rowIds = [...targets()]
  if (rowIds.length > MOST_REFERENCES) tooMany()
  else newRequest(rowIds)
}

function tooMany(): void {
  showToast({ message: strings.tooManyReferences(MOST_REFERENCES) })
}

async function idsOf(rowIds: readonly number[]): Promise<AssetId[]> {
  return (await cards.load(rowIds)).map(({ id }) => id)
}
