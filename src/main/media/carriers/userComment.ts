import { isUtf8 } from 'node:buffer'
import {
  asBuffer,
  decodeUnknown,
  decodeUtf8OrLatin1,
  decodeUtf16InEitherOrder,
  lengthWithoutPadding,
} from './decodeText.ts'

/** Bytes of the character code that stands before the text. */
const CODE_BYTES = 8
/** Shorter than this, text of one byte each can't be told from two ideographs. */
const MIN_PLAIN_BYTES = 16

/**
 * The text of an EXIF UserComment. Its first 8 bytes name the character code; what software really writes differs:
 * UTF-16 in either order after `UNICODE`, plain UTF-8 after any code or without one.
 * Source: CIPA DC-008 (Exif 2.32) section 4.6.5, UserComment.
 * @param littleEndian order of the TIFF structure, for UTF-16 of which both orders are as plausible
 */
export function decodeUserComment(value: Uint8Array, littleEndian: boolean): string {
  const bytes = asBuffer(value)
  const rest = bytes.subarray(CODE_BYTES)
  const code = bytes
    .toString('latin1', 0, CODE_BYTES)
    .replace(/[\0 ]+$/, '')
    .toUpperCase()
  if (bytes.length < CODE_BYTES) return trimmed(decodeUnknown(bytes))
  switch (code) {
    case 'UNICODE':
      return trimmed(isPlain(rest) ? decodeUtf8OrLatin1(rest) : decodeUtf16InEitherOrder(rest, littleEndian))
    case 'JIS':
      return trimmed(decodeJis(rest))
    case 'ASCII':
    case '':
      return trimmed(decodeUnknown(rest))
    default:
      return trimmed(decodeUnknown(bytes))
  }
}

/** One byte for each letter, although two are declared. */
function isPlain(bytes: Buffer): boolean {
  const text = bytes.subarray(0, lengthWithoutPadding(bytes))
  // So many ideographs in UTF-16 are valid UTF-8 only by a rare accident; letters in UTF-16 have zeros between them.
  return text.length >= MIN_PLAIN_BYTES && !text.includes(0) && isUtf8(text)
}

/** ISO-2022-JP as declared (it has escape sequences), or the Shift JIS and UTF-8 that are written instead. */
function decodeJis(bytes: Buffer): string {
  if (bytes.includes(0x1b)) return new TextDecoder('iso-2022-jp').decode(bytes)
  return isUtf8(bytes) ? bytes.toString('utf8') : new TextDecoder('shift_jis').decode(bytes)
}

function trimmed(text: string): string {
  let end = text.length
  while (end > 0 && text.charCodeAt(end - 1) === 0) end -= 1
  return text.slice(0, end)
}
