import type { ByteSource } from '../../../carriers/byteSource.ts'
import { readBoxes } from './isoBoxes.ts'
import { pictureHeader, type ReadPictureHeader } from './pictureHeader.ts'

/** The size is within the first bytes of the codestream. */
const SIZE_BYTES = 12
/** Width to height, by the number in the header. Source: ISO/IEC 18181-1 table "SizeHeader". */
const RATIOS: Readonly<Record<number, readonly [number, number]>> = {
  1: [1, 1],
  2: [12, 10],
  3: [4, 3],
  4: [3, 2],
  5: [16, 9],
  6: [5, 4],
  7: [2, 1],
}

/**
 * JPEG XL, in its container or bare. Only the sides are read; they are those of the picture before orientation.
 * Source: ISO/IEC 18181-1 (signature, SizeHeader) and 18181-2 (boxes `jxlc` and `jxlp`).
 */
export const readJxlHeader: ReadPictureHeader = (source) => {
  const start = codestreamStart(source)
  const bytes = start === null ? null : source.read(start, Math.min(SIZE_BYTES, source.size - start))
  if (bytes === null || bytes.length < 4 || bytes.readUInt16BE(0) !== 0xff0a) return null
  const bits = bitReader(bytes.subarray(2))
  const isSmall = bits(1) === 1
  const height = isSmall ? (bits(5) + 1) * 8 : side(bits)
  const ratio = RATIOS[bits(3)]
  if (ratio !== undefined) return header(Math.floor((height * ratio[0]) / ratio[1]), height)
  return header(isSmall ? (bits(5) + 1) * 8 : side(bits), height)
}

function header(width: number, height: number) {
  const found = pictureHeader(width, height, { space: 'srgb', channels: 3, bits: 8 })
  // Depth and channels are further on, behind fields of variable length: nothing is better than a guess.
  return found === null ? null : { ...found, details: {} }
}

function codestreamStart(source: ByteSource): number | null {
  if (source.read(0, 2)?.readUInt16BE(0) === 0xff0a) return 0
  const stream = readBoxes(source, 0, source.size).find(({ type }) => type === 'jxlc' || type === 'jxlp')
  if (stream === undefined) return null
  // Parts of a divided codestream are numbered.
  return stream.type === 'jxlp' ? stream.start + 4 : stream.start
}

function side(bits: (count: number) => number): number {
  const widths = [9, 13, 18, 30]
  return bits(widths[bits(2)] ?? 9) + 1
}

/** Numbers from their least significant bit on, zeros past the end. */
function bitReader(bytes: Uint8Array): (count: number) => number {
  let at = 0
  return (count) => {
    let value = 0
    for (let index = 0; index < count; index += 1, at += 1) {
      value += (((bytes[at >> 3] ?? 0) >> (at & 7)) & 1) * 2 ** index
    }
    return value
  }
}
