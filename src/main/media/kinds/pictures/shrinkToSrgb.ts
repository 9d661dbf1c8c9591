import sharp, { type OutputInfo } from 'sharp'
import type { Picture } from '../kindReader.ts'
import type { RawPixels } from './rawPixels.ts'
import { wrapInTiff } from './wrapInTiff.ts'

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
  if (pixels.isLinear === true) return toPixels({ ...small, data: encodeLight(small.data, raw.channels) })
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

/** Source: IEC 61966-2-1, the transfer function of sRGB. */
const SRGB = Uint8Array.from({ length: 256 }, (_, value) => {
  const light = value / 255
  return Math.round(255 * (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055))
})

function encodeLight(data: Buffer, channels: 3 | 4): Buffer {
  const encoded = Buffer.from(data)
  for (let at = 0; at < encoded.length; at += 1) {
    if (channels === 3 || at % 4 !== 3) encoded[at] = SRGB[encoded[at] ?? 0] ?? 0
  }
  return encoded
}

function toPixels({ data, info }: { data: Buffer; info: OutputInfo }): Pixels {
  const channels = info.channels === 1 || info.channels === 4 ? info.channels : 3
  return { kind: 'pixels', data, width: info.width, height: info.height, channels }
}
