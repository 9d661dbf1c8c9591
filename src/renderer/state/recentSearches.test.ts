import { beforeEach, expect, it } from 'vitest'
import { forgetSearches, RECENT_SEARCHES, rememberSearch, useRecentSearches } from './recentSearches.ts'

const searches = () => useRecentSearches.getState().searches

beforeEach(forgetSearches)

it('has the last search first, and each once', () => {
  for (const text of ['dusk', 'tag:fog', ' Dusk  ']) rememberSearch(text)
  expect(searches()).toEqual(['Dusk', 'tag:fog'])
})

it('keeps a list that can be looked over', () => {
  for (let index = 0; index < 30; index++) rememberSearch(`search ${index}`)
  expect(searches()).toHaveLength(RECENT_SEARCHES)
  expect(searches()[0]).toBe('search 29')
})

it('leaves out what says nothing, and what is no line', () => {
  for (const text of ['', ' ', 'x', 'x'.repeat(5_000)]) rememberSearch(text)
  expect(searches()).toEqual([])
})
