import { derivedId } from '../../src/main/engine/catalog/derivedId.ts'
import type { LibraryId } from '../../src/shared/domain/ids.ts'
import type { Random } from '../demo-art/random.ts'
import { chanceFor, heavyTailed, purposes, uuidAt, weighted, zipf } from './chance.ts'
import { drawSetup, type Setup } from './generations.ts'
import { DAY_MS, type LibrarySize } from './librarySize.ts'
import type { PlannedCollection } from './planCollections.ts'
import type { PlannedTag } from './planTags.ts'

export type BurstKind = 'generated' | 'camera' | 'download' | 'film' | 'sound' | 'documents' | 'parts'

/** Files that came together: a session with a generator, a card of a camera, a folder of references. */
export interface Burst {
  readonly number: number
  readonly kind: BurstKind
  readonly count: number
  /** When the first was imported, ms, and how much later each further one was. */
  readonly at: number
  readonly stepMs: number
  readonly importId: string
  /** Folder that the files came from. */
  readonly source: string
  readonly setup: Setup | null
  readonly job: { readonly id: string; readonly folder: string; readonly requestId: string | null } | null
  readonly collectionId: string | null
  readonly tagIds: readonly string[]
  /** Of how many of its assets something was noted by hand. */
  readonly care: number
  /** How it became what it is: still in the Workspace, kept from there, or imported into the library at once. */
  readonly space: 'workspace' | 'kept' | 'library'
}

/** What has come in the last days, before anything in the Workspace expires, and how much of everything that is. */
const WORKSPACE_DAYS = 6
const FRESH = 0.025

/** Bursts until there are as many files as wanted: the later the more, in the evenings, most of them small. */
export function planBursts(
  { assets, seed, until }: LibrarySize,
  library: LibraryId,
  createdAt: number,
  tags: readonly PlannedTag[],
  collections: readonly PlannedCollection[],
): readonly Burst[] {
  const random = chanceFor(seed, purposes.burst, 0)
  const most = Math.max(12, Math.min(5_000, Math.floor(assets / 20)))
  const sizes: number[] = []
  for (let left = assets; left > 0; ) {
    const size = Math.min(left, heavyTailed(random, 1, most, 1.55))
    sizes.push(size)
    left -= size
  }
  const fresh = Math.max(2, Math.round(sizes.length * FRESH))
  const beginning = until - WORKSPACE_DAYS * DAY_MS
  const times = sizes
    .map((_, number) => momentOf(random, number < fresh ? beginning : createdAt, until))
    .sort((a, b) => a - b)
  const manual = collections.filter(({ query }) => query === null)
  const pickTag = zipf(tags.length, 1.05)
  const pickCollection = zipf(manual.length, 1.1)
  return sizes.map((count, number): Burst => {
    const at = times[number] ?? createdAt
    const kind = weighted<BurstKind>(random, kinds)
    const stepMs = kind === 'generated' ? random.whole(40, 9_000) : random.whole(15, 300)
    const isRecent = at > beginning
    const space = isRecent && random.chance(0.7) ? 'workspace' : random.chance(0.25) ? 'kept' : 'library'
    const folder = `${new Date(at).toISOString().slice(0, 10)} ${kind} ${number}`
    const isJob = kind === 'generated' && random.chance(0.3)
    const collection = space !== 'workspace' && random.chance(0.68) ? manual[pickCollection(random)] : undefined
    const tagCount = random.chance(0.38) ? 0 : random.whole(1, 3)
    return {
      number,
      kind,
      count,
      at,
      stepMs: Math.max(1, Math.min(stepMs, Math.floor((until - at) / (count + 1)))),
      importId: uuidAt(random, at),
      source: isJob ? folder : `${folder} incoming`,
      setup: kind === 'generated' || kind === 'film' ? drawSetup(random) : null,
      job: isJob
        ? {
            id: derivedId(library, 'generation-job', folder),
            folder,
            requestId: random.chance(0.4) ? uuidAt(random, at) : null,
          }
        : null,
      // A collection can't hold what came before it was made.
      collectionId: collection !== undefined && collection.createdAt < at ? collection.id : null,
      tagIds: [...new Set(Array.from({ length: tagCount }, () => pickTag(random)))].flatMap(
        (index) => tags[index]?.id ?? [],
      ),
      care: random.chance(0.3) ? random.between(0.05, 0.6) : 0.02,
      space,
    }
  })
}

const kinds = [
  ['generated', 62],
  ['camera', 20],
  ['download', 9],
  ['film', 4],
  ['sound', 2],
  ['documents', 2],
  ['parts', 1],
] as const

/** Denser towards the end, on weekends and in the evening. */
function momentOf(random: Random, from: number, until: number): number {
  const last = until - 6 * 3_600_000
  const at = from + (last - from) * Math.sqrt(random.next())
  const day = Math.floor(at / DAY_MS) * DAY_MS
  const hour = weighted(random, [
    [random.between(17, 23.5), 6],
    [random.between(9, 17), 3],
    [random.between(0, 9), 1],
  ])
  const moment = Math.floor(day + hour * 3_600_000)
  return Math.min(last, Math.max(from, moment))
}
