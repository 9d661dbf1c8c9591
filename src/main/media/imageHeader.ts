import { readFile } from 'node:fs/promises'
import sharp, { type Metadata } from 'sharp'

/** Kinds that sharp's prebuilt libvips decodes; for HEIC and JPEG 2000 it reads the header at most. */
const DRAWABLE: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/apng',
  'image/webp',
  'image/gif',
  'image/avif',
  'image/tiff',
  'image/svg+xml',
])

/** True if a picture of this type can be drawn here. */
export function canDraw(mimeType: string): boolean {
  return DRAWABLE.has(mimeType)
}

export interface ImageHeader {
  /** What to decode: the path, or the bytes of an SVG document (which then has no base for relative references). */
  readonly input: string | Buffer
  /** After orientation; of one frame. */
  readonly width: number
  readonly height: number
  readonly frames: number
  readonly isVector: boolean
  readonly format: string
  /** EXIF block without its `Exif\0\0` marker. */
  readonly exif: Buffer | null
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
    exif: withoutMarker(found.exif),
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

function withoutMarker(exif: Buffer | undefined): Buffer | null {
  if (exif === undefined || exif.length < 8) return null
  return exif.subarray(0, 6).toString('latin1') === 'Exif\0\0' ? exif.subarray(6) : exif
}
