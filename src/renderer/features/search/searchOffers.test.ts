import { describe, expect, it } from 'vitest'
import type { Completion, Suggestion } from '../../queries/completion.ts'
import { type Offer, searchOffers, takeOffer } from './searchOffers.ts'

const suggestion = (kind: Suggestion['kind'], insert: string, label = insert): Suggestion => ({
  kind,
  insert,
  label,
  explanation: '',
})
const at = (text: string, suggestions: readonly Suggestion[]): Completion => ({ text, caret: text.length, suggestions })

describe('what is offered', () => {
  it('begins with recent searches while nothing is written', () => {
    const groups = searchOffers('', at('', [suggestion('field', 'tag:')]), ['dusk'])
    expect(groups.map(({ kind }) => kind)).toEqual(['recent', 'fields'])
    expect(groups[0]?.offers).toEqual([{ kind: 'recent', text: 'dusk' }, { kind: 'forget' }])
    expect(searchOffers('d', at('d', []), ['dusk'])).toEqual([])
  })

  it('knows of each value which field it belongs to', () => {
    const beside = searchOffers('fo', at('fo', [suggestion('value', 'tag:"low fog"', 'tag: low fog')]), [])
    expect(beside[0]?.offers).toMatchObject([{ field: 'tag', value: 'low fog' }])
    const inside = searchOffers('tag:fo', at('tag:fo', [suggestion('value', 'fog')]), [])
    expect(inside[0]).toMatchObject({ kind: 'values', offers: [{ field: 'tag', value: 'fog' }] })
  })
})

describe('an offer that is taken', () => {
  const taken = (text: string, caret: number, offer: Parameters<typeof takeOffer>[2]) => {
    const { from, to, insert } = takeOffer(text, caret, offer)
    return text.slice(0, from) + insert + text.slice(to)
  }
  const offered = (given: Suggestion): Extract<Offer, { kind: 'suggestion' }> => ({
    kind: 'suggestion',
    suggestion: given,
    field: null,
    value: '',
  })

  it('takes the place of what it completes', () => {
    expect(taken('dusk ta', 7, offered(suggestion('field', 'tag:')))).toBe('dusk tag:')
    expect(taken('dusk tag:fo', 11, offered(suggestion('value', 'fog')))).toBe('dusk tag:fog ')
    expect(taken('tag:fo dusk', 6, offered(suggestion('value', '"low fog"')))).toBe('tag:"low fog" dusk')
  })

  it('replaces everything when it is a recent search', () => {
    expect(taken('  ', 1, { kind: 'recent', text: 'tag:fog' })).toBe('tag:fog')
  })
})
