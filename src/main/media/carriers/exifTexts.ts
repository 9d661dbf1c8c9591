import { isUtf8 } from 'node:buffer'
import type { ByteSource } from './byteSource.ts'
import type { CarrierText } from './carriers.ts'
import { decodeUnknown, decodeUtf16, lengthWithoutPadding, untilNul } from './decodeText.ts'
import { firstNumber, readDirectory, readTiffHeader, type TiffEntry, type TiffHeader } from './tiffDirectory.ts'
import { decodeUserComment } from './userComment.ts'

const EXIF_DIRECTORY = 0x8769
const USER_COMMENT = 0x9286
const MAKER_NOTE = 0x927c

/** Names as in the Exif standard and in Windows' property system (`XP…`). */
const TEXT_TAGS: Readonly<Record<number, string>> = {
  269: 'DocumentName',
  270: 'ImageDescription',
  271: 'Make',
  272: 'Model',
  285: 'PageName',
  305: 'Software',
  315: 'Artist',
  316: 'HostComputer',
  33432: 'Copyright',
  37500: 'MakerNote',
  37510: 'UserComment',
  40091: 'XPTitle',
  40092: 'XPComment',
  40093: 'XPAuthor',
  40094: 'XPKeywords',
  40095: 'XPSubject',
  42016: 'ImageUniqueID',
}
/** ComfyUI counts down from Make (0x010f) for the parts of a workflow, over tags that are no texts by themselves. */
const FIRST_COUNTED_TAG = 0x0100
const LAST_COUNTED_TAG = 0x0110
const ASCII = 2

/** Gives the bytes of a value within the limits of the file, null if they are too many or not there. */
export type TakeValue = (offset: number, length: number, key: string) => Buffer | null

/**
 * The texts of a TIFF structure (an EXIF block, or a whole TIFF file): those of its first directory and of the Exif
 * directory, each with the bytes of its value. Source: TIFF 6.0 section 2; CIPA DC-008 (Exif 2.32) section 4.6.
 */
export function exifTexts(source: ByteSource, take: TakeValue): readonly CarrierText[] {
  const header = readTiffHeader(source)
  if (header === null) return []
  const first = readDirectory(source, header, header.first)
  const pointer = first.find(({ tag }) => tag === EXIF_DIRECTORY)
  const offset = pointer === undefined ? null : firstNumber(source, header, pointer)
  const second = offset === null || offset === header.first ? [] : readDirectory(source, header, offset)
  return [...first, ...second].flatMap((entry) => textAt(entry, header, take) ?? [])
}

function textAt(entry: TiffEntry, { littleEndian }: TiffHeader, take: TakeValue): CarrierText | null {
  const key = nameOf(entry)
  const bytes = key === null || entry.length === 0 ? null : take(entry.offset, entry.length, key)
  if (key === null || bytes === null) return null
  const text = textOf(entry.tag, bytes, littleEndian)
  return text === null || !/\S/.test(text) ? null : { carrier: 'exif', key, text, bytes }
}

function nameOf({ tag, type }: TiffEntry): string | null {
  const name = TEXT_TAGS[tag]
  if (name !== undefined) return name
  const isCounted = type === ASCII && tag >= FIRST_COUNTED_TAG && tag <= LAST_COUNTED_TAG
  return isCounted ? `0x${tag.toString(16).padStart(4, '0')}` : null
}

function textOf(tag: number, bytes: Buffer, littleEndian: boolean): string | null {
  if (tag === USER_COMMENT) return decodeUserComment(bytes, littleEndian)
  if (tag === MAKER_NOTE) return makerText(bytes)
  // Windows writes UTF-16LE whatever the order of the structure.
  if (tag >= 40091 && tag <= 40095) return untilNul(decodeUtf16(bytes, true))
  return untilNul(decodeUnknown(bytes))
}

/** A maker note that is no camera's binary structure, but a text that a program put there. */
function makerText(bytes: Buffer): string | null {
  const text = bytes.subarray(0, lengthWithoutPadding(bytes))
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells binary notes from texts
  return isUtf8(text) && !/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(text.toString('latin1')) ? text.toString('utf8') : null
}
