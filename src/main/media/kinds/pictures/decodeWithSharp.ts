import sharp from 'sharp'
import type { MediaLimits } from '../../limits.ts'
import type { Picture } from '../kindReader.ts'

/**
 * Decodes a picture into a square of `side`, upright and in sRGB, null if libvips can't. For those that need another way than
 * all others: with 16 bits a channel and a profile, libvips would leave the colours in Display P3 unless it works in sRGB
 * from the start (sharp's `processingProfile`), which for others would cost the shrinking while loading.
 */
export async function decodeWithSharp(
  input: string | Buffer,
  side: number,
  limits: MediaLimits,
  isDeepManaged: boolean,
): Promise<Picture | null> {
  const image = sharp(input, { failOn: 'error', limitInputPixels: limits.pixels, autoOrient: true })
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
