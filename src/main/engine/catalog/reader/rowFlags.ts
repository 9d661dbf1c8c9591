import type { CollectionId } from '../../../../shared/domain/ids.ts'
import type { View } from '../../../../shared/domain/query.ts'

const PRESENT = 1
const LIBRARY = 2
const DELETED = 4
const FAVORITE = 8
const UNTAGGED = 16
const UNSORTED = 32

/** SQL that gives the flags of an asset. */
export const FLAGS = `1 + 2 * (space = 'library') + 4 * (deleted_at IS NOT NULL) + 8 * is_favorite + 16 * (tag_count = 0) + 32 * (membership_count = 0)`

/** Rows whose flags under `mask` are `value`. */
export interface FlagPattern {
  readonly mask: number
  readonly value: number
}

/** Everything that is not in Trash. */
export const liveFlags: FlagPattern = { mask: PRESENT | DELETED, value: PRESENT }

/** Which rows a view has, as a pattern of their flags; null for a view that only SQL can tell. */
export function viewFlags(view: View, unsorted: CollectionId): FlagPattern | null {
  const live = (mask: number, value: number) => ({ mask: PRESENT | DELETED | mask, value: PRESENT | value })
  switch (view.kind) {
    case 'workspace':
      return view.jobId === undefined && view.session === undefined ? live(LIBRARY, 0) : null
    case 'library':
      return live(LIBRARY, LIBRARY)
    case 'favorites':
      return live(LIBRARY | FAVORITE, LIBRARY | FAVORITE)
    case 'untagged':
      return live(LIBRARY | UNTAGGED, LIBRARY | UNTAGGED)
    case 'collection':
      return view.collectionId === unsorted ? live(LIBRARY | UNSORTED, LIBRARY | UNSORTED) : null
    case 'everything':
      return liveFlags
    case 'trash':
      return { mask: PRESENT | DELETED, value: PRESENT | DELETED }
    default:
      return null
  }
}
