import { describe, expect, it } from 'vitest'
import { facetKinds } from '../../../shared/domain/facet.ts'
import { conditionsOf } from '../../../shared/domain/search/editSearch.ts'
import { parseSearch } from '../../../shared/domain/search/parseSearch.ts'
import { facetCondition, standingOf, toggled } from './facetCondition.ts'

const tag = { field: 'tag', operator: ':', value: 'key art' } as const

describe('a click on a value of a filter', () => {
  it('narrows, and a second one takes it back', () => {
    const once = toggled('dusk', tag, false)
    expect(once).toBe('dusk tag:"key art"')
    expect(standingOf(conditionsOf(once), tag)).toBe('asked')
    expect(toggled(once, tag, false)).toBe('dusk')
  })

  it('leaves out with Alt, whether or not it was asked for', () => {
    const denied = toggled('dusk tag:"key art"', tag, true)
    expect(denied).toBe('dusk -tag:"key art"')
    expect(standingOf(conditionsOf(denied), tag)).toBe('denied')
    expect(toggled(denied, tag, true)).toBe('dusk')
    expect(toggled(denied, tag, false)).toBe('dusk tag:"key art"')
  })

  it('keeps what was written by hand', () => {
    expect(toggled('(dawn or dusk) -rain', tag, false)).toBe('(dawn or dusk) -rain tag:"key art"')
  })

  it('does not take a part of a name for the name', () => {
    const model = { field: 'model', operator: '=', value: 'SDXL' } as const
    expect(standingOf(conditionsOf('model:sdxl'), model)).toBe('off')
    expect(standingOf(conditionsOf('model=sdxl'), model)).toBe('asked')
  })
})

describe('the condition of a value', () => {
  it.each([
    ['type', 'image', 'type:image'],
    ['model', 'Juniper XL', 'model="Juniper XL"'],
    ['generator', 'ComfyUI', 'generator=ComfyUI'],
    ['year', '2024', 'captured:2024'],
    ['rating', '4', 'rating:4'],
    ['label', 'red', 'label:red'],
    ['extension', 'png', 'ext:png'],
    ['collection', 'Unsorted', 'collection:unsorted'],
  ] as const)('of %s %s is %s', (kind, name, text) => {
    expect(toggled('', facetCondition(kind, { value: name, name, count: 1 }, false), false)).toBe(text)
  })

  it('names a collection by its id where two have the same name', () => {
    const twin = { value: '018f-1', name: 'Posters', count: 2 }
    expect(facetCondition('collection', twin, false).value).toBe('Posters')
    expect(facetCondition('collection', twin, true).value).toBe('018f-1')
  })

  it('can be understood, whatever the name', () => {
    for (const kind of facetKinds.filter((each) => ['tag', 'collection', 'model', 'generator'].includes(each))) {
      for (const name of ['a "b" c', '(x)', '-y', 'or', '>5', '字', 'a\\b', '*']) {
        const text = toggled('', facetCondition(kind, { value: name, name, count: 1 }, false), false)
        expect(parseSearch(text).problems, text).toEqual([])
        expect(conditionsOf(text)[0]?.value).toBe(name)
      }
    }
  })
})
