import type { MutationResult } from '../../../shared/contract/requests/requestMap.ts'

/** How far a change that is made in several transactions is after one of them. Whoever asks for no more leaves it at that. */
export interface StepDone {
  /** Assets. */
  readonly done: number
  readonly total: number
  /** What was done so far. */
  readonly result: MutationResult
}

/** A change in steps, each a transaction, with its result at the end. */
export type Steps = Generator<StepDone, MutationResult>

/** Goes through all steps at once. */
export function toEnd(steps: Steps): MutationResult {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}
