import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  constrained,
  fitted,
  fitZoom,
  isFitted,
  MAX_ZOOM,
  type Placement,
  panned,
  type Stage,
  wheelFactor,
  zoomedByStep,
  zoomedTo,
} from './viewport.ts'

const landscape: Stage = {
  viewport: { width: 1000, height: 500 },
  margin: { width: 0, height: 0 },
  image: { width: 4000, height: 1000 },
  pixelRatio: 1,
  quarterTurns: 0,
}

const anyStage = fc.record({
  viewport: fc.record({ width: fc.integer({ min: 1, max: 8000 }), height: fc.integer({ min: 1, max: 8000 }) }),
  margin: fc.constantFrom({ width: 0, height: 0 }, { width: 32, height: 24 }),
  image: fc.record({ width: fc.integer({ min: 1, max: 60_000 }), height: fc.integer({ min: 1, max: 60_000 }) }),
  pixelRatio: fc.constantFrom(1, 1.25, 1.5, 2, 3),
  quarterTurns: fc.constantFrom(0, 1, 2, 3),
}) as fc.Arbitrary<Stage>

describe('fit', () => {
  it('shows the whole picture', () => {
    expect(fitted(landscape)).toEqual({ zoom: 0.25, x: 0, y: 0 })
  })

  it('leaves the margin free, which a zoomed picture may cover', () => {
    const framed = { ...landscape, margin: { width: 200, height: 0 } }
    expect(fitZoom(framed)).toBe(0.2)
    expect(panned(framed, { zoom: 1, x: 0, y: 0 }, { x: 9999, y: 0 }).x).toBe(1500)
  })

  it('does not magnify a picture smaller than the window', () => {
    expect(fitZoom({ ...landscape, image: { width: 16, height: 16 } })).toBe(1)
  })

  it('measures a turned picture by its turned sides', () => {
    expect(fitZoom({ ...landscape, quarterTurns: 1 })).toBe(0.125)
  })

  it('calls 100 % one image pixel on one device pixel, also on a dense display', () => {
    // 4000 image pixels are 2000 CSS pixels at 100 % when a CSS pixel has 2 device pixels.
    expect(fitZoom({ ...landscape, pixelRatio: 2 })).toBe(0.5)
  })

  it('has an answer before the window is measured', () => {
    expect(fitZoom({ ...landscape, viewport: { width: 0, height: 0 } })).toBe(1)
  })
})

describe('zoom', () => {
  it('keeps the image point under the pointer in its place', () => {
    const before: Placement = { zoom: 1, x: 200, y: 0 }
    const pointer = { x: -300, y: 40 }
    const after = zoomedTo(landscape, before, 3, pointer)
    const imagePoint = (placement: Placement) => ({
      x: (pointer.x - placement.x) / placement.zoom,
      y: (pointer.y - placement.y) / placement.zoom,
    })
    expect(imagePoint(after).x).toBeCloseTo(imagePoint(before).x)
    expect(imagePoint(after).y).toBeCloseTo(imagePoint(before).y)
  })

  it('steps through round zooms, from the fit and back to it', () => {
    const start = fitted(landscape)
    const closer = zoomedByStep(landscape, start, 1)
    expect(closer.zoom).toBe(0.333)
    expect(zoomedByStep(landscape, closer, -1).zoom).toBe(0.25)
    expect(zoomedByStep(landscape, start, -1)).toEqual(start)
  })

  it('ends at the largest zoom', () => {
    expect(zoomedByStep(landscape, { zoom: MAX_ZOOM, x: 0, y: 0 }, 1).zoom).toBe(MAX_ZOOM)
  })

  it('never leaves the limits, wherever it is asked to go', () => {
    fc.assert(
      fc.property(
        anyStage,
        fc.double({ min: -1, max: 1000, noNaN: true }),
        fc.record({ x: fc.integer({ min: -4000, max: 4000 }), y: fc.integer({ min: -4000, max: 4000 }) }),
        (stage, zoom, pointer) => {
          const placement = zoomedTo(stage, fitted(stage), zoom, pointer)
          expect(placement.zoom).toBeGreaterThanOrEqual(fitZoom(stage))
          expect(placement.zoom).toBeLessThanOrEqual(MAX_ZOOM)
          expect(constrained(stage, placement)).toEqual(placement)
        },
      ),
    )
  })
})

describe('pan', () => {
  it('stops where the edge of the picture meets the edge of the window', () => {
    const placement = panned(landscape, { zoom: 1, x: 0, y: 0 }, { x: 99_999, y: 99_999 })
    expect(placement).toEqual({ zoom: 1, x: 1500, y: 250 })
  })

  it('does not move a picture that fits', () => {
    expect(panned(landscape, fitted(landscape), { x: 50, y: -50 })).toEqual(fitted(landscape))
    expect(isFitted(landscape, fitted(landscape))).toBe(true)
  })
})

describe('wheel', () => {
  it('zooms in when turned away and out when turned towards a person, by inverse amounts', () => {
    const away = wheelFactor({ deltaY: -100, deltaMode: 0, ctrlKey: false })
    const towards = wheelFactor({ deltaY: 100, deltaMode: 0, ctrlKey: false })
    expect(away).toBeGreaterThan(1)
    expect(away * towards).toBeCloseTo(1)
  })

  it('reads lines as well as pixels, and bounds a wheel that runs away', () => {
    expect(wheelFactor({ deltaY: -3, deltaMode: 1, ctrlKey: false })).toBeCloseTo(
      wheelFactor({ deltaY: -48, deltaMode: 0, ctrlKey: false }),
    )
    expect(wheelFactor({ deltaY: -1e9, deltaMode: 0, ctrlKey: true })).toBeLessThan(10)
  })
})
