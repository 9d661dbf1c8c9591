import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { perceptualHash } from './perceptualHash.ts'

type Paint = (x: number, y: number) => readonly [number, number, number, number]

/** A picture of any size: `paint` gets coordinates from 0 to 1. */
function picture(width: number, height: number, paint: Paint): Uint8Array {
  const rgba = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rgba.set(paint((x + 0.5) / width, (y + 0.5) / height), (y * width + x) * 4)
  }
  return rgba
}

const hill: Paint = (x, y) => {
  const value = 128 + 80 * Math.sin(5 * x + 2 * y) * Math.cos(3 * y) + 30 * Math.sin(11 * x * y)
  return [value, value * 0.8, 255 - value, 255]
}
const stripes: Paint = (x) => (Math.floor(x * 6) % 2 === 0 ? [230, 230, 230, 255] : [20, 40, 60, 255])

function distance(a: string | null, b: string | null): number {
  if (a === null || b === null) throw new Error('A picture has no hash.')
  let different = BigInt(`0x${a}`) ^ BigInt(`0x${b}`)
  let count = 0
  for (; different > 0n; different &= different - 1n) count++
  return count
}

const hashOf = (width: number, height: number, paint: Paint) =>
  perceptualHash(picture(width, height, paint), width, height)

describe('the perceptual hash of a picture', () => {
  it('is 16 hexadecimal digits', () => {
    expect(hashOf(64, 48, hill)).toMatch(/^[0-9a-f]{16}$/)
  })

  it('hardly changes with size and brightness', () => {
    const original = hashOf(64, 48, hill)
    expect(distance(original, hashOf(40, 30, hill))).toBeLessThanOrEqual(4)
    const darker = hashOf(64, 48, (x, y) => {
      const [red, green, blue, alpha] = hill(x, y)
      return [red * 0.8, green * 0.8, blue * 0.8, alpha]
    })
    expect(distance(original, darker)).toBeLessThanOrEqual(4)
  })

  it('is far from that of another picture', () => {
    expect(distance(hashOf(64, 48, hill), hashOf(64, 48, stripes))).toBeGreaterThan(16)
  })

  it('does not exist for a picture that shows nothing, which would be like every other such one', () => {
    expect(hashOf(64, 64, () => [200, 200, 200, 255])).toBeNull()
    expect(hashOf(64, 64, (x) => [x * 255, 0, 0, 0])).toBeNull()
  })

  it('can be had of any pixels', () => {
    const size = fc.integer({ min: 1, max: 64 })
    fc.assert(
      fc.property(size, size, fc.uint8Array({ minLength: 16, maxLength: 16 }), (width, height, noise) => {
        const rgba = Uint8Array.from({ length: width * height * 4 }, (_, at) => noise[(at * 7) % 16] ?? 0)
        expect(perceptualHash(rgba, width, height) ?? '0000000000000000').toMatch(/^[0-9a-f]{16}$/)
      }),
    )
  })
})
