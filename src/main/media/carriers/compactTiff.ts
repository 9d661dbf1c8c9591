import type { ByteSource } from './byteSource.ts'
import { firstNumber, readDirectory, readTiffHeader, type TiffEntry, type TiffHeader } from './tiffDirectory.ts'

/** Larger values (previews, tables, profiles) are left out. */
const MAX_VALUE_BYTES = 64 * 1024
const MAX_TOTAL_BYTES = 1024 ** 2
const EXIF_POINTER = 0x8769
const GPS_POINTER = 0x8825
/** Places of pixels, other directories, and blocks that are handed on by themselves. */
const LEFT_OUT: ReadonlySet<number> = new Set([
  ...[273, 279, 288, 289, 324, 325, 330, 347, 513, 514],
  ...[700, 33723, 34377, 34675, 52545, EXIF_POINTER, GPS_POINTER],
])
/** BigTIFF's own types, of 8 bytes. */
const BIG_TYPES: ReadonlySet<number> = new Set([16, 17, 18])
const ENTRY_BYTES = 12

/** A field with its value. */
interface Field {
  readonly tag: number
  readonly type: number
  readonly count: number
  readonly value: Buffer
}

/** The directories of an EXIF block, each in a structure of its own or all in one. */
export interface TiffParts {
  readonly main: DirectoryPlace
  readonly exif: DirectoryPlace | null
  readonly gps: DirectoryPlace | null
}

interface DirectoryPlace {
  readonly source: ByteSource
  readonly header: TiffHeader
  readonly offset: number
}

/** Where the directories of a TIFF file are; null if it is none. */
export function tiffParts(source: ByteSource): TiffParts | null {
  const header = readTiffHeader(source)
  if (header === null) return null
  const entries = readDirectory(source, header, header.first)
  const pointed = (tag: number): DirectoryPlace | null => {
    const entry = entries.find((candidate) => candidate.tag === tag)
    const offset = entry === undefined ? null : firstNumber(source, header, entry)
    return offset === null ? null : { source, header, offset }
  }
  return { main: { source, header, offset: header.first }, exif: pointed(EXIF_POINTER), gps: pointed(GPS_POINTER) }
}

/** The first directory of a structure of its own; null if it is none. */
export function tiffPart(source: ByteSource): DirectoryPlace | null {
  const header = readTiffHeader(source)
  return header === null ? null : { source, header, offset: header.first }
}

/**
 * A small EXIF block with the fields of a TIFF file, whose directories may be gigabytes apart: classic TIFF in the
 * order of the first directory. Values over 64 KB and whatever points to pixels are left out. Null if there are no
 * fields.
 * Source: TIFF 6.0 section 2.
 */
export function compactTiff({ main, exif, gps }: TiffParts): Buffer | null {
  const { littleEndian } = main.header
  const budget = { left: MAX_TOTAL_BYTES }
  const fieldsOf = (place: DirectoryPlace | null) =>
    // Numbers are copied as they stand: a part of the other order can't be put in.
    place === null || place.header.littleEndian !== littleEndian ? [] : readFields(place, budget)
  const [mainFields, exifFields, gpsFields] = [fieldsOf(main), fieldsOf(exif), fieldsOf(gps)]
  if (mainFields.length + exifFields.length + gpsFields.length === 0) return null
  const pointers = (exifFields.length > 0 ? 1 : 0) + (gpsFields.length > 0 ? 1 : 0)
  const exifAt = 8 + directoryBytes(mainFields, pointers)
  const gpsAt = exifAt + directoryBytes(exifFields, 0)
  const withPointers = [...mainFields]
  if (exifFields.length > 0) withPointers.push(pointer(EXIF_POINTER, exifAt, littleEndian))
  if (gpsFields.length > 0) withPointers.push(pointer(GPS_POINTER, gpsAt, littleEndian))
  return Buffer.concat([
    Buffer.from(littleEndian ? 'II*\0\x08\0\0\0' : 'MM\0*\0\0\0\x08', 'latin1'),
    writeDirectory(withPointers, 8, littleEndian),
    ...(exifFields.length > 0 ? [writeDirectory(exifFields, exifAt, littleEndian)] : []),
    ...(gpsFields.length > 0 ? [writeDirectory(gpsFields, gpsAt, littleEndian)] : []),
  ])
}

function readFields({ source, header, offset }: DirectoryPlace, budget: { left: number }): readonly Field[] {
  return readDirectory(source, header, offset).flatMap((entry) => {
    if (LEFT_OUT.has(entry.tag) || entry.length > Math.min(MAX_VALUE_BYTES, budget.left)) return []
    const value = source.read(entry.offset, entry.length)
    const field = value === null ? null : classicField(entry, value, header.littleEndian)
    if (field === null) return []
    budget.left -= field.value.length
    return [field]
  })
}

/** Numbers of 8 bytes as numbers of 4 where they fit. */
function classicField({ tag, type, count }: TiffEntry, value: Buffer, littleEndian: boolean): Field | null {
  if (!BIG_TYPES.has(type)) return { tag, type, count, value }
  const narrow = Buffer.alloc(count * 4)
  for (let index = 0; index < count; index += 1) {
    const low = index * 8 + (littleEndian ? 0 : 4)
    const high = index * 8 + (littleEndian ? 4 : 0)
    if (value.readUInt32LE(high) !== 0) return null
    value.copy(narrow, index * 4, low, low + 4)
  }
  return { tag, type: 4, count, value: narrow }
}

function pointer(tag: number, offset: number, littleEndian: boolean): Field {
  return { tag, type: 4, count: 1, value: uint32(offset, littleEndian) }
}

function directoryBytes(fields: readonly Field[], pointers: number): number {
  const values = fields.reduce((sum, { value }) => sum + (value.length > 4 ? even(value.length) : 0), 0)
  return 6 + (fields.length + pointers) * ENTRY_BYTES + values
}

function writeDirectory(fields: readonly Field[], at: number, littleEndian: boolean): Buffer {
  const sorted = [...fields].sort((a, b) => a.tag - b.tag)
  let valueAt = at + 6 + sorted.length * ENTRY_BYTES
  const values: Buffer[] = []
  const entries = sorted.map(({ tag, type, count, value }) => {
    const padded = Buffer.concat([value, Buffer.alloc(value.length > 4 ? value.length % 2 : 4 - value.length)])
    const head = [uint16(tag, littleEndian), uint16(type, littleEndian), uint32(count, littleEndian)]
    if (value.length <= 4) return Buffer.concat([...head, padded])
    const entry = Buffer.concat([...head, uint32(valueAt, littleEndian)])
    values.push(padded)
    valueAt += padded.length
    return entry
  })
  return Buffer.concat([uint16(sorted.length, littleEndian), ...entries, Buffer.alloc(4), ...values])
}

function even(length: number): number {
  return length + (length % 2)
}

function uint16(value: number, littleEndian: boolean): Buffer {
  const bytes = Buffer.alloc(2)
  if (littleEndian) bytes.writeUInt16LE(value)
  else bytes.writeUInt16BE(value)
  return bytes
}

function uint32(value: number, littleEndian: boolean): Buffer {
  const bytes = Buffer.alloc(4)
  if (littleEndian) bytes.writeUInt32LE(value)
  else bytes.writeUInt32BE(value)
  return bytes
}
