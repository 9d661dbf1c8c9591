/** A seeded source of chance: the same seed gives the same picture everywhere. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0
  }

  /** A number in [0, 1). Mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let t = this.#state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  /** A number in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.next()
  }

  /** A whole number from low to high, both included. */
  whole(low: number, high: number): number {
    return Math.floor(this.between(low, high + 1))
  }

  /** A whole number from 0 to below `count`. */
  below(count: number): number {
    return Math.floor(this.next() * count)
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(items: readonly [T, ...T[]]): T {
    return items[Math.floor(this.next() * items.length)] ?? items[0]
  }
}

/** Smooth noise over the plane: values in [0, 1], features about one unit in size. */
export type Noise = (x: number, y: number) => number

/** Value noise on a lattice of 256 × 256, with quintic interpolation. */
export function makeNoise(random: Random): Noise {
  const lattice = Float32Array.from({ length: 65536 }, () => random.next())
  const at = (x: number, y: number) => lattice[((y & 255) << 8) | (x & 255)] ?? 0
  return (x, y) => {
    const column = Math.floor(x)
    const row = Math.floor(y)
    const u = ease(x - column)
    const v = ease(y - row)
    const top = at(column, row) + u * (at(column + 1, row) - at(column, row))
    const bottom = at(column, row + 1) + u * (at(column + 1, row + 1) - at(column, row + 1))
    return top + v * (bottom - top)
  }
}

/** Noise with finer detail added, `octaves` layers of it; values in [0, 1]. */
export function layered(noise: Noise, octaves: number): Noise {
  const total = 2 - 2 ** (1 - octaves)
  return (x, y) => {
    let sum = 0
    for (let octave = 0; octave < octaves; octave++) {
      const scale = 2 ** octave
      sum += noise(x * scale + octave * 37.7, y * scale - octave * 17.3) / scale
    }
    return sum / total
  }
}

function ease(t: number): number {
  return t * t * t * (t * (t * 6 - 15) + 10)
}
