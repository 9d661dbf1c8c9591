import type { Collection } from '../../shared/domain/collection.ts'
import type { CollectionId } from '../../shared/domain/ids.ts'
import { request } from '../api/client.ts'
import { useBrowse } from '../state/browse.ts'
import type { RowIds } from '../state/rowSet.ts'
import { showToast } from '../state/toasts.ts'
import { actions } from '../strings/actions.ts'
import { mutate } from './mutate.ts'
import { targets } from './targets.ts'

/** Makes a collection; null when that failed and a person has been told. */
export async function createCollection(name: string): Promise<Collection | null> {
  let created: Collection | null = null
  await mutate(async () => {
    const { collection, result } = await request('collections.create', { name })
    created = collection
    return result
  })
  return created
}

export async function renameCollection(id: CollectionId, name: string): Promise<boolean> {
  return (await mutate(() => request('collections.rename', { id, name }))) !== null
}

/** Deletes the collection; its assets stay. A window that shows it goes to the Library. */
export async function deleteCollection(id: CollectionId): Promise<void> {
  const result = await mutate(() => request('collections.delete', { id }))
  const { view } = useBrowse.getState()
  if (result !== null && view.kind === 'collection' && view.collectionId === id) {
    useBrowse.setState({ view: { kind: 'library' }, text: '' })
  }
}

export async function addToCollection(id: CollectionId, rowIds: RowIds = targets()): Promise<void> {
  if (rowIds.length === 0) showToast({ message: actions.nothingSelected })
  else await mutate(() => request('collections.add', { id, assets: { rowIds } }))
}

export async function removeFromCollection(id: CollectionId, rowIds: RowIds = targets()): Promise<void> {
  if (rowIds.length > 0) await mutate(() => request('collections.remove', { id, assets: { rowIds } }))
}
