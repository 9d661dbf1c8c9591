import exifr from 'exifr'
import { decodeUtf16, untilNul } from '../carriers/decodeText.ts'
import { type Json, MAX_TEXT, plainText } from './boundedJson.ts'
import { type ExifDirectories, type ExifDirectory, type ExifField, fieldNumbers } from './exifDirectories.ts'
import { isoDate } from './localTime.ts'
import { decodeText } from './undeclaredText.ts'

/** Pointers, other blocks and tables of the container, which stand among the facts. */
const NO_FACTS: ReadonlySet<number> = new Set([
  // Strips and tiles, sub-directories, XMP, IPTC, Photoshop's resources, EXIF, ICC, GPS, interoperability.
  0x111, 0x117, 0x120, 0x121, 0x144, 0x145, 0x14a, 0x201, 0x202, 0x2bc, 0x83bb, 0x8649, 0x8769, 0x8773, 0x8825, 0xa005,
  // Maker's note, the comment (its encoding is its own), padding.
  0x927c, 0x9286, 0xea1c, 0xea1d,
])
const XP_TEXTS: ReadonlySet<number> = new Set([0x9c9b, 0x9c9c, 0x9c9d, 0x9c9e, 0x9c9f])
const COPYRIGHT = 0x8298
const GPS_VERSION = 0
/** GPSProcessingMethod and GPSAreaInformation: eight bytes that name the encoding, then the text. */
const CODED_GPS_TEXTS: ReadonlySet<number> = new Set([0x1b, 0x1c])
/** FileSource and SceneType: one byte that is a number. */
const BYTE_CODES: ReadonlySet<number> = new Set([0xa300, 0xa301])
const TEXT_TYPES: ReadonlySet<number> = new Set([2, 129])

/**
 * The fields of the directories as plain JSON by the names of exifr: dates in ISO form, codes in words, bytes and lists of
 * more than 64 numbers left out.
 * Source: Exif 3.0, section 4.6; the dictionaries of exifr.
 */
export function exifFacts({ main, exif, gps }: ExifDirectories): Record<string, Json> {
  return { ...blockFacts(main, 'ifd0'), ...blockFacts(exif, 'exif'), ...blockFacts(gps, 'gps') }
}

type Block = 'ifd0' | 'exif' | 'gps'

function blockFacts(directory: ExifDirectory, block: Block): Record<string, Json> {
  const facts: Record<string, Json> = {}
  for (const [tag, field] of directory) {
    const name = fieldName(tag, block)
    if (name === undefined || (block !== 'gps' && NO_FACTS.has(tag))) continue
    const value = fieldValue(tag, field, block)
    if (value !== null) facts[name] = value
  }
  return facts
}

/** Programs put fields of one directory into the other; GPS has numbers of its own. */
function fieldName(tag: number, block: Block): string | undefined {
  const own = exifr.tagKeys.get(block)?.get(tag)
  if (own !== undefined || block === 'gps') return own
  return exifr.tagKeys.get(block === 'ifd0' ? 'exif' : 'ifd0')?.get(tag)
}

function fieldValue(tag: number, field: ExifField, block: Block): Json | null {
  if (block === 'gps') {
    if (tag === GPS_VERSION) return fieldNumbers(field).join('.') || null
    if (CODED_GPS_TEXTS.has(tag)) return codedText(field)
  } else if (XP_TEXTS.has(tag)) {
    return windowsText(field)
  }
  if (TEXT_TYPES.has(field.type)) {
    const text = fieldText(field, tag === COPYRIGHT && block !== 'gps')
    return text === null ? null : inWords(tag, block, isoDate(text) ?? text)
  }
  const numbers = BYTE_CODES.has(tag) && block === 'exif' ? [...field.bytes.subarray(0, 1)] : fieldNumbers(field)
  // More than one byte is data of a kind of its own.
  if (numbers.length > 1 && (field.type === 1 || field.type === 6)) return null
  const finite = numbers.filter(Number.isFinite)
  const [first] = finite
  if (first === undefined) return null
  return numbers.length === 1 ? inWords(tag, block, first) : finite
}

function inWords(tag: number, block: Block, value: string | number): string | number {
  const words: unknown = exifr.tagValues.get(block)?.get(tag)?.[value]
  return typeof words === 'string' ? words : value
}

/**
 * The text of a field; null if it has none or too much.
 * @param severalParts the parts between NULs all count (Copyright: the photographer, then the editor), joined by `; `
 */
export function fieldText(field: ExifField | undefined, severalParts = false): string | null {
  if (field === undefined || !TEXT_TYPES.has(field.type)) return null
  const { bytes } = field
  const end = severalParts ? -1 : bytes.indexOf(0)
  // What follows the end of a text is what the memory of the camera held.
  const text = end === -1 ? bytes : bytes.subarray(0, end)
  if (text.length > MAX_TEXT * 4) return null
  const decoded = decodeText(text)
  if (!severalParts) return plainText(decoded)
  return plainText(
    decoded
      .split('\0')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .join('; '),
  )
}

function codedText({ bytes, littleEndian }: ExifField): string | null {
  if (bytes.length > MAX_TEXT * 2) return null
  const code = String.fromCharCode(...bytes.subarray(0, 7))
  if (code === 'UNICODE') return plainText(untilNul(decodeUtf16(bytes.subarray(8), littleEndian)))
  return code.startsWith('JIS') ? null : plainText(decodeText(bytes.subarray(8)))
}

/** One of Windows' own texts (XPTitle, …), which are UTF-16 in a field of bytes, whatever the order of the block. */
export function windowsText(field: ExifField | undefined): string | null {
  if (field === undefined || field.bytes.length > MAX_TEXT * 2) return null
  return plainText(untilNul(decodeUtf16(field.bytes, true)))
}
