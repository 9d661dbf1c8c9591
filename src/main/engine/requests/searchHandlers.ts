import type { searchRequests } from '../../../shared/contract/requests/searchRequests.ts'
import { completeSearch } from '../library/completeSearch.ts'
import type { EngineParts, Handlers } from './engineParts.ts'

/** Answers the requests of `searchRequests`. */
export function searchHandlers({ catalog }: EngineParts): Handlers<typeof searchRequests> {
  return {
    'search.complete': ({ text, caret }) => completeSearch(catalog.searchValues, text, caret),
  }
}
