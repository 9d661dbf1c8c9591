import sharp, { type OutputInfo } from 'sharp'
import type { Picture } from '../kindReader.ts'
import { wrapInTiff } from './wrapInTiff.ts'

/** Decoded pixels as a decoder gives them: 8 bits a channel, rows without padding. */
export interface RawPixels {
  readonly data: Buffer
  readonly width: number
  readonly height: number
  /** CMYK: 255 is full ink. */
  readonly layout: 'RGB' | 'RGBA' | 'CMYK'
  /** ICC profile of the pixels. */
  readonly profile: Uint8Array | null
}

export type Pixels = Extract<Picture, { kind: 'pixels' }>

/** Colour space of a profile's device side. Source: ICC.1:2022 section 7.2.8. */
const PROFILE_SPACE_OFFSET = 16

/**
 * Shrinks pixels into a square of `side` and brings them to sRGB. Pixels without a profile that fits them are taken for
 * sRGB, or for the CMYK of an ordinary press.
 */
export async function shrinkToSrgb(pixels: RawPixels, side: number): Promise<Pixels> {
  const profile = fittingProfile(pixels)
  // Inks can't be shrunk by themselves: libvips would take the fourth for transparency.
  if (pixels.layout === 'CMYK') return manage(pixels, profile, side)
  const { data, width, height, layout } = pixels
  const raw = { width, height, channels: layout === 'RGB' ? 3 : 4 } as const
  const small = await sharp(data, { raw, limitInputPixels: false })
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true })
  if (profile === null) return toPixels(small)
  // Colours are converted after shrinking, because that is the dearer part.
  const { info } = small
  return manage({ ...pixels, data: small.data, width: info.width, height: info.height }, profile, side)
}

async function manage(pixels: RawPixels, profile: Uint8Array | null, side: number): Promise<Pixels> {
  const image = sharp(wrapInTiff({ ...pixels, profile }), { limitInputPixels: false })
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
  return toPixels(await image.raw().toBuffer({ resolveWithObject: true }))
}

function fittingProfile({ layout, profile }: RawPixels): Uint8Array | null {
  if (profile === null || profile.length < 128) return null
  const space = Buffer.from(profile.subarray(PROFILE_SPACE_OFFSET, PROFILE_SPACE_OFFSET + 4)).toString('latin1')
  return space === (layout === 'CMYK' ? 'CMYK' : 'RGB ') ? profile : null
}

function toPixels({ data, info }: { data: Buffer; info: OutputInfo }): Pixels {
  const channels = info.channels === 1 || info.channels === 4 ? info.channels : 3
  return { kind: 'pixels', data, width: info.width, height: info.height, channels }
}
