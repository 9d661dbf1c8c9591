import { describe, expect, it } from 'vitest'
import { placeWindow } from './windowBounds.ts'

const primary = { x: 0, y: 25, width: 1920, height: 1055 }
const second = { x: 1920, y: 0, width: 1280, height: 1024 }
const saved = (x: number, y: number, width: number, height: number) => ({ x, y, width, height, maximized: false })

describe('placeWindow', () => {
  it('puts the first window in the middle of the primary display', () => {
    expect(placeWindow(null, [primary, second])).toEqual({ x: 240, y: 103, width: 1440, height: 900 })
  })

  it('makes it as large as a small display allows, never smaller than the minimum', () => {
    expect(placeWindow(null, [{ x: 0, y: 0, width: 1024, height: 600 }])).toEqual({
      x: 0,
      y: 0,
      width: 1024,
      height: 600,
    })
    expect(placeWindow(null, [{ x: 0, y: 0, width: 320, height: 240 }])).toMatchObject({ width: 720, height: 480 })
  })

  it('puts a window back where it was, on any display', () => {
    expect(placeWindow(saved(100, 50, 900, 600), [primary])).toEqual({ x: 100, y: 50, width: 900, height: 600 })
    expect(placeWindow(saved(2000, 0, 900, 600), [primary, second])).toMatchObject({ x: 2000, y: 0 })
  })

  it.each([
    ['its display was unplugged', saved(2000, 0, 900, 600)],
    ['its title bar is above the screen', saved(100, -500, 900, 600)],
    ['its title bar is below the screen', saved(100, 1075, 900, 600)],
    ['only a sliver is left on the screen', saved(1900, 50, 900, 600)],
    ['it is nowhere at all', saved(-1_000_000, 1_000_000, 900, 600)],
  ])('brings it back with its size when %s', (_, bounds) => {
    expect(placeWindow(bounds, [primary])).toEqual({ x: 510, y: 253, width: 900, height: 600 })
  })

  it('shrinks what was saved on a larger display', () => {
    expect(placeWindow(saved(0, 25, 5000, 3000), [primary])).toMatchObject({ width: 1920, height: 1055 })
  })
})
