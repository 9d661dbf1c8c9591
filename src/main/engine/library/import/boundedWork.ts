/** Runs at most `limit` pieces of work at once; the rest wait in order. */
export function createBoundedWork(limit: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve))
    else running++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      // The place is handed on, so that nobody who comes meanwhile can take it.
      if (next === undefined) running--
      else next()
    }
  }
}
