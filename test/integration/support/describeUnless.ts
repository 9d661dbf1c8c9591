import { describe, it } from 'vitest'

/**
 * A group of tests that needs something this machine may not have. With an `obstacle` it is one skipped test that says
 * so, which the sum at the end of a run repeats.
 */
export function describeUnless(obstacle: string | null, name: string, tests: () => void): void {
  if (obstacle === null) describe(name, tests)
  else describe(name, () => it('is skipped here', (context) => context.skip(obstacle)))
}
