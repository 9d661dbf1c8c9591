import { expect, it } from 'vitest'
import { promptSearch } from './promptSearch.ts'

it('is the prompt on one line', () => {
  expect(promptSearch('  a harbour\nat  dusk ')).toBe('a harbour at dusk')
})

it('ends with a whole word, as a phrase finds no halves', () => {
  const found = promptSearch('harbour '.repeat(60))
  expect(found.length).toBeLessThanOrEqual(200)
  expect(found).toMatch(/harbour$/)
})

it('cuts what has no words', () => {
  expect(promptSearch('x'.repeat(900))).toHaveLength(200)
})
