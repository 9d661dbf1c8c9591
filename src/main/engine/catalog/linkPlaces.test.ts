import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Placed, placeOf } from './linkPlaces.ts'

const made: Placed = { stamp: '5', position: 10 }

describe('the place of a link', () => {
  it('is the one that it was made with, as long as nobody moves it', () => {
    expect(placeOf(made, undefined)).toBe(10)
  })
  it('is the one that it was moved to, whether or not that move knew who made it', () => {
    expect(placeOf(made, { stamp: '6', position: 20 })).toBe(20)
  })
  it('is not the one of a move before it was made anew', () => {
    expect(placeOf(made, { stamp: '4', position: 20 })).toBe(10)
  })
  it('is that of the latest stamp', () => {
    fc.assert(
      fc.property(fc.nat(9), fc.nat(9), (first, second) => {
        fc.pre(first !== second)
        const place = placeOf({ stamp: `${first}`, position: first }, { stamp: `${second}`, position: second })
        expect(place).toBe(Math.max(first, second))
      }),
    )
  })
})
