import sharp, { type Metadata } from 'sharp'
import type { Picture } from '../kindReader.ts'

/** A document may carry a picture of a kind that loads other files or runs programs; only plain pixels are taken. */
const FORMATS: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif'])

export interface EmbeddedPicture {
  readonly picture: Picture
  /** Pixels, upright. */
  readonly width: number
  readonly height: number
}

/**
 * A picture that was found inside of another file; null if it is none that may be decoded, so that a damaged preview
 * does not make a sound document look damaged.
 */
export async function embeddedPicture(bytes: Buffer, pixelLimit: number): Promise<EmbeddedPicture | null> {
  let found: Metadata
  try {
    found = await sharp(bytes, { limitInputPixels: false }).metadata()
  } catch {
    // libvips has only prose for what is no picture.
    return null
  }
  const { width, height } = found.autoOrient
  if (!FORMATS.has(found.format) || !(width > 0 && height > 0) || width * height > pixelLimit) return null
  return { picture: { kind: 'encoded', input: bytes, vector: false }, width, height }
}
