import type { LibraryId } from '../../src/shared/domain/ids.ts'
import { chanceFor, purposes, uuid } from './chance.ts'
import { DAY_MS, type LibrarySize } from './librarySize.ts'
import { type Burst, planBursts } from './planBursts.ts'
import { type PlannedCollection, planCollections } from './planCollections.ts'
import { type PlannedTag, planTags } from './planTags.ts'

/** All of a library but its assets. The same size gives the same plan, whatever the machine. */
export interface LibraryPlan extends LibrarySize {
  readonly library: LibraryId
  readonly device: string
  readonly owner: string
  readonly createdAt: number
  readonly tags: readonly PlannedTag[]
  readonly collections: readonly PlannedCollection[]
  /** In the order in which they were imported. */
  readonly bursts: readonly Burst[]
}

/** How long such a library has been in use, ms. */
const AGE_MS = 6 * 365 * DAY_MS

export function planLibrary(size: LibrarySize): LibraryPlan {
  const random = chanceFor(size.seed, purposes.plan, 0)
  const library = uuid(random) as LibraryId
  const createdAt = size.until - AGE_MS
  const tags = planTags(size, library, createdAt)
  const collections = planCollections(size, createdAt)
  return {
    ...size,
    library,
    device: uuid(random),
    owner: library,
    createdAt,
    tags,
    collections,
    bursts: planBursts(size, library, createdAt, tags, collections),
  }
}
