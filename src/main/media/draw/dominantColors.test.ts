import { describe, expect, it } from 'vitest'
import { dominantColors } from './dominantColors.ts'

function picture(...parts: readonly (readonly [count: number, rgba: readonly number[]])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap(([count, rgba]) => Array.from({ length: count }, () => rgba).flat()))
}

describe('the palette of a picture', () => {
  it('has the most common colour first', () => {
    const colors = dominantColors(picture([100, [255, 0, 0, 255]], [300, [0, 0, 255, 255]], [50, [0, 255, 0, 255]]))
    expect(colors).toEqual(['#0000ff', '#ff0000', '#00ff00'])
  })

  it('counts shades of one colour as one', () => {
    expect(dominantColors(picture([10, [200, 10, 10, 255]], [10, [205, 12, 12, 255]]))).toHaveLength(1)
  })

  it('has at most five, and none that hardly occurs', () => {
    const many = [0, 60, 120, 180, 240].flatMap((red) =>
      [0, 120, 240].map((blue) => [20, [red, 0, blue, 255]] as const),
    )
    expect(dominantColors(picture(...many))).toHaveLength(5)
    expect(dominantColors(picture([1_000, [255, 255, 255, 255]], [2, [0, 0, 0, 255]]))).toEqual(['#ffffff'])
  })

  it('is empty for a picture that shows nothing', () => {
    expect(dominantColors(picture([50, [255, 0, 0, 0]]))).toEqual([])
    expect(dominantColors(new Uint8Array())).toEqual([])
  })
})
