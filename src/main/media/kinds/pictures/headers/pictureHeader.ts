import type { ByteSource } from '../../../carriers/byteSource.ts'
import type { Json } from '../../kindReader.ts'

/** What the start of a picture file declares. */
export interface PictureHeader {
  /** Above 0, as the file has it: before any orientation. */
  readonly width: number
  readonly height: number
  /** `space`, `channels`, `depth`, `hasAlpha` and so on, in libvips' words. */
  readonly details: Readonly<Record<string, Json>>
}

/** Reads the header of one format; null if there is none, or it makes no sense. Never throws for content. */
export type ReadPictureHeader = (source: ByteSource) => PictureHeader | null

/** The header of a picture with these sides, null for one without area. */
export function pictureHeader(width: number, height: number, layout: PixelLayout): PictureHeader | null {
  if (!(Number.isSafeInteger(width) && Number.isSafeInteger(height) && width > 0 && height > 0)) return null
  const { space, channels, bits, isFloat = false, hasAlpha = channels === 2 || channels === 4 } = layout
  return { width, height, details: { space, channels, depth: depthName(bits, isFloat), hasAlpha } }
}

interface PixelLayout {
  readonly space: 'srgb' | 'b-w' | 'cmyk' | 'lab' | 'scrgb'
  readonly channels: number
  /** Of one channel. */
  readonly bits: number
  readonly isFloat?: boolean
  readonly hasAlpha?: boolean
}

function depthName(bits: number, isFloat: boolean): string {
  if (isFloat) return bits > 32 ? 'double' : 'float'
  return bits <= 8 ? 'uchar' : bits <= 16 ? 'ushort' : 'uint'
}
