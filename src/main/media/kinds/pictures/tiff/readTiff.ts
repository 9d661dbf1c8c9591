import { readFile } from 'node:fs/promises'
import { type KindFacts, type KindReader, type MediaSource, noFacts } from '../../kindReader.ts'
import { decodeWithSharp } from '../decodeWithSharp.ts'
import { type ImageHeader, readImageHeader } from '../imageHeader.ts'
import { decodeWithMagick } from '../magick/decodeWithMagick.ts'
import { withSource } from '../openSource.ts'
import { fitsMemory, requireDrawableSize, undrawable, unreadable } from '../pictureFacts.ts'
import { isRawTiff } from '../raw/rawDirectories.ts'
import { readRaw } from '../raw/readRaw.ts'
import { factsOf } from '../readSharpPicture.ts'
import { readTiffSize } from './readTiffSize.ts'

/** ImageMagick's pixels, libtiff's rows and our copy, bytes a pixel. */
const BYTES_PER_PIXEL = 18
const UNKNOWN_ENCODING = 'This TIFF file is encoded in a way that Vitrine can’t draw.'

/** Reads TIFF and BigTIFF: the first page or the one that is wanted, by libvips, or by ImageMagick where libvips can't. */
export const readTiff: KindReader = async (source) => {
  const { isRaw, size } = await withSource(source.path, (bytes) => ({
    isRaw: isRawTiff(bytes),
    size: readTiffSize(bytes),
  }))
  if (isRaw) return readRaw(source)
  // What the first directory declares counts even where libvips refuses to look at it.
  if (size !== null) requireDrawableSize(size.width, size.height, source.limits)
  const { page = 0 } = source
  const header = await readImageHeader(source.path, page)
  if (header === null && page > 0)
    return undrawable({ ...noFacts, metadata: { format: 'tiff' } }, `This file has no page ${page + 1}.`)
  if (header === null) {
    const facts = { ...noFacts, ...size, metadata: { format: 'tiff' } }
    return size === null ? unreadable(facts) : drawOtherwise(source, facts, size)
  }
  requireDrawableSize(header.width, header.height, source.limits)
  const facts = withPages(header)
  if (source.side === 0) return facts
  const isPlain = header.details.depth !== 'float' && header.details.depth !== 'double'
  const managed = header.isDeepManaged
  // Floating point has no range of its own that libvips would know for greys.
  const picture =
    isPlain || header.details.channels !== 1
      ? await decodeWithSharp(source.path, source.side, source.limits, managed, page)
      : null
  if (picture !== null) return { ...facts, picture }
  const other = await drawOtherwise(source, facts, header)
  // A damaged file shows what libvips can save of it.
  if (other.picture !== null || page > 0) return other
  return { ...facts, picture: { kind: 'encoded', input: source.path, vector: false } }
}

function withPages(header: ImageHeader): KindFacts {
  const facts = factsOf(header)
  return header.pages > 1 ? { ...facts, metadata: { ...facts.metadata, pages: header.pages } } : facts
}

async function drawOtherwise(
  { path, size, side, limits, page = 0 }: MediaSource,
  facts: KindFacts,
  { width, height }: { width: number; height: number },
): Promise<KindFacts> {
  if (side === 0) return facts
  if (!fitsMemory(size * 2 + width * height * BYTES_PER_PIXEL, limits)) return undrawable(facts, UNKNOWN_ENCODING)
  const request = { format: 'TIFF', frame: page, orient: true, width, height } as const
  const picture = await decodeWithMagick(await readFile(path), request, side, limits)
  return picture === null ? undrawable(facts, UNKNOWN_ENCODING) : { ...facts, picture }
}
