import type { CollectionId } from '../../../../shared/domain/ids.ts'
import type { View } from '../../../../shared/domain/query.ts'

const PRESENT = 1
const LIBRARY = 2
const DELETED = 4
const FAVORITE = 8
const UNTAGGED = 16
const UNSORTED = 32
const RATING_AT = 6
const TYPE_AT = 9

/**
 * SQL that gives the flags of an asset: what it is, its rating, and its type, by the first letter of its name, which no
 * other type has.
 */
export const FLAGS = `1 + 2 * (space = 'library') + 4 * (deleted_at IS NOT NULL) + 8 * is_favorite + 16 * (tag_count = 0) + 32 * (membership_count = 0) + ${1 << RATING_AT} * rating + ${1 << TYPE_AT} * (unicode(asset_type) & 31)`

/** One past the highest flags. */
export const FLAGS_END = 1 << (TYPE_AT + 5)

/** What flags say of an asset. */
export const said = {
  library: (flags: number) => (flags & LIBRARY) !== 0,
  deleted: (flags: number) => (flags & DELETED) !== 0,
  favorite: (flags: number) => (flags & FAVORITE) !== 0,
  untagged: (flags: number) => (flags & UNTAGGED) !== 0,
  uncollected: (flags: number) => (flags & UNSORTED) !== 0,
  rating: (flags: number) => (flags >> RATING_AT) & 7,
  /** The first letter of its type, from 1 for “a”. */
  typeLetter: (flags: number) => flags >> TYPE_AT,
  ofType: (flags: number, type: string) => flags >> TYPE_AT === (type.charCodeAt(0) & 31),
} as const

/** Rows whose flags under `mask` are `value`. */
export interface FlagPattern {
  readonly mask: number
  readonly value: number
}

/** Everything that is not in Trash. */
export const liveFlags: FlagPattern = { mask: PRESENT | DELETED, value: PRESENT }

/** What is kept, and not in Trash. */
export const libraryFlags: FlagPattern = { mask: PRESENT | DELETED | LIBRARY, value: PRESENT | LIBRARY }

/** Which rows a view has, as a pattern of their flags; null for a view that only SQL can tell. */
export function viewFlags(view: View, unsorted: CollectionId): FlagPattern | null {
  const live = (mask: number, value: number) => ({ mask: PRESENT | DELETED | mask, value: PRESENT | value })
  switch (view.kind) {
    case 'workspace':
      return view.jobId === undefined && view.session === undefined ? live(LIBRARY, 0) : null
    case 'library':
      return libraryFlags
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
