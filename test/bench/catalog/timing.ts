/** Milliseconds of many runs of one thing. */
export interface Timing {
  readonly p50: number
  readonly p95: number
  readonly runs: number
}

export function summarise(times: readonly number[]): Timing {
  const sorted = [...times].sort((a, b) => a - b)
  // The nearest rank: the least value that so large a share of all does not exceed.
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95), runs: sorted.length }
}

/** Milliseconds that `work` took, and what came of it. */
export async function timed<T>(work: () => Promise<T>): Promise<{ readonly ms: number; readonly value: T }> {
  const began = performance.now()
  const value = await work()
  return { ms: performance.now() - began, value }
}
