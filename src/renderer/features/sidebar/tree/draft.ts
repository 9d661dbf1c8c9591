import type { TreeItem } from './treeRows.ts'

/** The id of a line that has no name yet. */
export const DRAFT = 'draft'

/**
 * The items with a place for a new one: first in its parent, or at the top level first or last.
 * @param draft one with the id `DRAFT` and the parent it is to have
 */
export function withDraft<T extends TreeItem>(items: readonly T[], draft: T, atTop: 'first' | 'last'): readonly T[] {
  if (draft.parent_id === null) return atTop === 'first' ? [draft, ...items] : [...items, draft]
  const at = items.findIndex(({ id }) => id === draft.parent_id) + 1
  return at === 0 ? items : [...items.slice(0, at), draft, ...items.slice(at)]
}
