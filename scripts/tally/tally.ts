import { readFileSync, writeFileSync } from 'node:fs'

/** What one suite found. */
export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly skipped: readonly SkippedTest[]
}

/** A test that did not run, and why. */
export interface SkippedTest {
  readonly name: string
  readonly reason: string
}

/** Environment variable that names the file for a reporter's tally. */
export const TALLY_FILE = 'VITRINE_TALLY_FILE'

/** Leaves a reporter's tally for the test runner; does nothing when the tool runs by itself. */
export function writeTally(tally: Tally): void {
  const file = process.env[TALLY_FILE]
  if (file) writeFileSync(file, JSON.stringify(tally))
}

/** The tally that a reporter left in `file`; undefined when the tool ended without leaving any. */
export function readTally(file: string): Tally | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return undefined // no file: the tool ended before its reporter could write one
  }
  return JSON.parse(text) as Tally
}
