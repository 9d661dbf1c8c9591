import sharp from 'sharp'
import type { ByteSource } from '../../../carriers/byteSource.ts'
import type { MediaLimits } from '../../../limits.ts'
import { type KindFacts, type KindReader, type MediaSource, noFacts, type Picture } from '../../kindReader.ts'
import { decodeWithMagick } from '../magick/decodeWithMagick.ts'
import { withSource } from '../openSource.ts'
import { fitsMemory, requireDrawableSize, tooLarge, undrawable, unreadable } from '../pictureFacts.ts'
import { extractComposite } from './extractComposite.ts'
import { type PsdLayout, readPsdLayout } from './psdLayout.ts'

const MODES: Readonly<Record<number, readonly [name: string, space: string]>> = {
  0: ['bitmap', 'b-w'],
  1: ['greyscale', 'b-w'],
  2: ['indexed', 'srgb'],
  3: ['rgb', 'srgb'],
  4: ['cmyk', 'cmyk'],
  7: ['multichannel', 'multiband'],
  8: ['duotone', 'b-w'],
  9: ['lab', 'lab'],
}
const DEPTHS: Readonly<Record<number, string>> = { 1: 'uchar', 8: 'uchar', 16: 'ushort', 32: 'float' }
/** Photoshop's own are 160 or 256 pixels wide and some kilobytes. */
const MAX_THUMBNAIL_BYTES = 16 * 1024 ** 2
/** The planes as they are in the file, ImageMagick's pixels, our copy, bytes a pixel. */
const BYTES_PER_PIXEL = 26
const NO_COMPOSITE =
  'This document was saved without a picture of all its layers (“Maximise compatibility”), so there is no preview to draw.'

/** Reads PSD and PSB: the merged picture that Photoshop saves beside the layers, else the small one for file browsers. */
export const readPsd: KindReader = (source) => withSource(source.path, (bytes) => read(bytes, source))

async function read(bytes: ByteSource, source: MediaSource): Promise<KindFacts> {
  const layout = readPsdLayout(bytes)
  if (layout === null) return unreadable({ ...noFacts, metadata: { format: 'psd' } })
  requireDrawableSize(layout.width, layout.height, source.limits)
  const facts = factsOf(layout)
  if (source.side === 0) return facts
  const fits = fitsMemory(layout.width * layout.height * BYTES_PER_PIXEL, source.limits)
  if (layout.hasComposite && fits) {
    const picture = await drawComposite(bytes, layout, source.side, source.limits)
    if (picture !== null) return { ...facts, picture }
  }
  const thumbnail = await readThumbnail(bytes, layout)
  if (thumbnail !== null) return { ...facts, picture: thumbnail }
  if (!layout.hasComposite) return undrawable(facts, NO_COMPOSITE)
  return fits ? unreadable(facts) : tooLarge(facts)
}

async function drawComposite(bytes: ByteSource, layout: PsdLayout, side: number, limits: MediaLimits) {
  const { width, height, isLarge } = layout
  const document = extractComposite(bytes, layout)
  if (document === null) return null
  return decodeWithMagick(document, { format: isLarge ? 'PSB' : 'PSD', width, height }, side, limits)
}

async function readThumbnail(bytes: ByteSource, { thumbnail }: PsdLayout): Promise<Picture | null> {
  if (thumbnail === null || thumbnail.length > MAX_THUMBNAIL_BYTES) return null
  const jpeg = bytes.read(thumbnail.start, thumbnail.length)
  if (jpeg === null) return null
  const image = sharp(jpeg, { failOn: 'none' })
  if (thumbnail.swapped) {
    image.recomb([
      [0, 0, 1],
      [0, 1, 0],
      [1, 0, 0],
    ])
  }
  try {
    return { kind: 'encoded', input: await image.png().toBuffer(), vector: false }
  } catch {
    // Not a picture after all. The caller says what is missing.
    return null
  }
}

function factsOf(layout: PsdLayout): KindFacts {
  const { width, height, channels, depth, mode, density, layers, isLarge } = layout
  const [name, space] = MODES[mode] ?? ['unknown', 'multiband']
  return {
    ...noFacts,
    width,
    height,
    metadata: {
      format: isLarge ? 'psb' : 'psd',
      image: {
        space,
        channels,
        depth: DEPTHS[depth] ?? 'uchar',
        hasAlpha: layout.hasTransparency,
        ...(density === null ? {} : { density }),
        hasProfile: layout.profile !== null,
        mode: name,
      },
      ...(layers === null ? {} : { layers }),
    },
  }
}
