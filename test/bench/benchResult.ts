/** What one benchmark found, with its yardstick from the same run. */
export interface BenchResult {
  readonly name: string
  readonly about: string
  readonly figures: readonly { readonly what: string; readonly seconds: number }[]
  /** Ours against the yardstick, median over turns. */
  readonly ratio: number
  readonly goal: string
}
