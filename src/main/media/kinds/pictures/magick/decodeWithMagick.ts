import type { IMagickImage } from '@imagemagick/magick-wasm'
import type { MediaLimits } from '../../../limits.ts'
import type { RawPixels } from '../rawPixels.ts'
import { type Pixels, shrinkToSrgb } from '../shrinkToSrgb.ts'
import { type Magick, type MagickOutcome, withMagick } from './withMagick.ts'

export interface MagickRequest {
  /** The one format that the bytes are read as; nothing is guessed from the content. */
  readonly format: Uppercase<string>
  /** Which picture of a file with several. */
  readonly frame?: number
  /** The decoder leaves the picture as the camera was held, and only says how that was. */
  readonly orient?: boolean
  /** Brightness is proportional to light. What is brighter than white becomes white. */
  readonly isLinear?: boolean
  /** All that the file has are layers, from the lowest up. */
  readonly isLayered?: boolean
  /** Of the declared picture. */
  readonly width: number
  readonly height: number
}

/**
 * Decodes one picture with ImageMagick and shrinks it into a square of `side`, upright and in sRGB. Null if it can't be
 * decoded.
 */
export async function decodeWithMagick(
  bytes: Uint8Array,
  request: MagickRequest,
  side: number,
  limits: MediaLimits,
): Promise<Pixels | null> {
  const megapixels = (request.width * request.height) / 1e6
  const decoded: MagickOutcome<RawPixels | null> = await withMagick(limits, megapixels, (magick) =>
    decode(magick, bytes, request),
  )
  if (!decoded.ok || decoded.value === null) return null
  return shrinkToSrgb(decoded.value, side)
}

function decode(magick: Magick, bytes: Uint8Array, request: MagickRequest): RawPixels | null {
  const { ImageMagick, MagickColors, MagickReadSettings } = magick
  const one = { frameIndex: request.frame ?? 0, frameCount: 1 }
  const settings = new MagickReadSettings(request.isLayered === true ? {} : one)
  // The type lists the formats that the package knows; what is asked for here is among them.
  Object.assign(settings, { format: request.format })
  if (request.isLayered !== true) return ImageMagick.read(bytes, settings, (image) => pixelsOf(magick, image, request))
  settings.backgroundColor = MagickColors.Transparent
  return ImageMagick.readCollection(bytes, settings, (layers) => {
    for (const layer of layers) layer.backgroundColor = MagickColors.Transparent
    return layers.flatten((image) => pixelsOf(magick, image, request))
  })
}

function pixelsOf({ ColorSpace }: Magick, image: IMagickImage, request: MagickRequest): RawPixels | null {
  if (request.orient === true) image.autoOrient()
  const isCmyk = image.colorSpace === ColorSpace.CMYK
  const isKnown = isCmyk || image.colorSpace === ColorSpace.sRGB || image.colorSpace === ColorSpace.Gray
  if (request.isLinear !== true && !isKnown) image.colorSpace = ColorSpace.sRGB
  const layout = isCmyk ? 'CMYK' : image.hasAlpha ? 'RGBA' : 'RGB'
  const { width, height } = image
  const data = image.getPixels((pixels) => pixels.toByteArray(0, 0, width, height, layout))
  if (data === null) return null
  const profile = image.getColorProfile()?.data ?? null
  const isLinear = request.isLinear ?? false
  return { data: Buffer.from(data.buffer, data.byteOffset, data.length), width, height, layout, profile, isLinear }
}
