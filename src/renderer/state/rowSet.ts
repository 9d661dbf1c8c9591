/** Row ids in an order, as vectors and selections carry them. */
export type RowIds = Int32Array<ArrayBuffer>

/** Ids of one page: 2^15 bits, 4 KB. */
const PAGE_BITS = 15
const PAGE_WORDS = 1 << (PAGE_BITS - 5)

/**
 * An immutable set of row ids. Row ids are small and dense, so a set is a bitmap in pages: a million selected assets
 * take 125 KB, and a changed set shares the pages it didn't touch with the one it came from.
 */
export class RowSet {
  static readonly empty = new RowSet(new Map(), 0)

  readonly size: number
  readonly #pages: ReadonlyMap<number, Uint32Array>

  private constructor(pages: ReadonlyMap<number, Uint32Array>, size: number) {
    this.#pages = pages
    this.size = size
  }

  /** The set of these row ids, which may be given more than once. */
  static of(rowIds: Iterable<number>): RowSet {
    return RowSet.empty.with(rowIds)
  }

  has(rowId: number): boolean {
    const page = this.#pages.get(rowId >>> PAGE_BITS)
    if (page === undefined) return false
    return ((page[(rowId >>> 5) & (PAGE_WORDS - 1)] ?? 0) & (1 << (rowId & 31))) !== 0
  }

  /** This set and the row ids. */
  with(rowIds: Iterable<number>): RowSet {
    return this.#change(rowIds, true)
  }

  /** This set without the row ids. */
  without(rowIds: Iterable<number>): RowSet {
    return this.#change(rowIds, false)
  }

  /** Those of `ordered` that are in the set, in that order. */
  pick(ordered: RowIds): RowIds {
    const found = new Int32Array(Math.min(this.size, ordered.length))
    let length = 0
    if (this.size > 0) {
      for (let i = 0; i < ordered.length && length < found.length; i++) {
        const rowId = ordered[i] ?? 0
        if (this.has(rowId)) found[length++] = rowId
      }
    }
    return found.subarray(0, length)
  }

  #change(rowIds: Iterable<number>, present: boolean): RowSet {
    const pages = new Map(this.#pages)
    const owned = new Set<number>()
    let size = this.size
    for (const rowId of rowIds) {
      const pageNumber = rowId >>> PAGE_BITS
      let page = pages.get(pageNumber)
      if (!owned.has(pageNumber)) {
        if (page === undefined && !present) continue
        page = page === undefined ? new Uint32Array(PAGE_WORDS) : page.slice()
        pages.set(pageNumber, page)
        owned.add(pageNumber)
      }
      if (page === undefined) continue
      const word = (rowId >>> 5) & (PAGE_WORDS - 1)
      const bit = 1 << (rowId & 31)
      const before = page[word] ?? 0
      if (((before & bit) !== 0) === present) continue
      page[word] = before ^ bit
      size += present ? 1 : -1
    }
    return size === this.size ? this : new RowSet(pages, size)
  }
}
