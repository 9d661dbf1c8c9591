import { readFile } from 'node:fs/promises'
import { type KindFacts, type KindReader, type MediaSource, noFacts } from '../../kindReader.ts'
import { decodeWithMagick } from '../magick/decodeWithMagick.ts'
import { withSource } from '../openSource.ts'
import { fitsMemory, requireDrawableSize, tooLarge, undrawable, unreadable } from '../pictureFacts.ts'
import { readSharpPicture } from '../readSharpPicture.ts'
import { countFrames } from './countFrames.ts'
import { type HeifPrimary, readHeifPrimary, withPrimary } from './heifItems.ts'

/** libheif's planes, its RGB, ImageMagick's pixels and our copy of them, bytes a pixel; measured with photos of 12 megapixels. */
const BYTES_PER_PIXEL = 22
const SEQUENCE_ONLY = 'This is a sequence of pictures without a still one, which Vitrine can’t draw.'

/**
 * Reads HEIC and HEIF: the primary picture as libheif gives it, which has applied the file's turning, mirroring and cropping;
 * an orientation in its EXIF block says the same a second time and is not looked at (ISO/IEC 23008-12 section A.2.1).
 */
export const readHeif: KindReader = async (source) => {
  const { primary, frames } = await withSource(source.path, (bytes) => ({
    primary: readHeifPrimary(bytes),
    frames: countFrames(bytes),
  }))
  if (primary === null) {
    const facts = { ...noFacts, frames, metadata: { format: 'heic' } }
    return frames === null ? unreadable(facts) : undrawable(facts, SEQUENCE_ONLY)
  }
  requireDrawableSize(primary.width, primary.height, source.limits)
  requireDrawableSize(primary.codedWidth, primary.codedHeight, source.limits)
  // The container is shared with AVIF, which libvips decodes by itself.
  if (primary.codec === 'av01') return readSharpPicture(source)
  const facts = { ...factsOf(primary), frames }
  return source.side === 0 ? facts : draw(source, primary, facts)
}

async function draw(source: MediaSource, primary: HeifPrimary, facts: KindFacts): Promise<KindFacts> {
  const { side, size, limits } = source
  const { thumbnail } = primary
  const affordable = ({ width, height }: { width: number; height: number }) =>
    fitsMemory(size * 2 + width * height * BYTES_PER_PIXEL, limits)
  const wholeFits = affordable({ width: primary.codedWidth, height: primary.codedHeight })
  const isLargeEnough = thumbnail !== null && Math.max(thumbnail.width, thumbnail.height) >= side
  const useThumbnail = thumbnail !== null && (isLargeEnough || !wholeFits)
  const target = useThumbnail ? thumbnail : primary
  if (!affordable(target)) return tooLarge(facts)
  const file = await readFile(source.path)
  const decode = (bytes: Buffer, of: { width: number; height: number }) =>
    decodeWithMagick(bytes, { format: 'HEIC', width: of.width, height: of.height }, side, limits)
  const first = await decode(useThumbnail ? withPrimary(file, primary, thumbnail.id) : file, target)
  if (first !== null) return { ...facts, picture: first }
  // The small copy is whole more often than the large picture that comes after it.
  const second =
    thumbnail === null || useThumbnail ? null : await decode(withPrimary(file, primary, thumbnail.id), thumbnail)
  return second === null ? unreadable(facts) : { ...unreadable(facts), picture: second }
}

function factsOf(primary: HeifPrimary): KindFacts {
  const { width, height, bits, hasAlpha, hasProfile, pictures, codec } = primary
  return {
    ...noFacts,
    width,
    height,
    metadata: {
      format: codec === 'hvc1' || codec === '' ? 'heic' : 'heif',
      image: {
        space: 'srgb',
        channels: hasAlpha ? 4 : 3,
        depth: bits > 8 ? 'ushort' : 'uchar',
        hasAlpha,
        compression: codec === 'hvc1' ? 'hevc' : codec,
        hasProfile,
      },
      ...(pictures > 1 ? { pages: pictures } : {}),
    },
  }
}
