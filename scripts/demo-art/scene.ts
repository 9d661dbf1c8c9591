import type { Palette } from './palette.ts'
import type { Noise, Random } from './random.ts'

/** What a scene draws with. Lengths are pixels. */
export interface Canvas {
  readonly width: number
  readonly height: number
  /** The shorter side; strokes and details are sized by it. */
  readonly size: number
  readonly random: Random
  readonly noise: Noise
  readonly palette: Palette
}

/** Pixels that a scene paints below its shapes: 3 bytes each, stretched over the canvas. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** A scene as drawn: shapes as the inside of an SVG document, over pixels if it has any. */
export interface Drawing {
  readonly shapes: string
  readonly pixels?: Pixels
}

/** A kind of picture. */
export interface Scene {
  /** For file names. */
  readonly name: string
  readonly titles: readonly [string, ...string[]]
  /** What somebody would have asked a generator for. */
  readonly prompt: string
  draw(canvas: Canvas): Drawing
}

/** A number as SVG text; a tenth of a pixel is as fine as anybody sees. */
export function n(value: number): string {
  return String(Math.round(value * 10) / 10)
}

/** A path through `points` with straight lines. */
export function polyline(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${n(x)} ${n(y)}`).join('')
}

/** A soft path near `points`: each but the ends bends the curve instead of lying on it. */
export function softline(points: readonly (readonly [number, number])[]): string {
  const [first, ...rest] = points
  if (!first) return ''
  const curves = rest.slice(0, -1).map(([x, y], index) => {
    const next = rest[index + 1] ?? [x, y]
    return `Q${n(x)} ${n(y)} ${n((x + next[0]) / 2)} ${n((y + next[1]) / 2)}`
  })
  return `M${n(first[0])} ${n(first[1])}${curves.join('')}`
}

/** A vertical gradient `id` from top to bottom through `stops` (offset 0 to 1, colour, opacity). */
export function verticalGradient(id: string, stops: readonly (readonly [number, string, number?])[]): string {
  return `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${stops.map(stop).join('')}</linearGradient>`
}

/** A radial gradient `id` from the middle outwards through `stops`. */
export function radialGradient(id: string, stops: readonly (readonly [number, string, number?])[]): string {
  return `<radialGradient id="${id}">${stops.map(stop).join('')}</radialGradient>`
}

function stop([offset, colour, opacity = 1]: readonly [number, string, number?]): string {
  return `<stop offset="${offset}" stop-color="${colour}" stop-opacity="${opacity}"/>`
}

/** Covers the whole canvas. */
export function cover({ width, height }: Canvas, fill: string): string {
  return `<rect width="${width}" height="${height}" fill="${fill}"/>`
}

export function circle(x: number, y: number, radius: number, attributes: string): string {
  return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(radius)}" ${attributes}/>`
}

/** `count` stars over the upper `depth` pixels, sparser towards the bottom. */
export function stars({ width, size, random, palette }: Canvas, depth: number, count: number): string {
  return Array.from({ length: count }, () =>
    circle(
      random.between(0, width),
      random.next() ** 1.6 * depth,
      size * random.between(0.0006, 0.0022),
      `fill="${palette.pale}" opacity="${n(random.between(0.3, 1))}"`,
    ),
  ).join('')
}
