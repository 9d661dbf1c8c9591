import type { CollectionId } from '../../shared/domain/ids.ts'
import { messageOf, request } from '../api/client.ts'
import { openView } from '../state/browse.ts'
import { mutate } from './mutate.ts'

/**
 * Makes a smart collection and goes to it.
 * @returns why it was refused, null when it is there
 */
export async function createSmartCollection(name: string, query: string): Promise<string | null> {
  try {
    const { collection, result } = await request('collections.create', { name, query })
    await mutate(() => Promise.resolve(result))
    openView({ kind: 'collection', collectionId: collection.id })
    return null
  } catch (thrown) {
    return messageOf(thrown)
  }
}

/**
 * Changes what a smart collection looks for.
 * @returns why it was refused, null when it is changed
 */
export async function changeSmartQuery(id: CollectionId, query: string): Promise<string | null> {
  try {
    const result = await request('collections.edit', { id, patch: { query } })
    await mutate(() => Promise.resolve(result))
    return null
  } catch (thrown) {
    return messageOf(thrown)
  }
}

/** What the smart collection holds now stays in it; its search is forgotten. */
export async function freezeCollection(id: CollectionId): Promise<void> {
  await mutate(() => request('collections.freeze', { id }))
}
