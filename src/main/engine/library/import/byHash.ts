/** Runs work that concerns the same bytes one after the other, and work on different bytes at once. */
export interface ByHash {
  run<T>(sha256: string, work: () => Promise<T>): Promise<T>
  /** True while work on bytes whose hash begins with these digits is under way. */
  busy(digits: string): boolean
}

/** As many digits as the shortest stored name has: two files that could want one name wait for each other. */
const DIGITS = 12

export function createByHash(): ByHash {
  const last = new Map<string, Promise<unknown>>()
  return {
    async run(sha256, work) {
      const key = sha256.slice(0, DIGITS)
      const before = last.get(key)
      // However the work before ended, it no longer holds these bytes.
      const mine = (before ?? Promise.resolve()).then(work, work)
      last.set(key, mine)
      try {
        return await mine
      } finally {
        if (last.get(key) === mine) last.delete(key)
      }
    },
    busy: (digits) => last.has(digits.slice(0, DIGITS)),
  }
}
