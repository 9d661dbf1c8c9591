/** Below this a comparison sort is faster than four passes over the digits. */
const FEW = 512
const DIGITS = 1 << 16

export type Direction = 'asc' | 'desc'

/** Whether `(key, row)` of `a` comes before that of `b`, ascending. Keys are finite numbers. */
export function comesBefore(a: number, b: number, keys: Float64Array): boolean {
  const left = keys[a] ?? 0
  const right = keys[b] ?? 0
  return left < right || (left === right && a < b)
}

/**
 * Rows in the total order of `(key, row)`; descending is exactly the reverse. A stable radix sort by the bits of the
 * keys (least significant digit first, 16 bits at a time; digits that all keys share are skipped).
 * @param rows ascending
 * @param keys by row; finite numbers
 */
export function sortRows(rows: Int32Array, keys: Float64Array, direction: Direction): Int32Array<ArrayBuffer> {
  const sorted = isSorted(rows, keys)
    ? rows.slice()
    : rows.length < FEW
      ? rows.slice().sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b)
      : radixSort(rows, keys)
  return direction === 'asc' ? sorted : sorted.reverse()
}

function isSorted(rows: Int32Array, keys: Float64Array): boolean {
  for (let i = 1; i < rows.length; i++) if (!comesBefore(rows[i - 1] ?? 0, rows[i] ?? 0, keys)) return false
  return true
}

function radixSort(rows: Int32Array, keys: Float64Array): Int32Array<ArrayBuffer> {
  const count = rows.length
  const values = new Float64Array(count)
  // Adding zero makes -0 the same as 0.
  for (let i = 0; i < count; i++) values[i] = (keys[rows[i] ?? 0] ?? 0) + 0
  const words = new Uint32Array(values.buffer)
  // The bits of doubles order like unsigned integers once the sign is flipped, and all bits of negative ones.
  for (let i = 1; i < words.length; i += 2) {
    const high = words[i] ?? 0
    if (high >>> 31 === 1) {
      words[i] = ~high
      words[i - 1] = ~(words[i - 1] ?? 0)
    } else words[i] = high | 0x8000_0000
  }
  const digits = new Uint16Array(values.buffer)
  let order = new Int32Array(count)
  for (let i = 0; i < count; i++) order[i] = i
  let other = new Int32Array(count)
  const starts = new Int32Array(DIGITS)
  for (let pass = 0; pass < 4; pass++) {
    starts.fill(0)
    for (let i = pass; i < digits.length; i += 4) {
      const digit = digits[i] ?? 0
      starts[digit] = (starts[digit] ?? 0) + 1
    }
    if (starts[digits[pass] ?? 0] === count) continue
    let sum = 0
    for (let digit = 0; digit < DIGITS; digit++) {
      const size = starts[digit] ?? 0
      starts[digit] = sum
      sum += size
    }
    for (let i = 0; i < count; i++) {
      const at = order[i] ?? 0
      const digit = digits[at * 4 + pass] ?? 0
      const to = starts[digit] ?? 0
      starts[digit] = to + 1
      other[to] = at
    }
    const swap = order
    order = other
    other = swap
  }
  for (let i = 0; i < count; i++) other[i] = rows[order[i] ?? 0] ?? 0
  return other
}

const SAMPLE = 2048

/**
 * The first `limit` rows of `sortRows`, without sorting all of them: a sample tells which keys can be among the first.
 * @param rows ascending
 */
export function firstRows(rows: Int32Array, keys: Float64Array, direction: Direction, limit: number): Int32Array {
  if (rows.length <= limit * 4 || rows.length <= SAMPLE * 4) return sortRows(rows, keys, direction).subarray(0, limit)
  const step = Math.floor(rows.length / SAMPLE)
  const sample = new Float64Array(SAMPLE)
  for (let i = 0; i < SAMPLE; i++) sample[i] = keys[rows[i * step] ?? 0] ?? 0
  sample.sort()
  if (direction === 'desc') sample.reverse()
  // Twice as many as needed, and some, so that a sample seldom cuts off too much.
  const bound = sample[Math.min(SAMPLE - 1, Math.ceil((limit * 2 * SAMPLE) / rows.length) + 8)] ?? 0
  const better = rows.filter((row) => {
    const key = keys[row] ?? 0
    return direction === 'asc' ? key < bound : key > bound
  })
  if (better.length >= limit) return sortRows(better, keys, direction).subarray(0, limit)
  // Many may have the same key, the one that is cut at: of these the first ones are enough.
  const more = firstWith(bound, rows, keys, direction, limit - better.length)
  if (better.length + more.length < limit) return sortRows(rows, keys, direction).subarray(0, limit)
  const candidates = new Int32Array(limit)
  candidates.set(better)
  candidates.set(more, better.length)
  return sortRows(candidates.sort(), keys, direction)
}

/** The first rows, in the direction, that have this key; at most `count`. */
function firstWith(
  wanted: number,
  rows: Int32Array,
  keys: Float64Array,
  direction: Direction,
  count: number,
): readonly number[] {
  const found: number[] = []
  const last = rows.length - 1
  for (let i = 0; i <= last && found.length < count; i++) {
    const row = rows[direction === 'asc' ? i : last - i] ?? 0
    if (keys[row] === wanted) found.push(row)
  }
  return found
}
