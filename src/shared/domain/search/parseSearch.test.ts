import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSearch } from './searchText.ts'

const word = (text: string) => ({ kind: 'word', text })

describe('search text', () => {
  it('is words that all must match', () => {
    expect(parseSearch(' night  harbour ')).toEqual({ kind: 'all', nodes: [word('night'), word('harbour')] })
    expect(parseSearch('')).toEqual({ kind: 'all', nodes: [] })
  })

  it('knows phrases, “or”, “-” and parentheses', () => {
    expect(parseSearch('"low fog" or -dawn')).toEqual({
      kind: 'any',
      nodes: [
        { kind: 'phrase', text: 'low fog' },
        { kind: 'not', node: word('dawn') },
      ],
    })
    expect(parseSearch('a (b or c)')).toEqual({
      kind: 'all',
      nodes: [word('a'), { kind: 'any', nodes: [word('b'), word('c')] }],
    })
  })

  it('knows fields with their operators and quoted values', () => {
    expect(parseSearch('rating>=4')).toEqual({ kind: 'field', field: 'rating', operator: '>=', value: '4' })
    expect(parseSearch('Tag:"Key art"')).toEqual({ kind: 'field', field: 'tag', operator: ':', value: 'Key art' })
    expect(parseSearch('https://example.com')).toEqual(word('https://example.com'))
  })

  it('takes a quote that is not closed yet to the end, because that is what typing looks like', () => {
    expect(parseSearch('"low fo')).toEqual({ kind: 'phrase', text: 'low fo' })
  })

  it.each([
    ['(a', 0],
    ['a)', 1],
    ['a tag:', 2],
    ['-(', 1],
  ])('says where the mistake is in %j', (text, position) => {
    expect(() => parseSearch(text)).toThrow(expect.objectContaining({ code: 'invalid_request', details: { position } }))
  })

  it('never throws anything but a typed mistake', () => {
    const piece = fc.constantFrom('(', ')', '-', '"', 'or', 'tag:', 'rating>', 'x', ' ', ':')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        try {
          parseSearch(pieces.join(''))
        } catch (error) {
          expect(error).toMatchObject({ code: 'invalid_request' })
        }
      }),
    )
  })
})
