import { expect, test } from 'vitest'
import { findPicks } from './PlacePicker.tsx'

const pick = (name: string, within = '', words: readonly string[] = []) => ({
  id: name,
  name,
  within,
  words,
  icon: null,
})
const picks = [
  pick('Old cats'),
  pick('Scats'),
  pick('Catalogue'),
  pick('Siamese', 'animals / cats'),
  pick('Feline', '', ['cat']),
]
const found = (text: string) => findPicks(picks, text).map(({ name }) => name)

test('names that begin with the text come first, then words, parts, places and other names', () => {
  expect(found('cat')).toEqual(['Catalogue', 'Old cats', 'Scats', 'Siamese', 'Feline'])
})

test('an empty text finds all as they are, a path finds what is in it', () => {
  expect(found(' ')).toHaveLength(picks.length)
  expect(found('animals / cats / si')).toEqual(['Siamese'])
  expect(found('dog')).toEqual([])
})
