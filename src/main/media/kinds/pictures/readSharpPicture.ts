import { type KindFacts, type KindReader, noFacts } from '../kindReader.ts'
import { decodeWithSharp } from './decodeWithSharp.ts'
import { countFrames } from './heif/countFrames.ts'
import { type ImageHeader, readImageHeader } from './imageHeader.ts'
import { withSource } from './openSource.ts'
import { requireDrawableSize, unreadable } from './pictureFacts.ts'
import { countApngFrames } from './png/countApngFrames.ts'
import { readPlainPng } from './png/readPlainPng.ts'

/** Reads what libvips decodes by itself: JPEG, PNG, WebP, GIF, AVIF. */
export const readSharpPicture: KindReader = async ({ path, mimeType, side, limits }) => {
  const plain = mimeType === 'image/png' ? await withSource(path, readPlainPng) : null
  const header = plain ?? (await readImageHeader(path))
  if (header === null) return unreadable()
  requireDrawableSize(header.width, header.height, limits)
  const facts = { ...factsOf(header), frames: plain === null ? await readFrames(path, header) : null }
  if (side === 0) return facts
  if (header.isDeepManaged) {
    const picture = await decodeWithSharp(path, side, limits, true)
    if (picture !== null) return { ...facts, picture }
  }
  return { ...facts, picture: { kind: 'encoded', input: path, vector: false } }
}

/** Size, format and details of a picture that libvips has read the header of. */
export function factsOf({ width, height, format, details }: ImageHeader): KindFacts {
  return { ...noFacts, width, height, metadata: { format, image: details } }
}

async function readFrames(path: string, { format, pages }: ImageHeader): Promise<number | null> {
  switch (format) {
    case 'png':
      return withSource(path, countApngFrames)
    case 'avif':
      return withSource(path, countFrames)
    default:
      return pages > 1 ? pages : null
  }
}
