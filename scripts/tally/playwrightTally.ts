import type { FullConfig, Reporter, Suite, TestCase, TestError } from '@playwright/test/reporter'
import { type SkippedTest, writeTally } from './tally.ts'

/** Playwright reporter that counts tests for the test runner. An error outside of any test is one failure. */
export default class PlaywrightTally implements Reporter {
  #tests: TestCase[] = []
  #strayErrors = 0

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#tests = suite.allTests()
  }

  onError(_error: TestError): void {
    this.#strayErrors++
  }

  onEnd(): void {
    const skipped: SkippedTest[] = []
    let passed = 0
    let failed = this.#strayErrors
    for (const test of this.#tests) {
      const outcome = test.outcome()
      if (outcome === 'expected' || outcome === 'flaky') passed++
      else if (outcome === 'unexpected') failed++
      else skipped.push({ name: test.titlePath().filter(Boolean).join(' › '), reason: reasonOf(test) })
    }
    writeTally({ passed, failed, skipped })
  }

  printsToStdio(): boolean {
    return false
  }
}

function reasonOf(test: TestCase): string {
  const annotation = test.annotations.find(({ type }) => type === 'skip' || type === 'fixme')
  if (annotation?.description) return annotation.description
  return test.results.length === 0 ? 'an earlier failure stopped the run' : 'no reason given'
}
