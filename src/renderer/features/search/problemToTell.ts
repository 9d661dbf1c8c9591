import type { SearchProblem } from '../../../shared/domain/search/searchNode.ts'

/** What a person is doing with the text while it is looked at. */
export interface Writing {
  /** Where the caret stands, null when the keyboard is elsewhere. */
  readonly caret: number | null
  /** True when nothing was typed for a moment. */
  readonly settled: boolean
  /** True while something that could be written at the caret is offered. */
  readonly offered: boolean
}

/**
 * The problem to put into words, the first that is none of its own making: what is written this moment is neither
 * finished nor wrong yet. Null for none.
 */
export function problemToTell(
  problems: readonly SearchProblem[],
  { caret, settled, offered }: Writing,
): SearchProblem | null {
  const told = problems.filter(({ kind, from, to }) => {
    if (caret === null) return true
    if (kind === 'incomplete') return false
    const underCaret = from <= caret && caret <= to
    return !underCaret || (settled && !offered)
  })
  return told[0] ?? null
}
