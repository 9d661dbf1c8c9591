import { mkdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { type Art, makeArt, sceneNames } from './makeArt.ts'
import { withPngText } from './pngText.ts'
import { Random } from './random.ts'

/** Width and height of the pictures, in pixels, as generators and cameras make them. */
const SIZES: readonly [Size, ...Size[]] = [
  [1216, 832],
  [832, 1216],
  [1024, 1024],
  [1344, 768],
  [1200, 1600],
  [1536, 1024],
  [1024, 1536],
  [1600, 900],
  [1440, 1080],
]

type Size = readonly [width: number, height: number]

interface Camera {
  readonly make: string
  readonly model: string
  readonly lens: string
  /** As EXIF writes fractions. */
  readonly aperture: string
  /** Millimetres, as EXIF writes fractions. */
  readonly focal: string
}

const CAMERAS: readonly [Camera, ...Camera[]] = [
  { make: 'Halden', model: 'Halden R2', lens: 'Halden 35mm f/1.8', aperture: '28/10', focal: '35/1' },
  { make: 'Orrin', model: 'Orrin Field 6', lens: 'Orrin 24-70mm f/4', aperture: '56/10', focal: '50/1' },
]
const MODELS = ['juniper_xl_v4', 'tidewater_v12', 'paperlantern_xl'] as const
const SAMPLERS = ['DPM++ 2M Karras', 'Euler a', 'UniPC'] as const

/** The newest picture is this old; all the others are older. */
const NEWEST = Date.UTC(2026, 10, 19, 18, 40)

/** A file that was written. */
export interface WrittenArt {
  readonly path: string
  readonly title: string
  readonly scene: string
  readonly width: number
  readonly height: number
}

/**
 * Writes `count` pictures into a folder: PNGs that carry a generator's `parameters`, JPEGs that carry a camera's EXIF (one
 * in four of them turned by its orientation tag), and WebPs. The same seed writes the same bytes.
 */
export async function writeArt(folder: string, count: number, seed: number): Promise<WrittenArt[]> {
  await mkdir(folder, { recursive: true })
  const random = new Random(seed)
  const written: WrittenArt[] = []
  let taken = NEWEST
  for (let index = 0; index < count; index++) {
    const [width, height] = random.pick(SIZES)
    const scene = sceneNames[(index * 5 + seed) % sceneNames.length] ?? 'dunes'
    const art = makeArt({ seed: seed * 1000 + index, width, height, scene })
    const { bytes, extension } = await encode(art, taken, random)
    const path = join(folder, `${art.scene}_${String(seed * 100 + index).padStart(5, '0')}.${extension}`)
    await writeFile(path, bytes)
    await utimes(path, taken / 1000, taken / 1000)
    written.push({ path, title: art.title, scene: art.scene, width, height })
    // Pictures come in bursts, with a night between some of them.
    taken -= random.chance(0.12) ? random.whole(9, 40) * 3_600_000 : random.whole(1, 14) * 60_000
  }
  return written
}

async function encode(art: Art, taken: number, random: Random): Promise<{ bytes: Buffer; extension: string }> {
  const kind = random.next()
  if (kind < 0.5) {
    const png = await art.image.png({ compressionLevel: 3 }).toBuffer()
    return { bytes: withPngText(png, 'parameters', generationText(art, random)), extension: 'png' }
  }
  if (kind < 0.85) return { bytes: await photograph(art.image, taken, random), extension: 'jpg' }
  return { bytes: await art.image.webp({ quality: 88, effort: 2 }).toBuffer(), extension: 'webp' }
}

/** What AUTOMATIC1111's web UI writes into its PNGs. */
function generationText({ prompt, width, height }: Art, random: Random): string {
  const settings = [
    `Steps: ${random.whole(20, 36)}`,
    `Sampler: ${random.pick(SAMPLERS)}`,
    `CFG scale: ${random.whole(8, 15) / 2}`,
    `Seed: ${random.whole(1, 2 ** 32 - 2)}`,
    `Size: ${width}x${height}`,
    `Model hash: ${random.whole(0x10000000, 0xffffffff).toString(16)}`,
    `Model: ${random.pick(MODELS)}`,
    'Version: v1.10.1',
  ]
  return `${prompt}\nNegative prompt: text, watermark, people, oversaturated\n${settings.join(', ')}`
}

async function photograph(image: Sharp, taken: number, random: Random): Promise<Buffer> {
  const camera = random.pick(CAMERAS)
  const onItsSide = random.chance(0.25)
  // Orientation 6 means: turn it clockwise to see it upright. So the pixels are stored turned the other way.
  const pixels = onItsSide ? await turned(image) : image
  const stamp = new Date(taken).toISOString().slice(0, 19).replaceAll('-', ':').replace('T', ' ')
  return pixels
    .withExif({
      IFD0: { Make: camera.make, Model: camera.model, DateTime: stamp },
      IFD2: {
        DateTimeOriginal: stamp,
        OffsetTimeOriginal: '+00:00',
        LensModel: camera.lens,
        FNumber: camera.aperture,
        FocalLength: camera.focal,
        ExposureTime: `1/${random.pick([60, 125, 250, 500])}`,
        ISOSpeedRatings: String(random.pick([100, 200, 400, 1600])),
      },
    })
    .withMetadata({ orientation: onItsSide ? 6 : 1 })
    .jpeg({ quality: 90 })
    .toBuffer()
}

async function turned(image: Sharp): Promise<Sharp> {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true })
  return sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } }).rotate(270)
}
