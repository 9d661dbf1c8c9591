/** The bands that a hash is split into, from its lowest bit. */
const BANDS = [{ bits: 21 }, { bits: 21 }, { bits: 22 }] as const

/** Largest distance for which the index finds every pair. */
export const MAX_DISTANCE = 5

/** 64-bit hashes, each as two unsigned 32-bit halves at the same place. */
export interface Hashes {
  readonly high: Uint32Array
  readonly low: Uint32Array
}

/** Finds hashes that differ in few bits without comparing all pairs. */
export interface HashIndex {
  /**
   * Places of all hashes that differ from the one at `place` in at most `distance` (≤ 5) bits and come after it.
   */
  after(place: number, distance: number): readonly number[]
}

/**
 * Multi-index hashing (Norouzi, Punjani, Fleet: "Fast Search in Hamming Space with Multi-Index Hashing", 2012): of three
 * bands, two hashes that differ in at most five bits agree in one band but for at most one bit. Each band is a table that is
 * asked with the value itself and with each of its bits flipped; what it gives is then compared in full.
 */
export function buildHashIndex(hashes: Hashes): HashIndex {
  const tables = BANDS.map((_, band) => buildTable(hashes, band))
  const seen = new Uint32Array(hashes.high.length)
  let round = 0
  return {
    after(place, distance) {
      round++
      const found: number[] = []
      const look = ({ shift, starts, places }: Table, value: number): void => {
        const bucket = value >>> shift
        const end = starts[bucket + 1] ?? 0
        for (let at = starts[bucket] ?? 0; at < end; at++) {
          const other = places[at] ?? 0
          if (other <= place || seen[other] === round) continue
          seen[other] = round
          if (hashDistance(hashes, place, other) <= distance) found.push(other)
        }
      }
      for (const [band, table] of tables.entries()) {
        const value = bandOf(hashes, place, band)
        look(table, value)
        // Flips of the bits below the bucket's lead to the same bucket.
        for (let bit = table.shift; bit < table.bits; bit++) look(table, value ^ (1 << bit))
      }
      return found
    },
  }
}

/** Number of bits in which two hashes differ. */
export function hashDistance(hashes: Hashes, a: number, b: number): number {
  return bitCount((hashes.high[a] ?? 0) ^ (hashes.high[b] ?? 0)) + bitCount((hashes.low[a] ?? 0) ^ (hashes.low[b] ?? 0))
}

/** Places by the highest bits of a band, as many of these as there are hashes to fill the buckets. */
interface Table {
  readonly bits: number
  /** How many of the lowest bits don't choose the bucket. */
  readonly shift: number
  /** Where each bucket begins in `places`; one more than there are buckets. */
  readonly starts: Uint32Array
  readonly places: Uint32Array
}

function buildTable(hashes: Hashes, band: number): Table {
  const count = hashes.high.length
  const bits = BANDS[band]?.bits ?? 0
  const shift = Math.max(0, bits - Math.max(4, Math.ceil(Math.log2(count + 1))))
  const starts = new Uint32Array(2 ** (bits - shift) + 1)
  for (let place = 0; place < count; place++) {
    const next = (bandOf(hashes, place, band) >>> shift) + 1
    starts[next] = (starts[next] ?? 0) + 1
  }
  for (let bucket = 1; bucket < starts.length; bucket++)
    starts[bucket] = (starts[bucket] ?? 0) + (starts[bucket - 1] ?? 0)
  const places = new Uint32Array(count)
  const free = starts.slice()
  for (let place = 0; place < count; place++) {
    const bucket = bandOf(hashes, place, band) >>> shift
    const at = free[bucket] ?? 0
    free[bucket] = at + 1
    places[at] = place
  }
  return { bits, shift, starts, places }
}

function bandOf(hashes: Hashes, place: number, band: number): number {
  const high = hashes.high[place] ?? 0
  const low = hashes.low[place] ?? 0
  if (band === 0) return low & 0x1fffff
  if (band === 1) return (low >>> 21) | ((high & 0x3ff) << 11)
  return high >>> 10
}

function bitCount(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}
