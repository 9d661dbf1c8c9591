import { create } from 'zustand'
import type { SearchProblem } from '../../shared/domain/search/searchNode.ts'

/** Id of the element that says what is wrong with the search; the field points at it. */
export const SEARCH_PROBLEM_ID = 'search-problem'

/** What is wrong with what is typed in the search field, as far as it should be told now. Written by the field alone. */
export const useSearchProblem = create<{
  readonly problem: SearchProblem | null
  /** Takes the keyboard to its place. */
  readonly reveal: () => void
}>()(() => ({ problem: null, reveal: () => {} }))
