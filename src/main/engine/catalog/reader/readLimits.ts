/** Where one way of reading becomes quicker than another. All are numbers of rows; answers are the same with any. */
export interface ReadLimits {
  /** Rows of the first part of an answer: some screens of the smallest cells. */
  readonly firstPart: number
  /** Rows of a part that is worth sending ahead of it: what a window shows at once. */
  readonly worth: number
  /** Sources that have up to so many are read before it is decided how to go on. */
  readonly few: number
  /** Rows from the beginning of an order that are looked through for the first ones of a search that finds many … */
  readonly lookedAt: number
  /** … unless their row ids lie further apart than this. */
  readonly widest: number
  /** Then each of so many is looked for by itself. */
  readonly probed: number
  /** Rows of an index that are passed over for the first ones of a view. */
  readonly passed: number
  /** In a smaller library the whole answer is there as soon as its beginning. */
  readonly small: number
  /** Changed rows with no larger gaps between their row ids are looked for together … */
  readonly spanGap: number
  /** … and in at most so many stretches. */
  readonly spans: number
}

/** Measured with a million assets. */
export const readLimits: ReadLimits = {
  firstPart: 2000,
  worth: 100,
  few: 16_384,
  lookedAt: 16_384,
  widest: 131_072,
  probed: 2048,
  passed: 50_000,
  small: 65_536,
  spanGap: 1024,
  spans: 16,
}
