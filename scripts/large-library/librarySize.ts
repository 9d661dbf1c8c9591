/** All that a made-up library depends on. */
export interface LibrarySize {
  readonly assets: number
  readonly seed: number
  /** The library's present, ms: nothing in it is later. */
  readonly until: number
}

export const DAY_MS = 24 * 3_600_000

/** Days for which the library keeps what is in Workspace and Trash: one can measure with it for weeks before anything goes. */
export const KEPT_DAYS = 90
