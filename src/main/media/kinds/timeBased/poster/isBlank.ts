import sharp from 'sharp'

/** Least standard deviation of brightness (0–255) of a picture with something to be seen in it. */
const LEAST_CONTRAST = 4
/** Mean brightness under which a picture is a black one with a little noise. */
const DARK = 12

/** Whether a picture shows nothing: black before the first scene, a fade, one plain colour. False if it can't be read. */
export async function isBlank(picture: Buffer, pixelLimit: number): Promise<boolean> {
  try {
    const { channels } = await sharp(picture, { failOn: 'none', limitInputPixels: pixelLimit })
      .resize(64, 64, { fit: 'inside' })
      .removeAlpha()
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true })
      .then(({ data, info }) => sharp(data, { raw: info }).stats())
    const grey = channels[0]
    return grey !== undefined && (grey.stdev < LEAST_CONTRAST || (grey.mean < DARK && grey.stdev < 3 * LEAST_CONTRAST))
  } catch {
    // libvips has only prose for errors. Whether the picture can be drawn at all is found out where it is drawn.
    return false
  }
}
