import type { ByteSource } from './byteSource.ts'

/** How a TIFF structure is written. */
export interface TiffHeader {
  readonly littleEndian: boolean
  /** BigTIFF: counts and offsets of 8 bytes. */
  readonly big: boolean
  /** Offset of the first directory. */
  readonly first: number
}

/** One field of a directory; its value may be anywhere in the structure. */
export interface TiffEntry {
  readonly tag: number
  readonly type: number
  readonly count: number
  /** Of the value, bytes from the start of the structure. */
  readonly offset: number
  /** Bytes of the value. */
  readonly length: number
}

/** Classic TIFF; Olympus `RO`/`RS` and Panasonic `U\0` are TIFF with another number. */
const MAGIC: ReadonlySet<number> = new Set([42, 0x4f52, 0x5352, 0x55])
const BIG_MAGIC = 43
/** Bytes of one value by type. Source: TIFF 6.0 section 2; types 16 to 18: BigTIFF; 129: UTF-8 of Exif 3.0. */
const TYPE_BYTES: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
  129: 1,
}
/** More fields than this in one directory are noise. Real ones have up to a few hundred. */
const MAX_ENTRIES = 4096

/** The header of a TIFF structure at the start of the source, null if there is none. */
export function readTiffHeader(source: ByteSource): TiffHeader | null {
  const bytes = source.read(0, 8)
  if (bytes === null) return null
  const order = bytes.toString('latin1', 0, 2)
  if (order !== 'II' && order !== 'MM') return null
  const littleEndian = order === 'II'
  const magic = readUnsigned(bytes, 2, 2, littleEndian)
  if (MAGIC.has(magic)) return { littleEndian, big: false, first: readUnsigned(bytes, 4, 4, littleEndian) }
  const more = magic === BIG_MAGIC ? source.read(8, 8) : null
  return more === null ? null : { littleEndian, big: true, first: readUnsigned(more, 0, 8, littleEndian) }
}

/**
 * The fields of a directory whose values lie within the source, in their order, each tag once. Empty if there is no
 * directory; one that is cut off is read as far as it goes.
 */
export function readDirectory(source: ByteSource, header: TiffHeader, offset: number): readonly TiffEntry[] {
  const { big, littleEndian } = header
  const countBytes = big ? 8 : 2
  const entryBytes = big ? 20 : 12
  const head = offset > 0 ? source.read(offset, countBytes) : null
  if (head === null) return []
  const declared = readUnsigned(head, 0, countBytes, littleEndian)
  const there = Math.floor((source.size - offset - countBytes) / entryBytes)
  const count = Math.min(declared, there, MAX_ENTRIES)
  const table = source.read(offset + countBytes, count * entryBytes)
  if (table === null) return []
  const entries = new Map<number, TiffEntry>()
  for (let index = 0; index < count; index += 1) {
    const at = index * entryBytes
    const entry = entryAt(table, at, offset + countBytes + at, header)
    if (entry !== null && entry.offset + entry.length <= source.size && !entries.has(entry.tag)) {
      entries.set(entry.tag, entry)
    }
  }
  return [...entries.values()]
}

/** The first value of a field of whole numbers, null if it is none: an offset of another directory, mostly. */
export function firstNumber(source: ByteSource, header: TiffHeader, entry: TiffEntry): number | null {
  const width = TYPE_BYTES[entry.type] ?? 0
  const isWhole = [1, 3, 4, 13, 16, 18].includes(entry.type)
  const bytes = isWhole && entry.count > 0 ? source.read(entry.offset, width) : null
  return bytes === null ? null : readUnsigned(bytes, 0, width, header.littleEndian)
}

function entryAt(table: Buffer, at: number, position: number, header: TiffHeader): TiffEntry | null {
  const { big, littleEndian } = header
  const tag = readUnsigned(table, at, 2, littleEndian)
  const type = readUnsigned(table, at + 2, 2, littleEndian)
  const width = TYPE_BYTES[type]
  if (width === undefined) return null
  const count = readUnsigned(table, at + 4, big ? 8 : 4, littleEndian)
  const length = count * width
  const inline = big ? 8 : 4
  const valueAt = big ? 12 : 8
  const offset = length <= inline ? position + valueAt : readUnsigned(table, at + valueAt, inline, littleEndian)
  return { tag, type, count, offset, length }
}

/** 1, 2, 4 or 8 bytes; beyond 2^53 only the size of the number is right. */
function readUnsigned(bytes: Buffer, at: number, width: number, littleEndian: boolean): number {
  switch (width) {
    case 1:
      return bytes.readUInt8(at)
    case 2:
      return littleEndian ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at)
    case 4:
      return littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
    default:
      return Number(littleEndian ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at))
  }
}
