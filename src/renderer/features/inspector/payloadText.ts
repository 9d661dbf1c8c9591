import type { RawPayload } from '../../../shared/domain/generation.ts'

/** What EXIF puts before a text in UTF-16: `UNICODE` and a NUL. */
const UNICODE_PREFIX = 'UNICODE\0'

/**
 * A payload as people can read it: base64 is taken apart, and UTF-16 (as EXIF has it, in either byte order) decoded. Bytes that are
 * no text stay base64.
 */
export function payloadText({ data, encoding }: RawPayload): string {
  if (encoding === 'utf8') return data
  const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0))
  const start = String.fromCharCode(...bytes.subarray(0, UNICODE_PREFIX.length)) === UNICODE_PREFIX ? 8 : 0
  const text = bytes.subarray(start)
  try {
    return new TextDecoder(utf16Order(text), { fatal: true }).decode(text)
  } catch {
    return data
  }
}

/** Most texts have a zero in each unit of their markup: before the letter in one order, after it in the other. */
function utf16Order(bytes: Uint8Array): 'utf-16le' | 'utf-16be' {
  let before = 0
  let after = 0
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    if (bytes[at] === 0) before++
    if (bytes[at + 1] === 0) after++
  }
  return before > after ? 'utf-16be' : 'utf-16le'
}
