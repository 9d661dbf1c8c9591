import { createHash } from 'node:crypto'
import type { DuplicateGroup, Duplicates } from '../../../../shared/domain/duplicate.ts'
import type { RowId } from '../../../../shared/domain/ids.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { ComparedAsset, HashedAsset } from '../../catalog/duplicates.repository.ts'
import { type Alike, groupAlike } from './groupAlike.ts'
import { hashDistance } from './hashIndex.ts'
import { suggestKeeper } from './suggestKeeper.ts'

/** Rows read between two chances for others to run. */
const SLICE_ROWS = 5_000
/** Longest time without such a chance while groups are made, milliseconds. */
const SLICE_MS = 8
/** Groups that are described; a person works through the worst ones first. */
const GROUPS_LISTED = 2_000

/** Finds assets with the same bytes and pictures that look alike, and remembers the answer until the catalogue changes. */
export interface DuplicateFinder {
  /** Those that a person has not dismissed. Gives way to other requests while it looks. */
  find(): Promise<Duplicates>
  /** A person says that a group are no duplicates, or takes that back. `now` in ms. */
  dismiss(key: string, dismissed: boolean, now: number): void
}

export function createDuplicateFinder(catalog: Catalog): DuplicateFinder {
  let last: { readonly revision: number; readonly answer: Promise<Duplicates> } | null = null
  return {
    find() {
      if (last?.revision !== catalog.revision) last = { revision: catalog.revision, answer: findAll(catalog) }
      return last.answer
    },
    dismiss(key, dismissed, now) {
      catalog.duplicates.setDismissed(key, dismissed, now)
      last = null
    },
  }
}

async function findAll(catalog: Catalog): Promise<Duplicates> {
  const { revision } = catalog
  const pictures = await readHashes(catalog)
  const alike = toColumns(pictures)
  const near = await inSlices(groupAlike(alike))
  const exact = catalog.duplicates.sameBytes()
  await breathe()
  const dismissed = new Set(catalog.duplicates.dismissed())
  const found: { readonly kind: 'exact' | 'near'; readonly rows: readonly RowId[]; readonly distances: Distances }[] = [
    ...exact.map((rows) => ({ kind: 'exact' as const, rows, distances: () => 0 })),
    ...near.flatMap((places) => {
      const rows = places.flatMap((place) => pictures[place]?.row_id ?? [])
      const sameBytes = new Set(places.map((place) => pictures[place]?.sha256)).size === 1
      const placeOf = new Map(places.map((place) => [pictures[place]?.row_id ?? -1, place]))
      const distances: Distances = (a, b) => hashDistance(alike, placeOf.get(a) ?? 0, placeOf.get(b) ?? 0)
      // All of one file: listed as such already.
      return sameBytes ? [] : [{ kind: 'near' as const, rows, distances }]
    }),
  ]
  const groups: DuplicateGroup[] = []
  for (const [index, { kind, rows, distances }] of found.entries()) {
    if (index % 64 === 63) await breathe()
    const assets = catalog.duplicates.compared(rows)
    const key = groupKey(assets)
    if (assets.length > 1 && !dismissed.has(key)) groups.push(describeGroup(key, kind, assets, distances))
  }
  groups.sort((a, b) => b.spareBytes - a.spareBytes || (a.key < b.key ? -1 : 1))
  return { revision, groups: groups.slice(0, GROUPS_LISTED), total: groups.length, compared: pictures.length }
}

type Distances = (a: RowId, b: RowId) => number

/** The name of a group, whatever the order of its members. */
function groupKey(assets: readonly { readonly id: string }[]): string {
  const ids = assets.map(({ id }) => id).sort()
  return createHash('sha256').update(ids.join('\n')).digest('hex').slice(0, 32)
}

function describeGroup(
  key: string,
  kind: 'exact' | 'near',
  assets: readonly ComparedAsset[],
  distances: Distances,
): DuplicateGroup {
  const { order, reasons } = suggestKeeper(assets)
  const [keeper, ...others] = order
  const kept = new Set([keeper?.storage_path])
  let spareBytes = 0
  for (const { storage_path, file_size_bytes } of others) {
    // Rows that share one stored file free it only once, and not while the kept one needs it.
    if (kept.has(storage_path)) continue
    kept.add(storage_path)
    spareBytes += file_size_bytes
  }
  return {
    key,
    kind,
    members: order.map(({ row_id, id, sha256 }) => ({
      row_id,
      id,
      sha256,
      distance: keeper === undefined || keeper.sha256 === sha256 ? 0 : distances(keeper.row_id, row_id),
    })),
    reasons: [...reasons],
    spareBytes,
  }
}

async function readHashes(catalog: Catalog): Promise<HashedAsset[]> {
  const pictures: HashedAsset[] = []
  for (let after: RowId | null = null; ; ) {
    const slice = catalog.duplicates.hashed(after, SLICE_ROWS)
    for (const picture of slice) pictures.push(picture)
    const last = slice.at(-1)
    if (last === undefined) return pictures
    after = last.row_id
    await breathe()
  }
}

function toColumns(pictures: readonly HashedAsset[]): Alike {
  const high = new Uint32Array(pictures.length)
  const low = new Uint32Array(pictures.length)
  const aspect = new Float32Array(pictures.length)
  for (const [place, picture] of pictures.entries()) {
    high[place] = Number.parseInt(picture.phash.slice(0, 8), 16)
    low[place] = Number.parseInt(picture.phash.slice(8), 16)
    aspect[place] = picture.aspect
  }
  return { high, low, aspect }
}

async function inSlices<T>(work: Generator<void, T>): Promise<T> {
  for (;;) {
    const until = performance.now() + SLICE_MS
    for (;;) {
      const step = work.next()
      if (step.done === true) return step.value
      if (performance.now() > until) break
    }
    await breathe()
  }
}

function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
