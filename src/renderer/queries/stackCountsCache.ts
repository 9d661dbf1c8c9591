/** Counts kept of rows that nobody looks at any more, so that scrolling back shows them at once. */
const CAPACITY = 5_000
/** The engine answers at most 1,000. */
const BATCH = 500
/** Rows that appear within this time are asked for together (milliseconds). */
const GATHER_MS = 60

/** How many assets share each row's prompt, in the order asked for. */
export type FetchCounts = (rowIds: readonly number[]) => Promise<readonly number[]>

/**
 * A cache of counts for the rows that are on screen. One question is under way at a time; rows that scrolled away before
 * theirs was asked are dropped. An old count stays until the new one is there.
 */
export class StackCounts {
  readonly #fetch: FetchCounts
  /** Oldest first. */
  readonly #counts = new Map<number, number>()
  readonly #watchers = new Map<number, Set<() => void>>()
  readonly #wanted = new Set<number>()
  #timer: ReturnType<typeof setTimeout> | null = null
  #asking = false
  #generation = 0

  constructor(fetch: FetchCounts) {
    this.#fetch = fetch
  }

  get(rowId: number): number {
    return this.#counts.get(rowId) ?? 0
  }

  /** Keeps the count of a row until the returned function is called. */
  watch(rowId: number, listener: () => void): () => void {
    const listeners = this.#watchers.get(rowId) ?? new Set()
    this.#watchers.set(rowId, listeners)
    listeners.add(listener)
    if (!this.#counts.has(rowId)) this.#want(rowId)
    return () => {
      listeners.delete(listener)
      if (listeners.size > 0) return
      this.#watchers.delete(rowId)
      this.#wanted.delete(rowId)
    }
  }

  /** The library changed: what is on screen is counted again, the rest when it is looked at. */
  invalidate(): void {
    for (const rowId of this.#counts.keys()) if (!this.#watchers.has(rowId)) this.#counts.delete(rowId)
    for (const rowId of this.#watchers.keys()) this.#want(rowId)
  }

  /** Another library: nothing of the old one may be seen. */
  clear(): void {
    this.#generation++
    this.#counts.clear()
    for (const [rowId, listeners] of this.#watchers) {
      this.#want(rowId)
      for (const listener of listeners) listener()
    }
  }

  #want(rowId: number): void {
    this.#wanted.add(rowId)
    if (this.#timer === null && !this.#asking) this.#timer = setTimeout(() => void this.#ask(), GATHER_MS)
  }

  async #ask(): Promise<void> {
    this.#timer = null
    const batch = [...this.#wanted].slice(0, BATCH)
    if (batch.length === 0) return
    for (const rowId of batch) this.#wanted.delete(rowId)
    const generation = this.#generation
    this.#asking = true
    try {
      const counts = await this.#fetch(batch)
      if (generation === this.#generation) this.#accept(batch, counts)
    } catch {
      // Asked again when the library changes next.
    }
    this.#asking = false
    if (this.#wanted.size > 0 && this.#timer === null) this.#timer = setTimeout(() => void this.#ask(), GATHER_MS)
  }

  #accept(rowIds: readonly number[], counts: readonly number[]): void {
    for (const [at, rowId] of rowIds.entries()) {
      const count = counts[at] ?? 0
      const before = this.#counts.get(rowId)
      this.#counts.delete(rowId)
      this.#counts.set(rowId, count)
      if (before !== count) for (const listener of this.#watchers.get(rowId) ?? []) listener()
    }
    for (const rowId of this.#counts.keys()) {
      if (this.#counts.size <= CAPACITY) return
      if (!this.#watchers.has(rowId)) this.#counts.delete(rowId)
    }
  }
}
