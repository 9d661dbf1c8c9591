import { Random } from '../demo-art/random.ts'

/** A source of chance of its own for each purpose and number, so that no part of a library depends on how much was drawn for another. */
export function chanceFor(seed: number, purpose: number, index: number): Random {
  let state = Math.imul(seed ^ 0x27d4eb2f, 0x9e3779b1)
  for (const part of [purpose, index]) {
    state = Math.imul(state ^ part ^ (state >>> 15), 0x85ebca6b)
    state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35)
  }
  return new Random((state ^ (state >>> 16)) >>> 0)
}

/** What `chanceFor` draws for. */
export const purposes = { plan: 1, burst: 2, asset: 3, prompt: 4, tag: 5, collection: 6, history: 7 } as const

/**
 * Draws numbers below `count` of which the first are the most frequent: the weight of the n-th is n to the power of
 * -`exponent` (Zipf's law).
 */
export function zipf(count: number, exponent: number): (random: Random) => number {
  const sums = new Float64Array(Math.max(1, count))
  let sum = 0
  for (let index = 0; index < sums.length; index++) {
    sum += (index + 1) ** -exponent
    sums[index] = sum
  }
  return (random) => {
    const wanted = random.next() * sum
    let [low, high] = [0, sums.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) <= wanted) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** One of the items, each as often as its weight says. */
export function weighted<T>(random: Random, items: readonly [readonly [T, number], ...(readonly [T, number])[]]): T {
  let rest = random.next() * items.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [item, weight] of items) {
    rest -= weight
    if (rest < 0) return item
  }
  return items[0][0]
}

/** A number that is small most of the time and now and then large: the power law of sizes of albums and bursts. */
export function heavyTailed(random: Random, least: number, most: number, exponent: number): number {
  const power = 1 - exponent
  const [low, high] = [least ** power, (most + 1) ** power]
  return Math.min(most, Math.floor((low + (high - low) * random.next()) ** (1 / power)))
}

/** Lower-case hexadecimal digits. */
export function hexDigits(random: Random, count: number): string {
  let digits = ''
  while (digits.length < count) {
    digits += Math.floor(random.next() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0')
  }
  return digits.slice(0, count)
}

/** A UUID of version 7 (RFC 9562, section 5.7) for a moment, ms. */
export function uuidAt(random: Random, at: number): string {
  const time = at.toString(16).padStart(12, '0')
  const rest = hexDigits(random, 19)
  const variant = (8 + (Number.parseInt(rest.slice(3, 4), 16) & 3)).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-${variant}${rest.slice(4, 7)}-${rest.slice(7, 19)}`
}

/** A random UUID (version 4). */
export function uuid(random: Random): string {
  const digits = hexDigits(random, 31)
  const variant = (8 + (Number.parseInt(digits.slice(15, 16), 16) & 3)).toString(16)
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(12, 15)}-${variant}${digits.slice(16, 19)}-${digits.slice(19, 31)}`
}
