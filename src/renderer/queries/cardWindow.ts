import type { AssetCard } from '../../shared/domain/asset.ts'

/** Cards kept in memory, about 1 KB each. */
const CAPACITY = 6_000
/** The engine answers at most 1,000; a smaller batch paints sooner. */
const BATCH = 200

export type FetchCards = (rowIds: readonly number[]) => Promise<readonly AssetCard[]>

/**
 * A cache of asset cards that fetches only what is on screen. Rows asked for by `show` that scrolled away before their
 * batch was sent are dropped; a batch that is under way is never repeated.
 */
export class CardWindow {
  readonly #fetch: FetchCards
  /** Oldest use first. */
  readonly #cards = new Map<number, AssetCard>()
  readonly #stale = new Set<number>()
  readonly #listeners = new Map<number, Set<() => void>>()
  #visible: readonly number[] = []
  #pending: Set<number> | null = null
  #scheduled = false
  #generation = 0
  /** Told of every batch that came, for whoever compares cards with the vector. */
  onCards: (cards: readonly AssetCard[]) => void = () => {}
  onError: (thrown: unknown) => void = () => {}

  constructor(fetch: FetchCards) {
    this.#fetch = fetch
  }

  get(rowId: number): AssetCard | undefined {
    return this.#cards.get(rowId)
  }

  subscribe(rowId: number, listener: () => void): () => void {
    const listeners = this.#listeners.get(rowId) ?? new Set()
    this.#listeners.set(rowId, listeners)
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0) this.#listeners.delete(rowId)
    }
  }

  /** These rows are on screen now, the most wanted first. Replaces what was asked for before. */
  show(rowIds: readonly number[]): void {
    this.#visible = rowIds
    this.#schedule()
  }

  /** What changed in the catalogue; null when it could be anything. Old cards stay visible until new ones come. */
  invalidate(rowIds: readonly number[] | null): void {
    for (const rowId of rowIds ?? this.#cards.keys()) {
      if (this.#cards.has(rowId)) this.#stale.add(rowId)
    }
    this.#schedule()
  }

  /** Another library: nothing of the old one may be seen. */
  clear(): void {
    this.#generation++
    this.#cards.clear()
    this.#stale.clear()
    this.#pending = null
    this.#visible = []
  }

  /** Cards of rows that need not be on screen, e.g. those of a selection. */
  async load(rowIds: readonly number[]): Promise<readonly AssetCard[]> {
    const generation = this.#generation
    const missing = rowIds.filter((rowId) => this.#needs(rowId))
    for (let at = 0; at < missing.length; at += BATCH) {
      const batch = missing.slice(at, at + BATCH)
      this.#accept(batch, await this.#fetch(batch), generation)
    }
    return rowIds.flatMap((rowId) => this.#cards.get(rowId) ?? [])
  }

  #needs(rowId: number): boolean {
    return !this.#cards.has(rowId) || this.#stale.has(rowId)
  }

  #schedule(): void {
    if (this.#scheduled || this.#pending) return
    this.#scheduled = true
    queueMicrotask(() => {
      this.#scheduled = false
      void this.#fetchNext()
    })
  }

  async #fetchNext(): Promise<void> {
    if (this.#pending) return
    const batch = this.#visible.filter((rowId) => this.#needs(rowId)).slice(0, BATCH)
    if (batch.length === 0) return
    const generation = this.#generation
    const pending = new Set(batch)
    this.#pending = pending
    for (const rowId of batch) this.#stale.delete(rowId)
    try {
      this.#accept(batch, await this.#fetch(batch), generation)
      if (this.#pending === pending) this.#pending = null
      this.#schedule()
    } catch (thrown) {
      if (this.#pending === pending) this.#pending = null
      // Asked again when something is shown or changes next, not at once: the engine may be restarting.
      if (generation === this.#generation) {
        for (const rowId of batch) if (this.#cards.has(rowId)) this.#stale.add(rowId)
        this.onError(thrown)
      }
    }
  }

  #accept(asked: readonly number[], answered: readonly AssetCard[], generation: number): void {
    if (generation !== this.#generation) return
    for (const card of answered) {
      // Put at the end: what came last is evicted last.
      this.#cards.delete(card.row_id)
      this.#cards.set(card.row_id, card)
    }
    const gone = new Set(asked)
    for (const card of answered) gone.delete(card.row_id)
    for (const rowId of gone) this.#cards.delete(rowId)
    // A row that vanished is not asked for again until the vector says so.
    if (gone.size > 0) this.#visible = this.#visible.filter((rowId) => !gone.has(rowId))
    for (const rowId of asked) for (const listener of this.#listeners.get(rowId) ?? []) listener()
    this.onCards(answered)
    this.#evict()
  }

  #evict(): void {
    if (this.#cards.size <= CAPACITY) return
    for (const rowId of this.#cards.keys()) {
      if (this.#cards.size <= CAPACITY) return
      if (this.#listeners.has(rowId)) continue
      this.#cards.delete(rowId)
      this.#stale.delete(rowId)
    }
  }
}
