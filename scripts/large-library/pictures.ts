import { rgbaToThumbHash } from 'thumbhash'
import type { Random } from '../demo-art/random.ts'
import { hexDigits } from './chance.ts'

export interface Look {
  /** Base64, of a hash that can be drawn. */
  readonly thumbhash: string
  /** `#rrggbb`, most common first. */
  readonly colors: readonly string[]
}

const SHAPES = ['landscape', 'square', 'portrait'] as const
/** Thumbhashes of one shape, each of another hue. Colours vary between them. */
const HUES = 60

let thumbhashes: Map<string, readonly string[]> | undefined

/** The look of a picture of this aspect (width divided by height). */
export function drawLook(random: Random, aspect: number): Look {
  thumbhashes ??= new Map(
    SHAPES.map((shape) => [shape, Array.from({ length: HUES }, (_, number) => makeThumbhash(shape, number))]),
  )
  const shape = aspect > 1.1 ? 'landscape' : aspect < 0.9 ? 'portrait' : 'square'
  const number = random.below(HUES)
  const thumbhash = thumbhashes.get(shape)?.[number]
  if (thumbhash === undefined) throw new Error(`There is no look number ${number}.`)
  const colors = paletteOf(hueOf(number) + random.between(0, 360 / HUES), random.between(0.3, 0.62))
  return {
    thumbhash,
    colors: colors.map((color) => `#${color.map((value) => value.toString(16).padStart(2, '0')).join('')}`),
  }
}

/** A 64-bit perceptual hash: of its own, or a few bits from that of a picture it is a variation of. */
export function drawPerceptualHash(random: Random, like: string | null): string {
  if (like === null) return hexDigits(random, 16)
  let bits = BigInt(`0x${like}`)
  for (let flips = random.below(5); flips > 0; flips--) bits ^= 1n << BigInt(random.below(64))
  return bits.toString(16).padStart(16, '0')
}

function hueOf(number: number): number {
  return (number * 360) / HUES
}

type Rgb = readonly [number, number, number]

/** Ground, sky, a spot of the opposite colour, shadows and lights. */
function paletteOf(hue: number, lightness: number): readonly [Rgb, Rgb, Rgb, Rgb, Rgb] {
  return [
    rgb(hue, 0.45, lightness),
    rgb((hue + 30) % 360, 0.35, 0.6),
    rgb((hue + 180) % 360, 0.7, 0.5),
    rgb(hue, 0.15, 0.15),
    rgb((hue + 60) % 360, 0.1, 0.88),
  ]
}

/** Base64 of a sky over a ground with a spot, small enough for a thumbhash. */
function makeThumbhash(shape: (typeof SHAPES)[number], number: number): string {
  const [ground, sky, spotColor] = paletteOf(hueOf(number), 0.45)
  const [width, height] = shape === 'landscape' ? [32, 22] : shape === 'portrait' ? [22, 32] : [28, 28]
  const horizon = height * (0.35 + 0.3 * ((number % 5) / 5))
  const spot = { x: width * ((number % 11) / 11), y: height * ((number % 13) / 13), radius: 3 + (number % 6) }
  const pixels = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inSpot = (x - spot.x) ** 2 + (y - spot.y) ** 2 < spot.radius ** 2
      const color = inSpot ? spotColor : y < horizon ? sky : ground
      const shade = 0.75 + (0.25 * y) / height
      pixels.set([...color.map((value) => Math.round(value * shade)), 255], (y * width + x) * 4)
    }
  }
  return Buffer.from(rgbaToThumbHash(width, height, pixels)).toString('base64')
}

/** From hue in degrees, saturation and lightness: CSS Color 4, section 7.1. */
function rgb(hue: number, saturation: number, lightness: number): Rgb {
  const channel = (n: number): number => {
    const k = (n + hue / 30) % 12
    const a = saturation * Math.min(lightness, 1 - lightness)
    return Math.round(255 * (lightness - a * Math.max(-1, Math.min(k - 3, 9 - k, 1))))
  }
  return [channel(0), channel(8), channel(4)]
}
