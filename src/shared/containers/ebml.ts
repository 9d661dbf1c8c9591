import type { ReadBytes } from './isoBoxes.ts'

/** One element of an EBML file (Matroska, WebM). */
export interface EbmlElement {
  /** With its length marker, as the specification writes it: `0x1A45DFA3`. */
  readonly id: number
  /** Where its content begins and ends in the file, bytes. */
  readonly start: number
  readonly end: number
}

/** No real file has as many elements beside each other before its pictures. */
const MOST_ELEMENTS = 4096

/** Identifiers that are needed to look into a Matroska file. Source: RFC 9559 §5. */
export const matroska = {
  segment: 0x18538067,
  info: 0x1549a966,
  tracks: 0x1654ae6b,
  cluster: 0x1f43b675,
  trackEntry: 0xae,
  trackType: 0x83,
  dateUtc: 0x4461,
} as const

/**
 * The elements that stand beside each other in a range of a file. Stops at the first that can't be one. An element of
 * unknown length ends where the range does.
 *
 * Source: RFC 8794 §4 (variable-size integers), §6.2 (unknown-sized elements).
 */
export async function* ebmlElements(read: ReadBytes, start: number, end: number): AsyncGenerator<EbmlElement> {
  let position = start
  for (let count = 0; count < MOST_ELEMENTS && position + 2 <= end; count++) {
    const header = await read(position, 12)
    const idLength = lengthOf(header[0], 4)
    if (idLength === null) return
    const sizeLength = lengthOf(header[idLength], 8)
    if (sizeLength === null || header.length < idLength + sizeLength) return
    const id = unsigned(header.subarray(0, idLength))
    const size = sizeOf(header.subarray(idLength, idLength + sizeLength))
    const from = position + idLength + sizeLength
    const to = size === null ? end : from + size
    yield { id, start: from, end: Math.min(to, end) }
    position = to
  }
}

/** Length of a variable-size integer by its first byte, null if it is longer than `most`. */
function lengthOf(first: number | undefined, most: number): number | null {
  if (first === undefined || first === 0) return null
  const length = Math.clz32(first) - 23
  return length <= most ? length : null
}

/** The value of a variable-size integer, null if it says that the size is unknown (all bits set). */
function sizeOf(bytes: Uint8Array): number | null {
  const marker = 1 << (8 - bytes.length)
  const first = (bytes[0] ?? 0) & (marker - 1)
  const unknown = first === marker - 1 && bytes.subarray(1).every((byte) => byte === 0xff)
  return unknown ? null : first * 2 ** (8 * (bytes.length - 1)) + unsigned(bytes.subarray(1))
}

function unsigned(bytes: Uint8Array): number {
  return bytes.reduce((value, byte) => value * 256 + byte, 0)
}
