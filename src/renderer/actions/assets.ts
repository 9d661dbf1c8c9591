import type { MutationResult } from '../../shared/contract/requests/requestMap.ts'
import type { AssetPatch } from '../../shared/domain/asset.ts'
import type { CollectionId } from '../../shared/domain/ids.ts'
import { request } from '../api/client.ts'
import { cards } from '../queries/cards.ts'
import type { RowIds } from '../state/rowSet.ts'
import { showToast } from '../state/toasts.ts'
import { actions } from '../strings/actions.ts'
import { mutate, reportError } from './mutate.ts'
import { bringHere } from './originals.ts'
import { targets } from './targets.ts'

/** Looked at to decide whether "favourite" sets or clears. */
const SAMPLE = 1_000

type Change = (rowIds: RowIds) => Promise<MutationResult>

async function changeTargets(rowIds: RowIds, change: Change, nothingChanged?: string): Promise<void> {
  if (rowIds.length === 0) {
    showToast({ message: actions.nothingSelected })
    return
  }
  await mutate(() => change(rowIds), nothingChanged)
}

/** Workspace → Library, into a collection if one is named. */
export function keep(rowIds: RowIds = targets(), collectionId?: CollectionId): Promise<void> {
  const into = collectionId === undefined ? {} : { collectionId }
  return changeTargets(
    rowIds,
    (ids) => request('assets.keep', { assets: { rowIds: ids }, ...into }),
    actions.nothingToKeep,
  )
}

/** Workspace → Trash. */
export function discard(rowIds: RowIds = targets()): Promise<void> {
  return changeTargets(
    rowIds,
    (ids) => request('assets.discard', { assets: { rowIds: ids } }),
    actions.nothingToDiscard,
  )
}

/** Anything → Trash. */
export function trash(rowIds: RowIds = targets()): Promise<void> {
  return changeTargets(rowIds, (ids) => request('assets.trash', { assets: { rowIds: ids } }))
}

/** Trash → where it was. */
export function restore(rowIds: RowIds = targets()): Promise<void> {
  return changeTargets(rowIds, (ids) => request('assets.restore', { assets: { rowIds: ids } }))
}

/** Reads files again whose thumbnail or facts could not be made. */
export function retryAssets(rowIds: RowIds = targets()): Promise<void> {
  return changeTargets(rowIds, (ids) => request('assets.retry', { assets: { rowIds: ids } }))
}

/** Changes fields that a person may edit, of all targets alike. */
export function edit(patch: AssetPatch, rowIds: RowIds = targets()): Promise<void> {
  return changeTargets(rowIds, (ids) => request('assets.edit', { assets: { rowIds: ids }, patch }))
}

/** 0 to 5 stars. */
export function rate(rating: number, rowIds: RowIds = targets()): Promise<void> {
  return edit({ rating }, rowIds)
}

/** One star more or less for each of the targets, whatever it has. */
export function changeRating(by: 1 | -1, rowIds: RowIds = targets()): Promise<void> {
  return edit({ rating_change: by }, rowIds)
}

/** Makes all targets favourites, or none when all of them are. */
export async function toggleFavorite(rowIds: RowIds = targets()): Promise<void> {
  try {
    const sample = await cards.load([...rowIds.subarray(0, SAMPLE)])
    await edit({ is_favorite: !sample.every((card) => card.is_favorite) }, rowIds)
  } catch (thrown) {
    reportError(thrown)
  }
}

/** Opens the system's file manager on the original. */
export async function showInFolder(rowId: number): Promise<void> {
  try {
    const [card] = await cards.load([rowId])
    if (card === undefined || (await bringHere(Int32Array.of(rowId))) === 0) return
    await request('shell.showInFolder', { id: card.id })
  } catch (thrown) {
    reportError(thrown)
  }
}

/** Puts a text on the clipboard and says so. */
export async function copyText(text: string, what: string): Promise<void> {
  try {
    await request('shell.copyText', { text })
    showToast({ message: actions.copied(what) })
  } catch (thrown) {
    reportError(thrown)
  }
}
