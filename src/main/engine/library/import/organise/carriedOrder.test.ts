import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { carriedOrder } from './carriedOrder.ts'

describe('the order that a file carries', () => {
  it('is its keywords and stars', () => {
    const metadata = { descriptive: { keywords: ['sea', 'Sea', ' blue hour ', 'night/long', ''], rating: 4 } }
    expect(carriedOrder(metadata)).toEqual({ tags: ['sea', 'blue hour', 'night∕long'], rating: 4 })
  })

  it('has paths where keywords have levels, each told once', () => {
    const metadata = {
      descriptive: { keywords: ['Places', 'Harbour', 'sea'] },
      xmp: { 'lr:hierarchicalSubject': ['Places', 'Places|Harbour', 'Places|Inland| Lake '] },
    }
    expect(carriedOrder(metadata).tags).toEqual(['Places/Harbour', 'Places/Inland/Lake', 'sea'])
  })

  it('takes a single text for a list, and no stars of a rejected picture', () => {
    const metadata = { descriptive: { keywords: 'sea', rating: -1 }, xmp: { 'lr:hierarchicalSubject': 'a|b' } }
    expect(carriedOrder(metadata)).toEqual({ tags: ['a/b', 'sea'], rating: 0 })
  })

  it('is nothing where nothing is said, whatever stands there', () => {
    expect(carriedOrder(null)).toEqual({ tags: [], rating: 0 })
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (keywords, rating, paths) => {
        const found = carriedOrder({ descriptive: { keywords, rating }, xmp: { 'lr:hierarchicalSubject': paths } })
        expect(found.tags.length).toBeLessThanOrEqual(200)
        expect(found.rating).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 200 },
    )
  })
})
