import sharp, { type CreateRaw } from 'sharp'
import { rgbaToThumbHash } from 'thumbhash'
import type { Picture } from '../kinds/kindReader.ts'
import { dominantColors } from './dominantColors.ts'
import { perceptualHash } from './perceptualHash.ts'

// As many processes as cores already: more threads in each would only wait for each other. Every file is decoded once.
sharp.concurrency(1)
sharp.cache(false)

/** Thumbhash takes at most 100 × 100 pixels and keeps only the coarsest waves; palette and hash come from the same ones. */
const SMALL = 64
/** Quality is that of most photo managers' previews; a higher effort costs more time than it saves bytes. */
const WEBP = { quality: 80, effort: 2, smartSubsample: false } as const

export interface EncodedThumbnail {
  readonly size: number
  readonly webp: Buffer
}
export type DecodedPicture =
  | {
      readonly ok: true
      readonly thumbnails: readonly EncodedThumbnail[]
      readonly thumbhash: string
      readonly dominantColors: string[]
      readonly perceptualHash: string | null
      /** Something could be drawn although the file is damaged. */
      readonly damaged: boolean
    }
  | { readonly ok: false }

/**
 * Decodes a picture once, upright and in sRGB, at the largest size asked for (libvips shrinks while loading), and makes
 * everything else from those pixels. Only the first frame of an animation is drawn.
 */
export async function decodePicture(
  picture: Picture,
  sizes: readonly number[],
  pixelLimit: number,
): Promise<DecodedPicture> {
  const descending = [...sizes].sort((a, b) => b - a)
  const largest = descending[0] ?? SMALL
  let pixels: Pixels
  let damaged = false
  try {
    pixels = await readPixels(picture, largest, pixelLimit, 'error')
  } catch {
    damaged = true
    try {
      // What every viewer does with a photo that lost its end: show the part that is there.
      pixels = await readPixels(picture, largest, pixelLimit, 'none')
    } catch {
      return { ok: false }
    }
  }
  const thumbnails: EncodedThumbnail[] = []
  // Each from the one before it: the fewer pixels a step has, the less it costs.
  for (const size of descending) {
    pixels = await shrink(pixels, size)
    thumbnails.push({ size, webp: await sharp(pixels.data, { raw: pixels.raw }).webp(WEBP).toBuffer() })
  }
  const { data, info } = await sharp(pixels.data, { raw: pixels.raw })
    .resize(SMALL, SMALL, { fit: 'inside', withoutEnlargement: true })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return {
    ok: true,
    thumbnails,
    thumbhash: thumbhashOf(data, info.width, info.height),
    dominantColors: dominantColors(data),
    perceptualHash: perceptualHash(data, info.width, info.height),
    damaged,
  }
}

interface Pixels {
  readonly data: Buffer
  readonly raw: CreateRaw
}

/** Base64. Of every other pixel, as only the coarsest waves count and each pixel costs. */
function thumbhashOf(rgba: Uint8Array, width: number, height: number): string {
  const [columns, rows] = [Math.ceil(width / 2), Math.ceil(height / 2)]
  const coarse = new Uint8Array(columns * rows * 4)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = (row * 2 * width + column * 2) * 4
      coarse.set(rgba.subarray(at, at + 4), (row * columns + column) * 4)
    }
  }
  return Buffer.from(rgbaToThumbHash(columns, rows, coarse)).toString('base64')
}

/** The pixels fitted inside a square; as they are if they do fit. */
async function shrink(pixels: Pixels, size: number): Promise<Pixels> {
  if (pixels.raw.width <= size && pixels.raw.height <= size) return pixels
  const { data, info } = await sharp(pixels.data, { raw: pixels.raw })
    .resize(size, size, { fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, raw: { width: info.width, height: info.height, channels: info.channels } }
}

/** The pixels of a picture, upright, in sRGB and inside a square of `side`. Rejects for what libvips can't decode. */
export async function readPixels(
  picture: Picture,
  side: number,
  pixelLimit: number,
  failOn: 'error' | 'none',
): Promise<Pixels> {
  const image =
    picture.kind === 'pixels'
      ? sharp(picture.data, {
          raw: { width: picture.width, height: picture.height, channels: picture.channels },
          limitInputPixels: pixelLimit,
        })
      : sharp(picture.input, { failOn, limitInputPixels: pixelLimit, sequentialRead: true, autoOrient: true })
  // A drawing has no pixels of its own: it is drawn at the size asked for.
  const vector = picture.kind === 'encoded' && picture.vector
  const { data, info } = await image
    .resize(side, side, { fit: 'inside', withoutEnlargement: !vector })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { data, raw: { width: info.width, height: info.height, channels: info.channels } }
}
