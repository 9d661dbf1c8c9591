import sharp from 'sharp'
import type { Picture } from '../kinds/kindReader.ts'
import { readPixels } from './decodePicture.ts'

/** Close to the original also at its full size; the effort is that of thumbnails, because somebody waits. */
const WEBP = { quality: 92, effort: 2, smartSubsample: true } as const
/** A picture for the clipboard lives for a moment: speed counts, not size. */
const PNG = { compressionLevel: 3 } as const

/** A picture upright, in sRGB and inside a square of `side` pixels, as a file; null if nothing of it can be decoded. */
export async function encodePicture(
  picture: Picture,
  side: number,
  format: 'webp' | 'png',
  pixelLimit: number,
): Promise<Buffer | null> {
  for (const failOn of ['error', 'none'] as const) {
    const pixels = await readPixels(picture, side, pixelLimit, failOn).catch(() => null)
    if (pixels === null) continue
    const image = sharp(pixels.data, { raw: pixels.raw })
    return await (format === 'png' ? image.png(PNG) : image.webp(WEBP)).toBuffer()
  }
  return null
}
