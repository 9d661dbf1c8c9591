import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterScroll, elementHeight, MAX_ELEMENT_HEIGHT, positionAt } from './scrollScale.ts'

const short = { contentHeight: 100_000, viewportHeight: 800 }
/** What a million assets need. */
const tall = { contentHeight: 33_000_000, viewportHeight: 800 }

describe('content that an element can hold', () => {
  it('scrolls one to one', () => {
    expect(elementHeight(short)).toBe(100_000)
    expect(afterScroll({ element: 0, content: 0 }, 54_321, short)).toEqual({ element: 54_321, content: 54_321 })
    expect(positionAt(54_321, short)).toEqual({ element: 54_321, content: 54_321 })
  })
})

describe('content higher than an element can be', () => {
  const end = tall.contentHeight - tall.viewportHeight
  const elementEnd = MAX_ELEMENT_HEIGHT - tall.viewportHeight

  it('moves one to one with the wheel, wherever it is', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: end - 1000, noNaN: true }), fc.integer({ min: 1, max: 900 }), (at, by) => {
        const start = positionAt(at, tall)
        expect(afterScroll(start, start.element + by, tall).content - start.content).toBeCloseTo(by, 3)
      }),
    )
  })

  it('reaches both ends and every place between with the scroll bar', () => {
    const middle = positionAt(end / 2, tall)
    expect(afterScroll(middle, 0, tall).content).toBe(0)
    expect(afterScroll(middle, elementEnd, tall).content).toBe(end)
    expect(afterScroll({ element: 0, content: 0 }, middle.element, tall).content).toBeCloseTo(end / 2, 0)
  })

  it('brings a long way with the wheel back into scale without moving the content', () => {
    let position = positionAt(10_000_000, tall)
    for (let i = 0; i < 300; i++) position = afterScroll(position, position.element + 300, tall)
    const settled = positionAt(position.content, tall)
    expect(settled.content).toBe(position.content)
    expect(settled.element).toBeLessThan(position.element)
  })

  it('never strands a person at an end of the element that is not an end of the content', () => {
    for (const content of [150_000, 199_999, 200_001, 300_000, end - 150_000]) {
      const { element } = positionAt(content, tall)
      expect(element).toBeGreaterThanOrEqual(Math.min(content, 150_000))
      expect(elementEnd - element).toBeGreaterThanOrEqual(Math.min(end - content, 150_000))
    }
  })

  it('orders places the same in both', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: end }), fc.integer({ min: 0, max: end }), (a, b) => {
        expect(Math.sign(positionAt(a, tall).element - positionAt(b, tall).element)).toBe(Math.sign(a - b))
      }),
    )
  })
})
