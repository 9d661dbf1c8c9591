import { create } from 'zustand'
import type { Collection } from '../../shared/domain/collection.ts'
import { openDialog } from './panels.ts'

/** What the dialog about a smart collection is about. */
export const useSmartDialog = create<{
  /** The collection whose search is edited, null for a new one. */
  readonly collection: Collection | null
  /** What the dialog starts with. */
  readonly query: string
}>()(() => ({ collection: null, query: '' }))

/** Opens the dialog that makes a smart collection of a search. */
export function saveSearch(query: string): void {
  useSmartDialog.setState({ collection: null, query })
  openDialog('smart-collection')
}

/** Opens the dialog that changes the search of a smart collection. */
export function editSearchOf(collection: Collection): void {
  useSmartDialog.setState({ collection, query: collection.query ?? '' })
  openDialog('smart-collection')
}
