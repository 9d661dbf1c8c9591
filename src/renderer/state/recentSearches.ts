import { create } from 'zustand'

/** As many as a list beside the field holds without scrolling. */
export const RECENT_SEARCHES = 8
/** Longer ones are not worth a line of a list. */
const LONGEST = 500

/** What was searched for lately, the last first. */
export const useRecentSearches = create<{ readonly searches: readonly string[] }>()(() => ({ searches: [] }))

/** Remembers a search that a person has finished; the same one again moves to the front. */
export function rememberSearch(text: string): void {
  const search = text.trim().replace(/\s+/g, ' ')
  if (search.length < 2 || search.length > LONGEST) return
  useRecentSearches.setState(({ searches }) => ({ searches: withSearch(searches, search) }))
}

export function forgetSearches(): void {
  useRecentSearches.setState({ searches: [] })
}

function withSearch(searches: readonly string[], search: string): readonly string[] {
  const others = searches.filter((other) => other.toLowerCase() !== search.toLowerCase())
  return [search, ...others].slice(0, RECENT_SEARCHES)
}
