import { bufferSource } from '../carriers/byteSource.ts'
import { readDirectory, readTiffHeader, type TiffHeader } from '../carriers/tiffDirectory.ts'

/** One field of a directory, as bytes; read it with `fieldNumbers`, `fieldRationals` or by decoding its bytes. */
export interface ExifField {
  /** Type by TIFF 6.0, section 2. */
  readonly type: number
  /** Whole values of that type; a view of the block. */
  readonly bytes: Uint8Array
  readonly littleEndian: boolean
}

export type ExifDirectory = ReadonlyMap<number, ExifField>

export interface ExifDirectories {
  /** The first directory of the block (IFD0). */
  readonly main: ExifDirectory
  readonly exif: ExifDirectory
  readonly gps: ExifDirectory
}

/** A numerator and a denominator, which may be zero. */
export type Rational = readonly [number, number]

const EXIF_POINTER = 0x8769
const GPS_POINTER = 0x8825
/** Longer lists of numbers (strip offsets, tone curves) say nothing to a person. */
const MAX_NUMBERS = 64
const NONE: ExifDirectories = { main: new Map(), exif: new Map(), gps: new Map() }

/**
 * The fields of an EXIF block. What is damaged is left out, the rest is read: a field of an unknown type or outside of the
 * block does not cost the others. Nothing is copied.
 * Source: Exif 3.0, section 4.6.
 */
export function exifDirectories(block: Uint8Array): ExifDirectories {
  const header = readTiffHeader(bufferSource(block))
  if (header === null) return NONE
  const main = directory(block, header, header.first)
  return {
    main,
    exif: directory(block, header, fieldNumber(main.get(EXIF_POINTER))),
    gps: directory(block, header, fieldNumber(main.get(GPS_POINTER))),
  }
}

function directory(block: Uint8Array, header: TiffHeader, offset: number | null): ExifDirectory {
  const fields = new Map<number, ExifField>()
  if (offset === null) return fields
  for (const { tag, type, offset: start, length } of readDirectory(bufferSource(block), header, offset)) {
    if (length === 0) continue
    fields.set(tag, { type, bytes: block.subarray(start, start + length), littleEndian: header.littleEndian })
  }
  return fields
}

/** The numbers of a field, rationals divided (NaN for a zero denominator); empty for texts, bytes and long lists. */
export function fieldNumbers(field: ExifField | undefined): number[] {
  if (field === undefined) return []
  if (field.type === 5 || field.type === 10) {
    return fieldRationals(field).map(([above, below]) => (below === 0 ? Number.NaN : above / below))
  }
  const reader = numberReader(field)
  if (reader === null) return []
  const { size, read } = reader
  const count = Math.floor(field.bytes.byteLength / size)
  return count > MAX_NUMBERS ? [] : Array.from({ length: count }, (_, index) => read(index * size))
}

/** The first number of a field; null if it has none or not a finite one. */
export function fieldNumber(field: ExifField | undefined): number | null {
  const [first] = fieldNumbers(field)
  return first !== undefined && Number.isFinite(first) ? first : null
}

/** The fractions of a field as they are written; empty for other types and long lists. */
export function fieldRationals(field: ExifField | undefined): Rational[] {
  if (field === undefined || (field.type !== 5 && field.type !== 10)) return []
  const { littleEndian } = field
  const view = viewOf(field)
  const count = Math.floor(view.byteLength / 8)
  if (count > MAX_NUMBERS) return []
  return Array.from({ length: count }, (_, index) => {
    const at = index * 8
    return field.type === 5
      ? [view.getUint32(at, littleEndian), view.getUint32(at + 4, littleEndian)]
      : [view.getInt32(at, littleEndian), view.getInt32(at + 4, littleEndian)]
  })
}

function viewOf({ bytes }: ExifField): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

interface NumberReader {
  readonly size: number
  readonly read: (at: number) => number
}

function numberReader(field: ExifField): NumberReader | null {
  const { littleEndian } = field
  const view = viewOf(field)
  switch (field.type) {
    case 1:
      return { size: 1, read: (at) => view.getUint8(at) }
    case 3:
      return { size: 2, read: (at) => view.getUint16(at, littleEndian) }
    case 4:
    case 13:
      return { size: 4, read: (at) => view.getUint32(at, littleEndian) }
    case 6:
      return { size: 1, read: (at) => view.getInt8(at) }
    case 8:
      return { size: 2, read: (at) => view.getInt16(at, littleEndian) }
    case 9:
      return { size: 4, read: (at) => view.getInt32(at, littleEndian) }
    case 11:
      return { size: 4, read: (at) => view.getFloat32(at, littleEndian) }
    case 12:
      return { size: 8, read: (at) => view.getFloat64(at, littleEndian) }
    case 16:
    case 18:
      return { size: 8, read: (at) => Number(view.getBigUint64(at, littleEndian)) }
    case 17:
      return { size: 8, read: (at) => Number(view.getBigInt64(at, littleEndian)) }
    default:
      return null
  }
}
