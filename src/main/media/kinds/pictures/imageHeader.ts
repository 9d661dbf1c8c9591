import sharp, { type Metadata } from 'sharp'
import { profileName } from '../../metadata/profileName.ts'

export interface ImageHeader {
  /** After orientation; of one frame or page. */
  readonly width: number
  readonly height: number
  /** Frames of an animation, pages of a document; 1 for most pictures. */
  readonly pages: number
  readonly format: string
  /** 16 bits a channel and a colour profile: libvips keeps such pictures in a wide space of its own. */
  readonly isDeepManaged: boolean
  readonly details: Readonly<Record<string, string | number | boolean>>
}

/** Reads dimensions and the like of a page (from 0) without decoding pixels; null if this is no picture that libvips knows. */
export async function readImageHeader(input: string | Buffer, page = 0): Promise<ImageHeader | null> {
  let found: Metadata
  try {
    // The caller compares with its own limit before anything is decoded; here the header must be readable at any size.
    found = await sharp(input, { limitInputPixels: false, ...(page === 0 ? {} : { page }) }).metadata()
  } catch {
    // libvips has only prose for errors. The caller decides whether the kind of file should have been readable.
    return null
  }
  const { width, height } = found.autoOrient
  const profile = found.icc === undefined ? null : profileName(found.icc)
  if (!(width > 0 && height > 0)) return null
  return {
    width,
    // Of an animation libvips gives one page's height in pageHeight when pages are stacked.
    height: found.pageHeight ?? height,
    pages: found.pages ?? 1,
    format: formatOf(found),
    isDeepManaged: found.space === 'rgb16' && found.hasProfile,
    details: {
      space: found.space,
      channels: found.channels,
      depth: found.depth,
      hasAlpha: found.hasAlpha,
      ...(found.density === undefined ? {} : { density: found.density }),
      ...(found.compression === undefined ? {} : { compression: found.compression }),
      ...(found.loop === undefined ? {} : { loop: found.loop }),
      hasProfile: found.hasProfile,
      ...(profile === null ? {} : { profile }),
    },
  }
}

/** libvips has one name for the whole family. */
function formatOf({ format, compression }: Metadata): string {
  if (format !== 'heif') return format
  return compression === 'av1' ? 'avif' : compression === 'hevc' ? 'heic' : 'heif'
}
