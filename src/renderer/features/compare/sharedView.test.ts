import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_ZOOM, type Stage } from '../../ui/stage/viewport.ts'
import {
  actualSize,
  movedBy,
  placed,
  type SharedView,
  steppedZoom,
  wholePicture,
  within,
  zoomedBy,
  zoomOf,
} from './sharedView.ts'

const stageOf = (width: number, height: number): Stage => ({
  viewport: { width: 800, height: 600 },
  margin: { width: 0, height: 0 },
  image: { width, height },
  pixelRatio: 1,
  quarterTurns: 0,
})
const small = stageOf(400, 300)
const large = stageOf(4000, 3000)

const anyStage = fc.record({
  viewport: fc.record({ width: fc.integer({ min: 0, max: 4000 }), height: fc.integer({ min: 0, max: 4000 }) }),
  margin: fc.constant({ width: 0, height: 0 }),
  image: fc.record({ width: fc.integer({ min: 1, max: 60_000 }), height: fc.integer({ min: 1, max: 60_000 }) }),
  pixelRatio: fc.constantFrom(1, 1.5, 2),
  quarterTurns: fc.constantFrom(0, 1, 2, 3),
}) as fc.Arbitrary<Stage>
const anyView: fc.Arbitrary<SharedView> = fc.record({
  scale: fc.double({ min: 0.01, max: 1000, noNaN: true }),
  x: fc.double({ min: -2, max: 2, noNaN: true }),
  y: fc.double({ min: -2, max: 2, noNaN: true }),
})

describe('one view of pictures of different sizes', () => {
  it('shows each as large as its stage allows, also a small one', () => {
    expect(zoomOf(small, wholePicture)).toBe(2)
    expect(zoomOf(large, wholePicture)).toBe(0.2)
  })

  it('shows the same part of each', () => {
    const view = zoomedBy(large, wholePicture, 4, { x: 300, y: -200 })
    const inPicture = (stage: Stage) => {
      const { zoom, x, y } = placed(stage, view)
      return [-x / zoom / stage.image.width, -y / zoom / stage.image.height]
    }
    expect(inPicture(small)[0]).toBeCloseTo(inPicture(large)[0] ?? Number.NaN)
    expect(inPicture(small)[1]).toBeCloseTo(inPicture(large)[1] ?? Number.NaN)
  })

  it('keeps the point under the pointer', () => {
    const before = placed(large, { scale: 3, x: 0.1, y: 0 })
    const after = placed(large, zoomedBy(large, { scale: 3, x: 0.1, y: 0 }, 1.7, { x: 120, y: -40 }))
    expect((120 - after.x) / after.zoom).toBeCloseTo((120 - before.x) / before.zoom)
    expect((-40 - after.y) / after.zoom).toBeCloseTo((-40 - before.y) / before.zoom)
  })

  it('goes to the actual size of one of them', () => {
    expect(zoomOf(large, actualSize(large, wholePicture))).toBeCloseTo(1)
    // It is larger than that already when it fills its stage.
    expect(zoomOf(small, actualSize(small, wholePicture))).toBe(2)
  })

  it('steps in and back out', () => {
    expect(steppedZoom(large, steppedZoom(large, wholePicture, 1), -1)).toEqual(wholePicture)
  })

  it('stops at the edge of the picture', () => {
    expect(movedBy(large, { scale: 2, x: 0, y: 0 }, { x: 1e6, y: -1e6 })).toEqual({ scale: 2, x: 0.25, y: -0.25 })
    expect(movedBy(large, wholePicture, { x: 50, y: 50 })).toEqual(wholePicture)
  })

  it('stays within its limits, whatever is asked', () => {
    fc.assert(
      fc.property(anyStage, anyView, fc.double({ min: 0.001, max: 1000, noNaN: true }), (stage, view, factor) => {
        const after = zoomedBy(stage, within(stage, view), factor, { x: 33, y: -12 })
        expect(after.scale).toBeGreaterThanOrEqual(1)
        expect(zoomOf(stage, after)).toBeLessThanOrEqual(MAX_ZOOM * 1.0001)
        expect([after.x, after.y].every((value) => Math.abs(value) <= 0.5)).toBe(true)
      }),
    )
  })
})
