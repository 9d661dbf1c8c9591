import sharp from 'sharp'
import { isBlank } from '../../../../../shared/domain/poster.ts'

/** Whether a picture file shows nothing. False if it can't be read: that is found out where it is drawn. */
export async function isBlankPicture(picture: Buffer, pixelLimit: number): Promise<boolean> {
  try {
    const image = sharp(picture, { failOn: 'none', limitInputPixels: pixelLimit }).resize(64, 64, { fit: 'inside' })
    return isBlank(await image.flatten().greyscale().raw().toBuffer())
  } catch {
    // libvips has only prose for errors.
    return false
  }
}
