import sharp from 'sharp'
import type { MediaLimits } from '../../limits.ts'
import type { Picture } from '../kindReader.ts'

/**
 * Decodes a picture (of a file with several pages that one, from 0) into a square of `side`, upright and in sRGB, null if libvips can't. For those that need another way than
 * all others: with 16 bits a channel and a profile, libvips would leave the colours in Display P3 unless it works in sRGB
 * from the start (sharp's `processingProfile`), which for others would cost the shrinking while loading.
 */
export async function decodeWithSharp(
  input: string | Buffer,
  side: number,
  limits: MediaLimits,
  isDeepManaged: boolean,
  page = 0,
): Promise<Picture | null> {
  const options = { failOn: 'error', limitInputPixels: limits.pixels, autoOrient: true } as const
  const image = sharp(input, page === 0 ? options : { ...options, page })
  if (isDeepManaged) image.pipelineColourspace('srgb')
  try {
    const { data, info } = await image
      .resize(side, side, { fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true })
    const channels = info.channels === 1 || info.channels === 4 ? info.channels : 3
    return { kind: 'pixels', data, width: info.width, height: info.height, channels }
  } catch {
    // libvips has only prose for errors; the caller knows other ways.
    return null
  }
}
