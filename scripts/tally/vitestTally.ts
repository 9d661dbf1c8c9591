import type { SerializedError } from 'vitest'
import type { Reporter, TestModule } from 'vitest/node'
import { type SkippedTest, writeTally } from './tally.ts'

/** Vitest reporter that counts tests for the test runner. A file that fails to load, or a stray error, is one failure. */
export default class VitestTally implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], strayErrors: readonly SerializedError[]): void {
    let passed = 0
    let failed = strayErrors.length
    const skipped: SkippedTest[] = []
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const result = test.result()
        if (result.state === 'passed') passed++
        else if (result.state === 'failed') failed++
        else {
          const note = result.state === 'skipped' ? result.note : undefined
          skipped.push({ name: `${module.relativeModuleId} › ${test.fullName}`, reason: note ?? 'no reason given' })
        }
      }
      failed += module.errors().length
    }
    writeTally({ passed, failed, skipped })
  }
}
