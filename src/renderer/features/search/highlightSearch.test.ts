import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSearch } from '../../../shared/domain/search/parseSearch.ts'
import { highlightSearch } from './highlightSearch.ts'

const drawn = (text: string) =>
  highlightSearch(text, parseSearch(text).problems).map(({ condition, parts }) => {
    const line = parts.map((part) => `${part.mistaken ? '!' : ''}${part.kind} ${part.text}`)
    return condition ? line : line.join()
  })

describe('how search text is drawn', () => {
  it('sets conditions apart from words', () => {
    expect(drawn('dusk tag:"key art"')).toEqual(['text dusk', 'text  ', ['field tag', 'operator :', 'value "key art"']])
    expect(drawn('-rating>=4')).toEqual(['sign -', ['field rating', 'operator >=', 'value 4']])
    expect(drawn('a or (b)')).toEqual(['text a', 'text  ', 'sign or', 'text  ', 'sign (', 'text b', 'sign )'])
  })

  it('marks mistakes where they are', () => {
    expect(drawn('ratng>=4')).toEqual(['!text ratng,text >=4'])
    expect(drawn('type:pig')).toEqual([['field type', 'operator :', '!value pig']])
    expect(drawn('a)')).toEqual(['text a', '!sign )'])
  })

  it('leaves what is not finished unmarked', () => {
    expect(drawn('tag:')).toEqual([['field tag', 'operator :']])
  })

  it('draws every character once and in order, whatever is typed', () => {
    const typed = fc.array(
      fc.constantFrom('tag:', '"', ' ', '(', ')', '-', 'or', 'x', 'rating>=', '4', '*', '\\', '字'),
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          typed.map((words) => words.join('')),
        ),
        (text) => {
          const pieces = highlightSearch(text, parseSearch(text).problems)
          expect(pieces.flatMap(({ parts }) => parts.map((part) => part.text)).join('')).toBe(text)
        },
      ),
    )
  })
})
