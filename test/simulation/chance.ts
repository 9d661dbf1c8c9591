/** Numbers that look random and are the same for the same seed (mulberry32). */
export class Chance {
  #state: number

  constructor(seed: number) {
    this.#state = (seed * 0x9e3779b1) >>> 0
  }

  /** In [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** A whole number in [0, most). */
  below(most: number): number {
    return Math.floor(this.next() * most)
  }

  happens(probability: number): boolean {
    return this.next() < probability
  }

  /** One of them. Throws for none. */
  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)]
    if (item === undefined) throw new Error('There is nothing to pick from')
    return item
  }

  shuffled<T>(items: readonly T[]): T[] {
    const left = [...items]
    return Array.from({ length: left.length }, () => left.splice(this.below(left.length), 1)[0] as T)
  }
}
