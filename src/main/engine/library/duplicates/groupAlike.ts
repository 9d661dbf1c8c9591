import { buildHashIndex, type Hashes, hashDistance } from './hashIndex.ts'

/** Pictures whose hashes differ in at most this many of 64 bits look alike to people, crops and colour changes aside. */
export const ALIKE_DISTANCE = 5
/** How much two widths divided by heights may differ: another crop is another picture. */
const ASPECT_TOLERANCE = 0.03
/** How many comparisons are made between two looks at the clock. */
const STRIDE = 256

export interface Alike extends Hashes {
  /** Width divided by height. */
  readonly aspect: Float32Array
}

/**
 * Groups of places whose pictures look alike, each with at least two, by hash and aspect. A picture joins the group of the
 * first one that it is like, so that a row of slow changes does not make one group of pictures that have nothing in common.
 * Gives way to whoever calls after every few hundred comparisons; the groups are the return value.
 */
export function* groupAlike(pictures: Alike): Generator<void, number[][]> {
  const count = pictures.high.length
  const index = buildHashIndex(pictures)
  yield
  const taken = new Uint8Array(count)
  const groups: number[][] = []
  for (let place = 0; place < count; place++) {
    if (place % STRIDE === 0) yield
    if (taken[place] === 1) continue
    const group = [place]
    for (const other of index.after(place, ALIKE_DISTANCE)) {
      if (taken[other] === 1 || !sameShape(pictures, place, other)) continue
      taken[other] = 1
      group.push(other)
    }
    if (group.length > 1) groups.push(group.sort((a, b) => distanceFrom(pictures, place, a, b)))
  }
  return groups
}

function sameShape({ aspect }: Alike, a: number, b: number): boolean {
  const first = aspect[a] ?? 1
  const second = aspect[b] ?? 1
  return Math.abs(first - second) <= ASPECT_TOLERANCE * Math.max(first, second)
}

function distanceFrom(pictures: Alike, place: number, a: number, b: number): number {
  return hashDistance(pictures, place, a) - hashDistance(pictures, place, b) || a - b
}
