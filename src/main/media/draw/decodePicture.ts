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
  const ascending = [...sizes].sort((a, b) => a - b)
  const largest = ascending.at(-1) ?? SMALL
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
  for (const size of ascending) thumbnails.push({ size, webp: await encode(pixels, size) })
  const { data, info } = await sharp(pixels.data, { raw: pixels.raw })
    .resize(SMALL, SMALL, { fit: 'inside', withoutEnlargement: true })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return {
    ok: true,
    thumbnails,
    thumbhash: Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64'),
    dominantColors: dominantColors(data),
    perceptualHash: perceptualHash(data, info.width, info.height),
    damaged,
  }
}

interface Pixels {
  readonly data: Buffer
  readonly raw: CreateRaw
}

function encode({ data, raw }: Pixels, size: number): Promise<Buffer> {
  const image = sharp(data, { raw })
  // Smaller than the thumbnail: encoded as it is.
  if (raw.width > size || raw.height > size) image.resize(size, size, { fit: 'inside' })
  return image.webp(WEBP).toBuffer()
}

async function readPixels(
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
