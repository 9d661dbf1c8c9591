import type { AssetId, CollectionId } from '../../shared/domain/ids.ts'
import { request } from '../api/client.ts'
import { cards } from '../queries/cards.ts'
import type { RowIds } from '../state/rowSet.ts'
import { dismissToast, showToast } from '../state/toasts.ts'
import { actions } from '../strings/actions.ts'
import { originals as strings } from '../strings/originals.ts'
import { reportError } from './mutate.ts'
import { targets } from './targets.ts'

/** What `sync.fetch` takes. */
const MOST = 10_000
/** Assets whose state is looked up at once. */
const LOOKED_AT = 1_000

/** Brings the originals of assets to this computer that are only in the bucket, and says what came of it. */
export async function fetchOriginals(rowIds: RowIds = targets()): Promise<void> {
  if (rowIds.length === 0) return void showToast({ message: actions.nothingSelected })
  if (rowIds.length > MOST) return void showToast({ message: strings.tooMany(MOST) })
  try {
    const fetched = await bringHere(rowIds)
    if (fetched === 'here') showToast({ message: strings.allHere(rowIds.length) })
    else if (fetched > 0) showToast({ message: strings.fetched(fetched) })
  } catch (thrown) {
    reportError(thrown)
  }
}

/**
 * Fetches those of some assets that are only in the bucket; a person is told of those that could not be had.
 * @returns how many came; `here` when there was nothing to fetch
 */
export async function bringHere(rowIds: RowIds): Promise<number | 'here'> {
  const away = await onlyInBucket(rowIds)
  if (away.length === 0) return 'here'
  const notice = showToast({ message: strings.fetching(away.length) })
  try {
    const { fetched, here, failed } = await request('sync.fetch', { ids: away })
    const [failure] = failed
    if (failure) showToast({ message: strings.failed(failed.length, failure.message), tone: 'bad' })
    return fetched.length + here.length
  } finally {
    dismissToast(notice)
  }
}

/** Removes originals from this computer that the bucket holds, and says what stays and why. */
export async function freeUpSpace(rowIds: RowIds = targets()): Promise<void> {
  if (rowIds.length === 0) return void showToast({ message: actions.nothingSelected })
  if (rowIds.length > MOST) return void showToast({ message: strings.tooManyToFree(MOST) })
  const ids = (await cards.load([...rowIds])).map(({ id }) => id)
  if (ids.length === 0) return
  const notice = showToast({ message: strings.freeing(ids.length) })
  try {
    const { evicted, bytes, kept, failed } = await request('originals.evict', { ids })
    const [failure] = failed
    const [first] = kept
    if (failure) showToast({ message: strings.notFreed(failed.length, failure.message), tone: 'bad' })
    else if (evicted.length > 0) showToast({ message: strings.freed(evicted.length, bytes) })
    if (first) showToast({ message: strings.stays(kept.length, first.reason) })
  } catch (thrown) {
    reportError(thrown)
  } finally {
    dismissToast(notice)
  }
}

/** Keeps the originals of a collection, and of all that is below it, on this computer, or lets them go. */
export async function pinCollection(id: CollectionId, name: string, pinned: boolean): Promise<void> {
  try {
    await request('collections.pin', { id, pinned })
    showToast({ message: pinned ? strings.pinned(name) : strings.unpinned(name) })
  } catch (thrown) {
    reportError(thrown)
  }
}

/** A part at a time: cards of more than are kept in memory would push each other out. */
async function onlyInBucket(rowIds: RowIds): Promise<AssetId[]> {
  const found: AssetId[] = []
  for (let at = 0; at < rowIds.length; at += LOOKED_AT) {
    for (const { id, sync_state } of await cards.load([...rowIds.subarray(at, at + LOOKED_AT)])) {
      if (sync_state === 'cloud-only' || sync_state === 'downloading') found.push(id)
    }
  }
  return found
}
