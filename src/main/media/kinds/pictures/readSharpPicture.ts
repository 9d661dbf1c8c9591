import { type KindFacts, type MediaSource, PixelLimitError } from '../kindReader.ts'
import { readImageHeader } from './imageHeader.ts'

/** Reads what libvips decodes by itself. */
export async function readSharpPicture(source: MediaSource): Promise<KindFacts> {
  const isSvg = source.mimeType === 'image/svg+xml'
  if (isSvg && source.size > source.limits.svgBytes) {
    return {
      ...nothing,
      problem: { code: 'file_too_large', message: 'This drawing is too large for Vitrine to draw a preview.' },
    }
  }
  const header = await readImageHeader(source.path, isSvg)
  if (header === null) {
    return {
      ...nothing,
      problem: { code: 'decode_failed', message: 'The picture is damaged or incomplete and can’t be drawn.' },
    }
  }
  if (header.width * header.height > source.limits.pixels) throw new PixelLimitError(header.width, header.height)
  return {
    ...nothing,
    width: header.width,
    height: header.height,
    frames: header.frames,
    metadata: { format: header.format, image: header.details },
    picture: { kind: 'encoded', input: header.input, vector: header.isVector },
  }
}

const nothing: KindFacts = {
  width: null,
  height: null,
  durationSeconds: null,
  frames: null,
  metadata: {},
  picture: null,
  problem: null,
  symbolic: false,
}
