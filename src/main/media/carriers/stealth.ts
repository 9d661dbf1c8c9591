import { gunzipSync } from 'node:zlib'
import { carrierLimits } from './carrierLimits.ts'
import type { CarrierText } from './carriers.ts'
import { decodeUtf8OrLatin1 } from './decodeText.ts'

/** Where the bits are: in alpha, one a pixel, or in red, green and blue, three a pixel. */
export type StealthPlane = 'alpha' | 'rgb'

/** What stands before a hidden text. */
export interface StealthHead {
  readonly plane: StealthPlane
  readonly isCompressed: boolean
  /** Of the text, behind the head. */
  readonly bits: number
}

/** Pixels of the left edge of a picture: RGBA, 8 bits each, rows without padding. */
export interface LeftEdge {
  readonly rgba: Uint8Array
  readonly width: number
  readonly height: number
}

const MAGICS = [
  { magic: 'stealth_pnginfo', plane: 'alpha', isCompressed: false },
  { magic: 'stealth_pngcomp', plane: 'alpha', isCompressed: true },
  { magic: 'stealth_rgbinfo', plane: 'rgb', isCompressed: false },
  { magic: 'stealth_rgbcomp', plane: 'rgb', isCompressed: true },
] as const
const MAGIC_BITS = 120
/** Bits before the text: the magic and the length of the text. */
export const STEALTH_HEAD_BITS = MAGIC_BITS + 32
/** The first bits of every head: `st`. */
export const stealthStart: readonly number[] = [...Buffer.from('st')].flatMap((byte) =>
  [7, 6, 5, 4, 3, 2, 1, 0].map((shift) => (byte >> shift) & 1),
)

/** Columns of a picture in which so many bits stand. */
export function stealthColumns(bits: number, plane: StealthPlane, height: number): number {
  return Math.ceil(bits / (plane === 'alpha' ? 1 : 3) / height)
}

/**
 * The head of a text hidden in the lowest bits of a picture's pixels, column by column from the top; null if there is
 * none.
 * Source: the "stealth PNG info" extension of A1111's web UI, whose format NovelAI writes too.
 */
export function stealthHead(edge: LeftEdge): StealthHead | null {
  for (const plane of ['alpha', 'rgb'] as const) {
    const bytes = bytesAt(edge, plane, 0, STEALTH_HEAD_BITS / 8)
    const magic = bytes?.toString('latin1', 0, MAGIC_BITS / 8)
    const found = MAGICS.find((candidate) => candidate.magic === magic && candidate.plane === plane)
    if (bytes !== null && found !== undefined) {
      return { plane, isCompressed: found.isCompressed, bits: bytes.readUInt32BE(MAGIC_BITS / 8) }
    }
  }
  return null
}

/** The text behind a head; null if it is longer than the picture or too long, or its compression is broken. */
export function stealthText(edge: LeftEdge, { plane, isCompressed, bits }: StealthHead): CarrierText | null {
  const length = Math.floor(bits / 8)
  if (length === 0 || length > carrierLimits.itemBytes) return null
  const packed = bytesAt(edge, plane, STEALTH_HEAD_BITS, length)
  const bytes = packed !== null && isCompressed ? gunzipped(packed) : packed
  if (bytes === null || bytes.length === 0) return null
  return { carrier: `stealth:${plane}`, key: '', text: decodeUtf8OrLatin1(bytes), bytes }
}

/** Bytes from the lowest bits, the first bit highest; null if the picture has not so many. */
function bytesAt(
  { rgba, width, height }: LeftEdge,
  plane: StealthPlane,
  firstBit: number,
  length: number,
): Buffer | null {
  const channels = plane === 'alpha' ? 1 : 3
  if ((firstBit + length * 8) / channels > width * height || rgba.length < width * height * 4) return null
  const bytes = Buffer.alloc(length)
  for (let index = 0; index < length * 8; index += 1) {
    const bit = firstBit + index
    const pixel = Math.floor(bit / channels)
    const at = ((pixel % height) * width + Math.floor(pixel / height)) * 4
    const value = rgba[at + (plane === 'alpha' ? 3 : bit % 3)] ?? 0
    bytes[index >> 3] = ((bytes[index >> 3] ?? 0) << 1) | (value & 1)
  }
  return bytes
}

function gunzipped(packed: Buffer): Buffer | null {
  try {
    return gunzipSync(packed, { maxOutputLength: carrierLimits.itemBytes })
  } catch {
    // Broken, or more than a text may have.
    return null
  }
}
