import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type GridLayout,
  type Grouped,
  indexesTouching,
  justifiedLayout,
  rowsBetween,
  squareLayout,
  uniformLayout,
} from './gridLayout.ts'

const GAP = 6

function rowsOf(layout: GridLayout): number[][] {
  return Array.from({ length: layout.rowCount }, (_, row) => {
    const start = layout.rowStart(row)
    return Array.from({ length: layout.rowStart(row + 1) - start }, (_, i) => start + i)
  })
}

function randomAspects(count: number): Float32Array {
  let state = 7
  return Float32Array.from({ length: count }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return [0.56, 0.75, 1, 1.33, 1.5, 1.78, 2.4][state % 7] ?? 1
  })
}

describe('justified rows', () => {
  const anyAspects = fc.array(fc.float({ min: Math.fround(0.05), max: 20, noNaN: true }), { maxLength: 80 })
  const anyWidth = fc.integer({ min: 120, max: 3000 })

  it('holds every asset once, in order, for any pictures and any width', () => {
    fc.assert(
      fc.property(anyAspects, anyWidth, (aspects, width) => {
        const layout = justifiedLayout(Float32Array.from(aspects), width, 176, GAP)
        expect(rowsOf(layout).flat()).toEqual(aspects.map((_, index) => index))
        for (let index = 0; index < aspects.length; index++) {
          expect(rowsOf(layout)[layout.rowOf(index)]).toContain(index)
        }
      }),
    )
  })

  it('fills every row but the last to the last pixel, with the gap between neighbours', () => {
    fc.assert(
      fc.property(anyAspects, anyWidth, (aspects, width) => {
        const layout = justifiedLayout(Float32Array.from(aspects), width, 176, GAP)
        for (const row of rowsOf(layout)) {
          const places = row.map((index) => layout.place(index))
          for (let i = 1; i < places.length; i++) {
            expect(places[i]!.x - (places[i - 1]!.x + places[i - 1]!.width)).toBe(GAP)
          }
          expect(places[0]!.x).toBe(0)
          const right = places.at(-1)!.x + places.at(-1)!.width
          if (row.at(-1) === aspects.length - 1) expect(right).toBeLessThanOrEqual(width)
          else expect(right).toBe(width)
        }
      }),
    )
  })

  it('stacks rows without overlap', () => {
    const layout = justifiedLayout(randomAspects(500), 1000, 176, GAP)
    for (let row = 1; row < layout.rowCount; row++) {
      expect(layout.rowTop(row)).toBe(layout.rowTop(row - 1) + layout.rowHeight(row - 1) + GAP)
    }
    const lastRow = layout.rowCount - 1
    expect(layout.height).toBe(layout.rowTop(lastRow) + layout.rowHeight(lastRow))
  })

  it('comes close to the wished height with ordinary pictures', () => {
    const layout = justifiedLayout(randomAspects(500), 1200, 176, GAP)
    for (let row = 0; row < layout.rowCount; row++) {
      expect(layout.rowHeight(row)).toBeGreaterThan(176 * 0.7)
      expect(layout.rowHeight(row)).toBeLessThan(176 * 1.35)
    }
  })

  it('does not blow up a last row that is not full', () => {
    const layout = justifiedLayout(Float32Array.of(1), 1200, 176, GAP)
    expect(layout.place(0)).toEqual({ x: 0, y: 0, width: 176, height: 176 })
  })

  it('crops a panorama instead of making a hairline of its row', () => {
    const layout = justifiedLayout(Float32Array.of(40, 1), 800, 176, GAP)
    expect(layout.rowHeight(0)).toBeGreaterThan(150)
  })

  it('draws what has no proportions as a square', () => {
    const layout = justifiedLayout(Float32Array.of(Number.NaN, 0, -1, Number.POSITIVE_INFINITY), 4000, 176, GAP)
    expect([0, 1, 2].map((index) => layout.place(index).width)).toEqual([176, 176, 176])
  })

  it('is empty for an empty view', () => {
    const layout = justifiedLayout(new Float32Array(), 1000, 176, GAP)
    expect([layout.rowCount, layout.height]).toEqual([0, 0])
    expect(rowsBetween(layout, 0, 1000)).toEqual({ first: 0, last: -1 })
  })

  it('lays out a million, and finds any place in it', () => {
    const aspects = randomAspects(1_000_000)
    const layout = justifiedLayout(aspects, 1180, 176, GAP)
    expect(layout.rowStart(layout.rowCount)).toBe(1_000_000)
    for (const index of [0, 1, 499_999, 777_777, 999_999]) {
      const { y, height } = layout.place(index)
      const { first, last } = rowsBetween(layout, y + 1, y + height - 1)
      expect([first, last]).toEqual([layout.rowOf(index), layout.rowOf(index)])
    }
  })
})

describe('groups', () => {
  const aspects = fc.array(fc.constantFrom(0.5, 0.75, 1, 1.5, 2.4), { minLength: 1, maxLength: 60 })
  const cuts = fc.array(fc.nat(59), { maxLength: 8 })
  const layouts = (some: readonly number[], groups: Grouped) => [
    justifiedLayout(Float32Array.from(some), 700, 120, GAP, groups),
    squareLayout(some.length, 700, 120, 12, 26, groups),
    uniformLayout(some.length, 1, { width: 700, height: 44 }, 0, groups),
  ]

  it('begin rows of their own under their headings, in every layout', () => {
    fc.assert(
      fc.property(aspects, cuts, (some, places) => {
        const starts = [...new Set([0, ...places.filter((place) => place < some.length)])].toSorted((a, b) => a - b)
        for (const layout of layouts(some, { starts: Int32Array.from(starts), heading: 40 })) {
          expect(rowsOf(layout).flat()).toEqual(some.map((_, index) => index))
          expect(layout.groupCount).toBe(starts.length)
          let bottom = 0
          for (const [group, start] of starts.entries()) {
            expect([layout.groupStart(group), layout.groupOf(start)]).toEqual([start, group])
            const row = layout.rowOf(start)
            expect(layout.rowStart(row)).toBe(start)
            expect(layout.groupTop(group)).toBeGreaterThanOrEqual(bottom)
            expect(layout.rowTop(row)).toBe(layout.groupTop(group) + 40)
            const end = layout.groupStart(group + 1)
            expect(layout.groupOf(end - 1)).toBe(group)
            const last = layout.place(end - 1)
            bottom = last.y + last.height
          }
          expect(layout.groupTop(starts.length)).toBe(layout.height)
          expect(layout.height).toBe(bottom)
        }
      }),
    )
  })

  it('keep the height of a last row that is not full, whichever group it ends', () => {
    const layout = justifiedLayout(Float32Array.of(1, 1, 1), 1200, 176, GAP, {
      starts: Int32Array.of(0, 2),
      heading: 40,
    })
    expect(layout.place(1)).toEqual({ x: 176 + GAP, y: 40, width: 176, height: 176 })
    expect(layout.place(2)).toEqual({ x: 0, y: 40 + 176 + GAP + 40, width: 176, height: 176 })
  })

  it('of a million assets are laid out and found', () => {
    const starts = Int32Array.from({ length: 3000 }, (_, group) => group * 333)
    const layout = justifiedLayout(randomAspects(1_000_000), 1180, 176, GAP, { starts, heading: 40 })
    expect(layout.groupOf(777_777)).toBe(Math.floor(777_777 / 333))
    expect(layout.rowStart(layout.rowCount)).toBe(1_000_000)
  })
})

describe('squares', () => {
  it('fill the width with as many columns as come close to the wished side', () => {
    const layout = squareLayout(10, 1000, 200, 10, 30)
    expect(layout.place(0)).toEqual({ x: 0, y: 0, width: 192, height: 222 })
    expect(layout.place(4).x + layout.place(4).width).toBe(1000)
    expect(layout.place(5)).toMatchObject({ x: 0, y: 232 })
    expect(layout.rowCount).toBe(2)
  })

  it('still have one column when there is no room', () => {
    expect(squareLayout(3, 40, 200, 10, 0).rowCount).toBe(3)
  })
})

describe('what a rectangle touches', () => {
  const layout = uniformLayout(12, 4, { width: 100, height: 100 }, 10)

  it('is every cell it overlaps, in order', () => {
    expect(indexesTouching(layout, { x: 50, y: 50, width: 100, height: 100 })).toEqual([0, 1, 4, 5])
  })

  it('is nothing between the cells', () => {
    expect(indexesTouching(layout, { x: 102, y: 102, width: 5, height: 5 })).toEqual([])
  })
})
