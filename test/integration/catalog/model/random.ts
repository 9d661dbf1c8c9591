/** Reproducible random numbers: the same seed gives the same run. Mulberry32 by Tommy Ettinger (public domain). */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 0
  }

  /** A whole number from 0 up to, not including, `end`. */
  below(end: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end)
  }

  /** One of the items, undefined when there is none. */
  one<T>(items: readonly T[]): T | undefined {
    return items[this.below(Math.max(1, items.length))]
  }

  /** Some of the items, in their order; at least one if there is any. */
  some<T>(items: readonly T[]): T[] {
    const share = this.below(10)
    const chosen = items.filter(() => this.below(10) <= share)
    const one = this.one(items)
    return chosen.length > 0 || one === undefined ? chosen : [one]
  }
}
