import { describe, expect, it } from 'vitest'
import { conditionsOf } from '../../../shared/domain/search/editSearch.ts'
import type { Facet } from '../../queries/facets.ts'
import { facetRows } from './facetRows.ts'

const facet = (kind: Facet['kind'], names: readonly string[]): Facet => ({
  kind,
  values: names.map((name, index) => ({ value: name, name, count: names.length - index })),
  more: 0,
})

describe('the lines of a filter', () => {
  it('say what the search asks for and denies, also what no result has', () => {
    const conditions = conditionsOf('tag:fog -tag:dusk')
    const rows = facetRows('tag', facet('tag', ['harbour', 'Fog']), conditions, '')
    expect(rows.map(({ name, standing, count }) => [name, standing, count])).toEqual([
      ['dusk', 'denied', 0],
      ['harbour', 'off', 2],
      ['Fog', 'asked', 1],
    ])
  })

  it('are narrowed by what is typed', () => {
    const rows = facetRows('model', facet('model', ['Juniper XL', 'sdxl', 'flux']), [], 'XL')
    expect(rows.map(({ name }) => name)).toEqual(['Juniper XL', 'sdxl'])
  })

  it('stand in the order of their kind', () => {
    const names = (kind: Facet['kind'], given: readonly string[]) =>
      facetRows(kind, facet(kind, given), [], '').map(({ name }) => name)
    expect(names('year', ['2019', '2024', '2021'])).toEqual(['2024', '2021', '2019'])
    expect(names('rating', ['0', '5', '3'])).toEqual(['5', '3', '0'])
    expect(names('label', ['blue', 'red'])).toEqual(['red', 'blue'])
    expect(names('tag', ['b', 'a'])).toEqual(['b', 'a'])
  })

  it('leave out what no search can name, and are never endless', () => {
    expect(facetRows('extension', facet('extension', ['', 'png']), [], '')).toHaveLength(1)
    const many = facet(
      'tag',
      Array.from({ length: 1000 }, (_, index) => `tag ${index}`),
    )
    expect(facetRows('tag', many, [], '').length).toBeLessThanOrEqual(200)
  })

  it('have nothing to show before the first answer', () => {
    expect(facetRows('type', undefined, [], '')).toEqual([])
  })
})
