import type { BoundedFile } from '../boundedFile.ts'

/** Bytes from the middle of a compressed file that a decoder can begin with, and the range they come from. */
export interface CompressedLayout {
  /** Where the sound itself begins and ends in the file: behind and before tags. */
  readonly start: number
  readonly end: number
  /** What a decoder must get before any part of the sound: the headers of an Ogg stream. */
  readonly headers: Uint8Array
}

/** Headers of an Ogg stream carry the codebooks and the tags, covers among them. */
const LARGEST_HEADERS = 4 * 1024 ** 2
/** A page has 65,307 bytes at most; the next one begins within that. */
const LARGEST_PAGE = 65_307

/** Sound between an ID3v2 tag at the start and an ID3v1 tag at the end. Source: ID3v2.4 §3.1, ID3v1. */
export async function mpegLayout({ read, size }: BoundedFile): Promise<CompressedLayout> {
  const head = await read(0, 10)
  const [i, d, three] = head
  const tagged = i === 0x49 && d === 0x44 && three === 0x33 && head.length === 10
  const length = tagged ? head.subarray(6, 10).reduce((sum, byte) => sum * 128 + (byte & 127), 0) + 10 : 0
  const tail = Buffer.from(await read(Math.max(0, size - 128), 3)).toString('latin1')
  const end = size > 128 && tail === 'TAG' ? size - 128 : size
  return { start: Math.min(length, end), end, headers: new Uint8Array() }
}

/** Sound behind the metadata blocks. Source: RFC 9639 §8. */
export async function flacLayout({ read, size }: BoundedFile): Promise<CompressedLayout> {
  let position = 4
  for (let blocks = 0; blocks < 1024; blocks++) {
    const [kind = 0, high = 0, middle = 0, low = 0] = await read(position, 4)
    position += 4 + high * 65_536 + middle * 256 + low
    if ((kind & 0x80) !== 0 || position >= size) break
  }
  return { start: Math.min(position, size), end: size, headers: new Uint8Array() }
}

/**
 * Sound behind the header packets of an Ogg stream, which are kept for the decoder: the first page whose position is not
 * 0 is the first with sound. Null if there is no such stream.
 *
 * Source: RFC 3533 §6 (pages), RFC 7845 §3 and Vorbis I §A.2 (headers have position 0).
 */
export async function oggLayout({ read, size }: BoundedFile): Promise<CompressedLayout | null> {
  let position = 0
  for (let pages = 0; pages < 4096 && position < LARGEST_HEADERS; pages++) {
    const page = await read(position, 27 + 255)
    const length = pageLength(page)
    if (length === null) return null
    const granule = new DataView(page.buffer, page.byteOffset, page.length).getBigUint64(6, true)
    if (granule !== 0n && granule !== 2n ** 64n - 1n) {
      return { start: position, end: size, headers: await read(0, position) }
    }
    position += length
  }
  return null
}

/** Whole pages of a part of an Ogg stream: from the first one on, as many as it takes to have that many bytes. */
export function wholePages(part: Uint8Array, bytes: number): Uint8Array {
  const start = Buffer.from(part.buffer, part.byteOffset, part.length).indexOf('OggS', 0, 'latin1')
  if (start < 0) return new Uint8Array()
  let end = start
  while (end - start < bytes) {
    const length = pageLength(part.subarray(end, end + 27 + 255))
    if (length === null || end + length > part.length) break
    end += length
  }
  return part.subarray(start, end)
}

/** Bytes that are read beyond a window, so that whole pages are in it whatever their length. */
export const PAGE_MARGIN = 2 * LARGEST_PAGE

function pageLength(page: Uint8Array): number | null {
  if (Buffer.from(page.subarray(0, 4)).toString('latin1') !== 'OggS' || page.length < 27) return null
  const segments = page[26] ?? 0
  if (page.length < 27 + segments) return null
  return 27 + segments + page.subarray(27, 27 + segments).reduce((sum, byte) => sum + byte, 0)
}
