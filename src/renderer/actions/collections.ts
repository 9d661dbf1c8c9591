import type { RequestInput } from '../../shared/contract/requests.ts'
import type { Collection } from '../../shared/domain/collection.ts'
import type { AssetId, CollectionId } from '../../shared/domain/ids.ts'
import { request } from '../api/client.ts'
import { useBrowse } from '../state/browse.ts'
import type { RowIds } from '../state/rowSet.ts'
import { showToast } from '../state/toasts.ts'
import { actions } from '../strings/actions.ts'
import { mutate } from './mutate.ts'
import { targets } from './targets.ts'

/** Makes a collection, in another one if that is given; null when that failed and a person has been told. */
export async function createCollection(name: string, parentId?: CollectionId): Promise<Collection | null> {
  let created: Collection | null = null
  await mutate(async () => {
    const { collection, result } = await request('collections.create', {
      name,
      ...(parentId === undefined ? {} : { parentId }),
    })
    created = collection
    return result
  })
  return created
}

export async function renameCollection(id: CollectionId, name: string): Promise<boolean> {
  return (await mutate(() => request('collections.rename', { id, name }))) !== null
}

/** Changes its description or its cover (null: the program chooses one again). */
export async function editCollection(
  id: CollectionId,
  patch: RequestInput<'collections.edit'>['patch'],
): Promise<boolean> {
  return (await mutate(() => request('collections.edit', { id, patch }))) !== null
}

/** Makes an asset the cover of a collection. */
export async function setCover(id: CollectionId, cover: AssetId): Promise<void> {
  await editCollection(id, { cover })
}

/** Puts it below another one (null: at the top), before a sibling (null: at the end). */
export async function moveCollection(
  id: CollectionId,
  parentId: CollectionId | null,
  before: CollectionId | null,
): Promise<void> {
  await mutate(() => request('collections.move', { id, parentId, before }))
}

export async function archiveCollection(id: CollectionId, archived: boolean): Promise<void> {
  await mutate(() => request('collections.archive', { id, archived }))
}

/** Brings a deleted collection back with what it held. @returns whether that was possible; a person has been told */
export async function restoreCollection(id: CollectionId): Promise<boolean> {
  return (await mutate(() => request('collections.restore', { id }))) !== null
}

export async function duplicateCollection(id: CollectionId): Promise<void> {
  await mutate(async () => (await request('collections.duplicate', { id })).result)
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

/** Puts assets of a collection before another of its assets (null: at the end), in the order made by hand. */
export async function arrangeCollection(id: CollectionId, rowIds: RowIds, before: number | null): Promise<void> {
  await mutate(() => request('collections.arrange', { id, assets: { rowIds }, before }))
}
