/** What one benchmark found, with its yardstick from the same run. */
export interface BenchResult {
  readonly name: string
  readonly about: string
  readonly figures: readonly BenchFigure[]
  /** Ours beside what it is held to, as the goal counts it. */
  readonly verdict: { readonly what: string; readonly value: number; readonly unit: string }
  readonly goal: string
  /** Where a benchmark is held to more than one thing. */
  readonly goals?: readonly BenchGoal[]
  /** Everything that was measured, for the JSON alone. */
  readonly details?: unknown
}
export interface BenchFigure {
  readonly what: string
  readonly value: number
  readonly unit: string
}
export interface BenchGoal extends BenchFigure {
  readonly goal: string
  readonly met: boolean
}

/** The middle value; of an even number the upper one. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
