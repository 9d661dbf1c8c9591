import { isAscii, isUtf8 } from 'node:buffer'

/** How many units decide which way round UTF-16 is. */
const SAMPLE_UNITS = 4096
/** Shorter texts are never taken for undeclared UTF-16. */
const MIN_UTF16_BYTES = 6

/**
 * UTF-8 where the bytes are valid UTF-8, also if its last letter is cut in two, else Latin-1: what writers of "Latin-1"
 * fields really write.
 */
export function decodeUtf8OrLatin1(bytes: Uint8Array): string {
  const buffer = asBuffer(bytes)
  return withoutMark(isUtf8(buffer) || isCutUtf8(buffer) ? buffer.toString('utf8') : buffer.toString('latin1'))
}

/** Ends with the beginning of a letter of several bytes, and has whole ones before it. */
function isCutUtf8(bytes: Buffer): boolean {
  for (let at = bytes.length - 1; at >= Math.max(0, bytes.length - 3); at -= 1) {
    const byte = bytes[at] ?? 0
    if (byte < 0x80) return false
    if (byte >= 0xc2) return isUtf8(bytes.subarray(0, at)) && !isAscii(bytes.subarray(0, at))
  }
  return false
}

/** UTF-16; a lone last byte is left out. */
export function decodeUtf16(bytes: Uint8Array, littleEndian: boolean): string {
  const even = asBuffer(bytes).subarray(0, bytes.length - (bytes.length % 2))
  return withoutMark((littleEndian ? even : Buffer.from(even).swap16()).toString('utf16le'))
}

/** UTF-16 by its byte order mark, else in the order that gives the more plausible text, else the one expected. */
export function decodeUtf16InEitherOrder(bytes: Uint8Array, expectLittleEndian: boolean): string {
  return decodeUtf16(bytes, utf16Order(bytes, expectLittleEndian) === 'little')
}

/** A text of which nothing is declared: UTF-16 if it looks like that, else UTF-8, else Latin-1. */
export function decodeUnknown(bytes: Uint8Array): string {
  const buffer = asBuffer(bytes)
  if (hasUtf16Mark(buffer)) return decodeUtf16(buffer, buffer[0] === 0xff)
  const zeros = zerosByParity(buffer)
  if (zeros.odd > 0.3 && zeros.even < 0.05) return decodeUtf16(buffer, true)
  if (zeros.even > 0.3 && zeros.odd < 0.05) return decodeUtf16(buffer, false)
  return decodeUtf8OrLatin1(buffer)
}

/** Without what stands from the first NUL on: padding, or what was in the field before. */
export function untilNul(text: string): string {
  const end = text.indexOf('\0')
  return end === -1 ? text : text.slice(0, end)
}

/** How many bytes there are before the zeros at the end. */
export function lengthWithoutPadding(bytes: Uint8Array): number {
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === 0) end -= 1
  return end
}

export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

function hasUtf16Mark(bytes: Buffer): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
}

function utf16Order(bytes: Uint8Array, expectLittleEndian: boolean): 'little' | 'big' {
  const buffer = asBuffer(bytes)
  if (hasUtf16Mark(buffer)) return buffer[0] === 0xff ? 'little' : 'big'
  const little = plausibility(buffer, 1, 0)
  const big = plausibility(buffer, 0, 1)
  if (little === big) return expectLittleEndian ? 'little' : 'big'
  return little > big ? 'little' : 'big'
}

/** Sum over the first units of how usual each is in a text. */
function plausibility(bytes: Buffer, highAt: 0 | 1, lowAt: 0 | 1): number {
  const end = Math.min(bytes.length - 1, SAMPLE_UNITS * 2)
  let sum = 0
  for (let at = 0; at < end; at += 2) sum += weight(((bytes[at + highAt] ?? 0) << 8) | (bytes[at + lowAt] ?? 0))
  return sum
}

/**
 * Letters of one script stand together in one block, so that the right order stays within few of them; the wrong one is
 * scattered over all, private and unassigned ones too. Source: Unicode blocks.
 */
function weight(unit: number): number {
  if ((unit >= 0x20 && unit < 0x7f) || unit === 0x0a || unit === 0x0d || unit === 0x09) return 4
  if (unit === 0) return 0
  if (unit < 0x20 || unit === 0xfffe || unit === 0xffff) return -4
  if (unit >= 0xa0 && unit < 0x600) return 2
  // General and CJK punctuation, kana, full-width forms.
  if ((unit >= 0x2010 && unit < 0x2070) || (unit >= 0x3000 && unit < 0x3100) || (unit >= 0xff00 && unit < 0xff70))
    return 3
  // CJK ideographs and Hangul syllables.
  if ((unit >= 0x4e00 && unit < 0xa000) || (unit >= 0xac00 && unit < 0xd7a4)) return 2
  // Surrogates, private use.
  if (unit >= 0xd800 && unit < 0xe000) return 0
  if (unit >= 0xe000 && unit < 0xf900) return -2
  return 0
}

/** Which share of the units has a zero in the first, or in the second byte; padding does not count. */
function zerosByParity(bytes: Buffer): { even: number; odd: number } {
  const end = Math.min(lengthWithoutPadding(bytes), SAMPLE_UNITS * 2)
  // Two of something shorter may be chance.
  if (end < MIN_UTF16_BYTES) return { even: 0, odd: 0 }
  let even = 0
  let odd = 0
  for (let at = 0; at < end; at += 1) {
    if (bytes[at] !== 0) continue
    if (at % 2 === 0) even += 1
    else odd += 1
  }
  const units = end / 2
  return { even: even / units, odd: odd / units }
}
