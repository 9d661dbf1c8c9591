/** Rows that one stored set spans: a set is looked up by `row / ROWS_PER_BUCKET`. */
const ROWS_PER_BUCKET = 4096
const BITMAP_BYTES = ROWS_PER_BUCKET / 8
/** From here on a bitmap is no longer than the list, so the length alone tells which of the two it is. */
const LEAST_OF_A_BITMAP = BITMAP_BYTES / 2

/** The bucket that a row belongs to. */
export function bucketOf(row: number): number {
  return Math.floor(row / ROWS_PER_BUCKET)
}

/**
 * Packs rows of one bucket, ascending and without repetitions: a list of 16-bit little-endian offsets, or a bitmap of 512
 * bytes when there are many (the containers of Roaring bitmaps, Lemire et al. 2016, with smaller buckets).
 */
export function packRows(rows: readonly number[]): Buffer {
  if (rows.length >= LEAST_OF_A_BITMAP) {
    const bitmap = Buffer.alloc(BITMAP_BYTES)
    for (const row of rows) {
      const offset = row % ROWS_PER_BUCKET
      bitmap[offset >> 3] = (bitmap[offset >> 3] ?? 0) | (1 << (offset & 7))
    }
    return bitmap
  }
  const list = Buffer.alloc(rows.length * 2)
  for (const [index, row] of rows.entries()) list.writeUInt16LE(row % ROWS_PER_BUCKET, index * 2)
  return list
}

/** The rows of a packed set, ascending. */
export function unpackRows(bucket: number, packed: Uint8Array): number[] {
  const first = bucket * ROWS_PER_BUCKET
  const rows: number[] = []
  if (packed.length === BITMAP_BYTES) {
    for (let offset = 0; offset < ROWS_PER_BUCKET; offset++) {
      if (((packed[offset >> 3] ?? 0) & (1 << (offset & 7))) !== 0) rows.push(first + offset)
    }
    return rows
  }
  for (let at = 0; at + 1 < packed.length; at += 2) rows.push(first + (packed[at] ?? 0) + (packed[at + 1] ?? 0) * 256)
  return rows
}

/** True when the packed set of the row's own bucket holds it. */
export function holdsRow(packed: Uint8Array, row: number): boolean {
  const offset = row % ROWS_PER_BUCKET
  if (packed.length === BITMAP_BYTES) return ((packed[offset >> 3] ?? 0) & (1 << (offset & 7))) !== 0
  for (let at = 0; at + 1 < packed.length; at += 2) {
    if ((packed[at] ?? 0) + (packed[at + 1] ?? 0) * 256 === offset) return true
  }
  return false
}

/** Places in `rows` (ascending) where another bucket begins, with the end as the last: `[from, to)` of each bucket. */
export function* bucketsOf(rows: readonly number[]): Generator<{ readonly bucket: number; from: number; to: number }> {
  let from = 0
  while (from < rows.length) {
    const bucket = bucketOf(rows[from] ?? 0)
    let to = from + 1
    while (to < rows.length && bucketOf(rows[to] ?? 0) === bucket) to++
    yield { bucket, from, to }
    from = to
  }
}

/** Counts distinct rows with one bit for each that could be in the buckets concerned. */
export class RowCounter {
  readonly #buckets = new Map<number, Uint8Array>()
  size = 0

  add(row: number): void {
    const bucket = bucketOf(row)
    let bits = this.#buckets.get(bucket)
    if (bits === undefined) {
      bits = new Uint8Array(BITMAP_BYTES)
      this.#buckets.set(bucket, bits)
    }
    const offset = row % ROWS_PER_BUCKET
    const byte = bits[offset >> 3] ?? 0
    const bit = 1 << (offset & 7)
    if ((byte & bit) !== 0) return
    bits[offset >> 3] = byte | bit
    this.size++
  }
}
