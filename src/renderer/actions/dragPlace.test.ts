import { describe, expect, it } from 'vitest'
import { isOutside, scrollSpeed } from './dragPlace.ts'

const window = { width: 900, height: 600 }
const outside = (clientX: number, clientY: number) => isOutside({ clientX, clientY }, window)

it('what is dragged has left the window beyond its edges, not on them', () => {
  expect([outside(0, 0), outside(899, 599)]).toEqual([false, false])
  expect([outside(-1, 300), outside(900, 300), outside(450, -1), outside(450, 600)]).toEqual([true, true, true, true])
})

describe('what can be scrolled', () => {
  const box = { top: 100, bottom: 500 }

  it('stays while something is held over its middle', () => {
    expect(scrollSpeed(300, box)).toBe(0)
  })

  it('moves towards the edge that something is held at, the faster the nearer', () => {
    expect(scrollSpeed(130, box)).toBeLessThan(0)
    expect(scrollSpeed(101, box)).toBeLessThan(scrollSpeed(130, box))
    expect(scrollSpeed(499, box)).toBe(-scrollSpeed(101, box))
  })

  it('is no faster for what is held beyond the edge', () => {
    expect(scrollSpeed(-4000, box)).toBe(scrollSpeed(100, box))
  })

  it('stays when it is too low to have a middle', () => {
    expect(scrollSpeed(110, { top: 100, bottom: 180 })).toBe(0)
  })
})
