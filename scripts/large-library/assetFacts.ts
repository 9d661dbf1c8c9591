import { thumbnailPath } from '../../src/main/engine/catalog/thumbnailPath.ts'
import type { Random } from '../demo-art/random.ts'
import { chanceFor, purposes } from './chance.ts'
import type { FileKind } from './fileKinds.ts'
import { describeGeneration, drawSeed } from './generations.ts'
import { drawLook, drawPerceptualHash } from './pictures.ts'
import type { Burst } from './planBursts.ts'
import { composeNegativePrompt, composePrompt } from './prompts.ts'

export type Cell = Readonly<Record<string, string | number | null>>

const cameras = [
  { make: 'Halden', model: 'Halden R2', lens: 'Halden 35mm f/1.8', focal: 35 },
  { make: 'Halden', model: 'Halden R2', lens: 'Halden 85mm f/1.4', focal: 85 },
  { make: 'Orrin', model: 'Orrin Field 6', lens: 'Orrin 24-70mm f/4', focal: 50 },
  { make: 'Orrin', model: 'Orrin Field 6', lens: 'Orrin 16-35mm f/4', focal: 20 },
  { make: 'Pelion', model: 'Pelion 12', lens: 'Pelion 12 main camera', focal: 6.8 },
] as const
const places = [
  [38.7223, -9.1393],
  [35.0116, 135.7681],
  [21.0278, 105.8342],
  [53.5511, 9.9937],
  [29.563, 106.5516],
  [64.1466, -21.9426],
  [46.41, 11.844],
  [31.6295, -7.9811],
] as const

/** How many pictures in a row are made of one prompt, on average. */
const PICTURES_OF_A_PROMPT = 5

/** What is read from a file, as the cell `media` carries it. `at`: when it was imported, ms. */
export function drawFacts(
  random: Random,
  seed: number,
  burst: Burst,
  index: number,
  file: FileKind,
  sha256: string,
  at: number,
): Cell {
  const failed = random.chance(0.003)
  const isDrawn = !failed && (file.type === 'image' || file.type === 'video' || file.extension === 'pdf')
  const aspect = file.width !== null && file.height !== null ? file.width / file.height : 1
  const look = isDrawn ? drawLook(random, aspect) : null
  const near = index > 0 && random.chance(0.12) ? sharedHash(seed, burst, index) : null
  return {
    status: failed ? 'error' : 'available',
    thumbnail_path: isDrawn ? thumbnailPath(sha256, 600) : null,
    width: file.width,
    height: file.height,
    aspect,
    duration_seconds: file.seconds,
    thumbhash: look?.thumbhash ?? null,
    dominant_colors: JSON.stringify(look?.colors ?? []),
    phash: isDrawn ? drawPerceptualHash(random, near) : null,
    ...(failed
      ? {
          error_code: 'decode_failed',
          error_message: 'The picture is damaged or incomplete and can’t be drawn. The original is kept as it is.',
        }
      : isDrawn
        ? { error_code: null, error_message: null }
        : {
            error_code: 'unsupported_type',
            error_message: 'Vitrine keeps this file, but can’t draw a preview of its kind.',
          }),
    ...(burst.kind === 'camera' ? cameraCells(random, burst, index, at, file) : otherCells(file)),
    ...generationCells(random, seed, burst, index, file),
  }
}

/** The hash of the picture that those near it in the burst are variations of. */
function sharedHash(seed: number, burst: Burst, index: number): string {
  return drawPerceptualHash(chanceFor(seed, purposes.prompt, burst.number * 8191 + (index >> 3)), null)
}

function cameraCells(random: Random, burst: Burst, index: number, at: number, file: FileKind): Cell {
  const camera = cameras[burst.number % cameras.length] ?? cameras[0]
  // A card is emptied some time after the pictures were taken.
  const captured = at - (burst.number % 40) * 3_600_000 - (burst.count - index) * 61_000
  const local = new Date(captured).toISOString().slice(0, 19)
  const place = places[burst.number % places.length] ?? places[0]
  const isPlaced = burst.number % 3 === 0
  const latitude = Math.round((place[0] + random.between(-0.05, 0.05)) * 1e6) / 1e6
  const longitude = Math.round((place[1] + random.between(-0.05, 0.05)) * 1e6) / 1e6
  const iso = random.pick([100, 100, 200, 400, 800, 1600, 3200])
  const aperture = random.pick([1.8, 2.8, 4, 5.6, 8])
  const exposure = random.pick(['1/60', '1/125', '1/250', '1/500', '1/2000', '1/8'])
  return {
    captured_at: captured,
    gps: isPlaced ? JSON.stringify({ latitude, longitude }) : null,
    metadata: JSON.stringify({
      format: file.extension === 'jpg' ? 'jpeg' : file.extension,
      exif: {
        Make: camera.make,
        Model: camera.model,
        LensModel: camera.lens,
        FNumber: aperture,
        ExposureTime: exposure,
        ISOSpeedRatings: iso,
        FocalLength: camera.focal,
        DateTimeOriginal: local.replace('T', ' ').replaceAll('-', ':'),
        Software: 'Firmware 2.1',
        Orientation: 1,
      },
      captured_at_zone: 'utc',
      captured_at_local: local,
      camera: {
        make: camera.make,
        model: camera.model,
        lens: camera.lens,
        focal_length: camera.focal,
        aperture,
        exposure_time: exposure,
        iso,
        white_balance: 'Auto',
      },
      orientation: 1,
      color_profile: 'sRGB',
    }),
  }
}

function otherCells(file: FileKind): Cell {
  const format = file.extension === 'jpg' ? 'jpeg' : file.extension
  const tracks =
    file.seconds === null ? {} : { codec: file.type === 'video' ? 'h264' : file.extension, bitrate: 4_800_000 }
  return { captured_at: null, gps: null, metadata: JSON.stringify({ format, ...tracks }) }
}

function generationCells(random: Random, seed: number, burst: Burst, index: number, file: FileKind): Cell {
  const setup = burst.setup
  // What was saved without its metadata, by an editor or a messenger.
  if (setup === null || random.chance(0.06)) return {}
  const promptChance = chanceFor(
    seed,
    purposes.prompt,
    burst.number * 65_537 + Math.floor(index / PICTURES_OF_A_PROMPT),
  )
  const prompt = composePrompt(promptChance)
  const negative = composeNegativePrompt(promptChance)
  const made = { prompt, negative, seed: drawSeed(random, setup), width: file.width ?? 512, height: file.height ?? 512 }
  const { generation, raw } = describeGeneration(setup, made)
  return {
    original_prompt: prompt,
    negative_prompt: negative,
    model_used: setup.model,
    generation_seed: made.seed,
    generator: setup.generator,
    generation: JSON.stringify(generation),
    generation_raw: JSON.stringify(raw),
  }
}
