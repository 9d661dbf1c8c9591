import sharp, { type Sharp } from 'sharp'
import { pickPalette } from './palette.ts'
import { makeNoise, Random } from './random.ts'
import type { Drawing, Scene } from './scene.ts'
import { dunes, forest, peaks, sea } from './scenes/landscapes.ts'
import { bokeh, flow, marble, papercut, tiles } from './scenes/patterns.ts'
import { blocks, harbour, planet } from './scenes/places.ts'

const SCENES: readonly [Scene, ...Scene[]] = [
  dunes,
  flow,
  harbour,
  bokeh,
  peaks,
  tiles,
  forest,
  marble,
  blocks,
  sea,
  papercut,
  planet,
]

/** Names of all scenes. */
export const sceneNames: readonly string[] = SCENES.map(({ name }) => name)

/** What to draw. The same options give the same pixels. */
export interface ArtOptions {
  readonly seed: number
  /** Pixels. */
  readonly width: number
  /** Pixels. */
  readonly height: number
  /** One of `sceneNames`; by default the seed chooses. */
  readonly scene?: string
}

/** A procedural picture. */
export interface Art {
  readonly scene: string
  readonly title: string
  /** What somebody would have asked a generator for. */
  readonly prompt: string
  readonly width: number
  readonly height: number
  /** The picture, for sharp to encode. */
  readonly image: Sharp
}

/**
 * Draws a picture of this project's own, for tests, the demonstration and screenshots.
 * @throws {Error} when there is no such scene.
 */
export function makeArt({ seed, width, height, scene: wanted }: ArtOptions): Art {
  const random = new Random(seed)
  const byChance = random.pick(SCENES)
  const scene = wanted === undefined ? byChance : SCENES.find(({ name }) => name === wanted)
  if (!scene) throw new Error(`There is no scene "${wanted}". There are: ${sceneNames.join(', ')}.`)
  const palette = pickPalette(random)
  const title = random.pick(scene.titles)
  const drawing = scene.draw({
    width,
    height,
    size: Math.min(width, height),
    random,
    noise: makeNoise(random),
    palette,
  })
  return {
    scene: scene.name,
    title,
    prompt: scene.prompt,
    width,
    height,
    image: develop(drawing, width, height, random),
  }
}

/** Pixels and shapes together, with darker corners and a little grain, as a lens and a film would leave them. */
function develop({ pixels, shapes }: Drawing, width: number, height: number, random: Random): Sharp {
  const vignette = `<radialGradient id="vignette" r="0.78"><stop offset="0.55" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity="0.3"/></radialGradient>`
  const svg = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>${vignette}</defs>${shapes}<rect width="${width}" height="${height}" fill="url(#vignette)"/></svg>`,
  )
  const tile = { width: Math.min(GRAIN_TILE, width), height: Math.min(GRAIN_TILE, height), channels: 4 as const }
  const layers = [{ input: grain(tile.width * tile.height, random), raw: tile, tile: true }]
  if (!pixels) return sharp(svg).removeAlpha().composite(layers)
  return sharp(pixels.data, { raw: { width: pixels.width, height: pixels.height, channels: 3 } })
    .resize(width, height, { kernel: 'cubic', fit: 'fill' })
    .composite([{ input: svg }, ...layers])
    .removeAlpha()
}

/** Side of the square that repeats over the picture, in pixels. */
const GRAIN_TILE = 128

/** Faint black and white specks, as RGBA; they also hide the steps of 8-bit gradients. */
function grain(pixels: number, random: Random): Buffer {
  const data = Buffer.alloc(pixels * 4)
  for (let offset = 0; offset < data.length; offset += 4) {
    data.fill(random.chance(0.5) ? 255 : 0, offset, offset + 3)
    data[offset + 3] = random.whole(0, 9)
  }
  return data
}
