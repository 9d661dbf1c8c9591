import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conditionsOf, withCondition, withoutCondition } from './editSearch.ts'
import { parseSearch } from './parseSearch.ts'
import { fieldNames } from './searchFields.ts'

describe('a search that is narrowed by a click', () => {
  it.each([
    ['', 'tag', 'fog', 'tag:fog'],
    ['dusk', 'tag', 'key art', 'dusk tag:"key art"'],
    ['dusk or dawn', 'tag', 'fog', '(dusk or dawn) tag:fog'],
    ['tag:Fog', 'tag', 'fog', 'tag:Fog'],
    ['"low fo', 'tag', 'fog', '"low fo" tag:fog'],
    ['(dusk', 'tag', 'a"b', 'dusk tag:a"b'],
    ['dusk or', 'tag', 'fog', 'dusk tag:fog'],
    ['', 'tag', '"quoted"', String.raw`tag:"\"quoted\""`],
    ['', 'model', '>5', 'model:">5"'],
  ] as const)('%j with %s %j', (text, field, value, expected) => {
    expect(withCondition(text, field, value)).toBe(expected)
  })

  it('leaves out what a click denies', () => {
    expect(withCondition('dusk', 'tag', 'key art', ':', true)).toBe('dusk -tag:"key art"')
    expect(withCondition('dusk -tag:fog', 'tag', 'Fog', ':', true)).toBe('dusk -tag:fog')
    expect(withCondition('dusk tag:fog', 'tag', 'fog', ':', true)).toBe('dusk tag:fog -tag:fog')
  })

  it('tells its conditions, for chips', () => {
    expect(conditionsOf('dusk tag:"key art" -type:video rating>=4 (tag:a or tag:b)')).toEqual([
      { field: 'tag', operator: ':', value: 'key art', denied: false },
      { field: 'type', operator: ':', value: 'video', denied: true },
      { field: 'rating', operator: '>=', value: '4', denied: false },
    ])
    expect(conditionsOf('tag:a or tag:b')).toEqual([])
  })

  it('loses a condition again', () => {
    expect(withoutCondition('dusk tag:fog tag:"key art" dawn', 'tag', 'Fog')).toBe('dusk tag:"key art" dawn')
    expect(withoutCondition('dusk tag:fog tag:"key art" dawn', 'tag')).toBe('dusk dawn')
    expect(withoutCondition('(a or b) rating>=4', 'rating')).toBe('a or b')
    expect(withoutCondition('dusk  tag:fog', 'rating')).toBe('dusk  tag:fog')
  })

  it('has the condition it was given, and is what it was without it, whatever the value', () => {
    const value = fc
      .oneof(fc.string({ minLength: 1 }), fc.string({ minLength: 1, unit: 'grapheme' }))
      .filter((text) => text.trim() !== '')
    fc.assert(
      fc.property(fc.constantFrom('', 'dusk', 'a or b', '-x (y'), value, (text, name) => {
        const narrowed = withCondition(text, 'tag', name)
        expect(parseSearch(narrowed).problems).toEqual([])
        expect(conditionsOf(narrowed)).toContainEqual({ field: 'tag', operator: ':', value: name, denied: false })
        expect(conditionsOf(withoutCondition(narrowed, 'tag', name))).toEqual([])
      }),
    )
  })

  it('can be narrowed by every field that has names', () => {
    for (const field of fieldNames) expect(withCondition('x', field, 'a b')).toBe(`x ${field}:"a b"`)
  })
})
