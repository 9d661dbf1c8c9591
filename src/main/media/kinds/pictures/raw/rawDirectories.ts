import type { ByteSource } from '../../../carriers/byteSource.ts'
import { readDirectory, readTiffHeader, type TiffEntry, type TiffHeader } from '../../../carriers/tiffDirectory.ts'

/** One directory of a TIFF structure, its numbers ready to be asked for. */
export interface RawDirectory {
  /** Which structure its offsets count from. */
  readonly source: ByteSource
  readonly header: TiffHeader
  /** Where the field's value is, null if the directory has no such field. */
  entry(tag: number): TiffEntry | null
  /** Whole numbers of a field, at most `MAX_NUMBERS`; empty if it has none. Fractions are rounded. */
  numbers(tag: number): readonly number[]
}

export const tags = {
  width: 0x100,
  height: 0x101,
  compression: 0x103,
  photometric: 0x106,
  stripOffsets: 0x111,
  orientation: 0x112,
  stripLengths: 0x117,
  subDirectories: 0x14a,
  jpegOffset: 0x201,
  jpegLength: 0x202,
  exifDirectory: 0x8769,
  makerNote: 0x927c,
  pixelWidth: 0xa002,
  pixelHeight: 0xa003,
  dngVersion: 0xc612,
  defaultCropSize: 0xc620,
} as const

const MAX_DIRECTORIES = 64
const MAX_NUMBERS = 16
/** Colour filter array, and linear raw. Source: DNG specification 1.7, "PhotometricInterpretation"; TIFF/EP. */
const SENSOR_PHOTOMETRICS: ReadonlySet<number> = new Set([32_803, 34_892])
/** Fields of whole numbers by their bytes; of two whole numbers for a fraction. */
const WHOLE: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 13: 4, 16: 8, 18: 8 }
const RATIONAL = 5

/**
 * The directories of a TIFF structure: the chain, what hangs below it, and the EXIF one; each once, in the order of the file.
 * Source: TIFF 6.0 section 2; TIFF/EP (ISO 12234-2) for SubIFDs.
 */
export function readRawDirectories(source: ByteSource): readonly RawDirectory[] {
  const header = readTiffHeader(source)
  if (header === null) return []
  const found: RawDirectory[] = []
  const seen = new Set<number>()
  const queue = [header.first]
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    if (found.length >= MAX_DIRECTORIES || seen.has(at)) continue
    seen.add(at)
    const directory = openDirectory(source, header, at)
    if (directory === null) continue
    found.push(directory)
    queue.push(...directory.numbers(tags.subDirectories), ...directory.numbers(tags.exifDirectory))
    const next = nextDirectory(source, header, at)
    if (next !== null) queue.push(next)
  }
  return found
}

/** One directory, null if there is none at that place. */
export function openDirectory(source: ByteSource, header: TiffHeader, at: number): RawDirectory | null {
  const entries = new Map(readDirectory(source, header, at).map((entry) => [entry.tag, entry]))
  if (entries.size === 0) return null
  return {
    source,
    header,
    entry: (tag) => entries.get(tag) ?? null,
    numbers: (tag) => readNumbers(source, header, entries.get(tag)),
  }
}

/** True if a directory of the structure holds what a sensor saw, and not a picture. */
export function isRawTiff(source: ByteSource): boolean {
  return readRawDirectories(source).some(
    (directory) =>
      SENSOR_PHOTOMETRICS.has(directory.numbers(tags.photometric)[0] ?? 0) || directory.entry(tags.dngVersion) !== null,
  )
}

/** True for the directory of the sensor's picture itself. */
export function isSensorDirectory(directory: RawDirectory): boolean {
  return SENSOR_PHOTOMETRICS.has(directory.numbers(tags.photometric)[0] ?? 0)
}

function nextDirectory(source: ByteSource, { littleEndian, big }: TiffHeader, at: number): number | null {
  const countBytes = big ? 8 : 2
  const count = source.read(at, countBytes)
  if (count === null) return null
  const entries = unsigned(count, countBytes, littleEndian)
  const width = big ? 8 : 4
  const next = source.read(at + countBytes + entries * (big ? 20 : 12), width)
  const offset = next === null ? 0 : unsigned(next, width, littleEndian)
  return offset > 0 ? offset : null
}

function readNumbers(
  source: ByteSource,
  { littleEndian }: TiffHeader,
  entry: TiffEntry | undefined,
): readonly number[] {
  if (entry === undefined) return []
  const isFraction = entry.type === RATIONAL
  const width = isFraction ? 8 : (WHOLE[entry.type] ?? 0)
  const count = Math.min(entry.count, MAX_NUMBERS)
  const bytes = width === 0 ? null : source.read(entry.offset, count * width)
  if (bytes === null) return []
  return Array.from({ length: count }, (_, index) => {
    const value = bytes.subarray(index * width)
    if (!isFraction) return unsigned(value, width, littleEndian)
    const divisor = unsigned(value.subarray(4), 4, littleEndian)
    return divisor === 0 ? 0 : Math.round(unsigned(value, 4, littleEndian) / divisor)
  })
}

function unsigned(bytes: Buffer, width: number, littleEndian: boolean): number {
  if (width === 8) return Number(littleEndian ? bytes.readBigUInt64LE(0) : bytes.readBigUInt64BE(0))
  return littleEndian ? bytes.readUIntLE(0, width) : bytes.readUIntBE(0, width)
}
