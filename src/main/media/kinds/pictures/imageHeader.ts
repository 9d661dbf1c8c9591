import { readFile } from 'node:fs/promises'
import sharp, { type Metadata } from 'sharp'

export interface ImageHeader {
  /** What to decode: the path, or the bytes of an SVG document (which then has no base for relative references). */
  readonly input: string | Buffer
  /** After orientation; of one frame. */
  readonly width: number
  readonly height: number
  readonly frames: number
  readonly isVector: boolean
  readonly format: string
  readonly details: Readonly<Record<string, string | number | boolean>>
}

/** Reads dimensions and the like without decoding pixels; null if this is no picture that libvips knows. */
export async function readImageHeader(path: string, isSvg: boolean): Promise<ImageHeader | null> {
  const input = isSvg ? await readFile(path) : path
  let found: Metadata
  try {
    // The caller compares with its own limit before anything is decoded; here the header must be readable at any size.
    found = await sharp(input, { limitInputPixels: false }).metadata()
  } catch {
    // libvips has only prose for errors. The caller decides whether the kind of file should have been readable.
    return null
  }
  const { width, height } = found.autoOrient
  if (!(width > 0 && height > 0)) return null
  return {
    input,
    width,
    // Of an animation libvips gives one page's height in pageHeight when pages are stacked.
    height: found.pageHeight ?? height,
    frames: found.pages ?? 1,
    isVector: found.format === 'svg',
    format: found.format === 'heif' && found.compression === 'hevc' ? 'heic' : found.format,
    details: {
      space: found.space,
      channels: found.channels,
      depth: found.depth,
      hasAlpha: found.hasAlpha,
      ...(found.density === undefined ? {} : { density: found.density }),
      ...(found.compression === undefined ? {} : { compression: found.compression }),
      ...(found.loop === undefined ? {} : { loop: found.loop }),
      hasProfile: found.hasProfile,
    },
  }
}
