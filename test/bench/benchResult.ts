/** What one benchmark found, with its yardstick from the same run. */
export interface BenchResult {
  readonly name: string
  readonly about: string
  readonly figures: readonly BenchFigure[]
  /** Ours beside what it is held to, as the goal counts it. */
  readonly verdict: { readonly what: string; readonly value: number; readonly unit: string }
  readonly goal: string
}
export interface BenchFigure {
  readonly what: string
  readonly value: number
  readonly unit: string
}

/** The middle value; of an even number the upper one. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
