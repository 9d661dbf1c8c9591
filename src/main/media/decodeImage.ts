import sharp, { type CreateRaw } from 'sharp'
import { rgbaToThumbHash } from 'thumbhash'
import { dominantColors } from './dominantColors.ts'

// As many processes as cores already: more threads in each would only wait for each other. Every file is decoded once.
sharp.concurrency(1)
sharp.cache(false)

/** Thumbhash takes at most 100 × 100 pixels and keeps only the coarsest waves; the palette comes from the same ones. */
const SMALL = 64
/** Quality is that of most photo managers' previews; a higher effort costs more time than it saves bytes. */
const WEBP = { quality: 80, effort: 2, smartSubsample: false } as const

export interface EncodedThumbnail {
  readonly size: number
  readonly webp: Buffer
}
export type DecodedImage =
  | {
      readonly ok: true
      readonly thumbnails: readonly EncodedThumbnail[]
      readonly thumbhash: string
      readonly dominantColors: string[]
      /** What is wrong with the file although something could be drawn, null for a sound one. */
      readonly damage: string | null
    }
  | { readonly ok: false; readonly detail: string }

/**
 * Decodes a picture once, upright and in sRGB, at the largest size asked for (libvips shrinks while loading), and makes
 * everything else from those pixels. Only the first frame of an animation is drawn.
 */
export async function decodeImage(
  input: string | Buffer,
  isVector: boolean,
  sizes: readonly number[],
  pixelLimit: number,
): Promise<DecodedImage> {
  const ascending = [...sizes].sort((a, b) => a - b)
  const largest = ascending.at(-1) ?? SMALL
  let found: Pixels
  let damage: string | null = null
  try {
    found = await readPixels(input, isVector, largest, pixelLimit, 'error')
  } catch (error) {
    damage = firstLine(error)
    try {
      // What every viewer does with a photo that lost its end: show the part that is there.
      found = await readPixels(input, isVector, largest, pixelLimit, 'none')
    } catch {
      return { ok: false, detail: damage }
    }
  }
  const { pixels, raw } = found

  const thumbnails: EncodedThumbnail[] = []
  for (const size of ascending) {
    const webp = await sharp(pixels, { raw })
      .resize(size, size, { fit: 'inside', withoutEnlargement: true })
      .webp(WEBP)
      .toBuffer()
    thumbnails.push({ size, webp })
  }
  const small = await sharp(pixels, { raw })
    .resize(SMALL, SMALL, { fit: 'inside', withoutEnlargement: true })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const hash = rgbaToThumbHash(small.info.width, small.info.height, small.data)
  return {
    ok: true,
    thumbnails,
    thumbhash: Buffer.from(hash).toString('base64'),
    dominantColors: dominantColors(small.data),
    damage,
  }
}

interface Pixels {
  readonly pixels: Buffer
  readonly raw: CreateRaw
}

async function readPixels(
  input: string | Buffer,
  isVector: boolean,
  side: number,
  pixelLimit: number,
  failOn: 'error' | 'none',
): Promise<Pixels> {
  const { data, info } = await sharp(input, {
    failOn,
    limitInputPixels: pixelLimit,
    sequentialRead: true,
    autoOrient: true,
  })
    // A drawing has no pixels of its own: it is drawn at the size asked for.
    .resize(side, side, { fit: 'inside', withoutEnlargement: !isVector })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { pixels: data, raw: { width: info.width, height: info.height, channels: info.channels } }
}

/** libvips repeats itself over many lines and names the path; the first line without it says what is wrong. */
function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const line = text.split('\n')[0] ?? ''
  return line.replace(/^.*[/\\][^:]*: /, '').slice(0, 200)
}
