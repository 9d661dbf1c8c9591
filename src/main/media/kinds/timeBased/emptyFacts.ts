import type { KindFacts } from '../kindReader.ts'

/** What is known of a film or a sound before anything in it has been understood. */
export const emptyFacts: KindFacts = {
  width: null,
  height: null,
  durationSeconds: null,
  frames: null,
  metadata: {},
  picture: null,
  problem: null,
  symbolic: false,
}
