import { constants, inflateSync } from 'node:zlib'
import type { ByteSource } from './byteSource.ts'
import { stealthStart } from './stealth.ts'

const PNG_SIGNATURE = '\x89PNG\r\n\x1a\n'
const RGB = 2
const RGBA = 6
/** Attempts to find how much of the compressed pixels gives the rows that are needed. */
const MAX_ATTEMPTS = 12
const MAX_CHUNKS = 64

/** What a PNG says about its pixels. */
interface PngHeader {
  readonly width: number
  readonly height: number
  /** Bytes of a pixel: 3 or 4. */
  readonly channels: 3 | 4
}

/**
 * Whether the first pixels of a PNG's left edge can be the beginning of a hidden text. Unpacks only a few rows, of most
 * pictures one: in the leftmost column each filter depends on the pixel above alone.
 * Source: PNG (third edition) section 9 (filters).
 */
export function mayHideText(source: ByteSource): boolean {
  const header = pngHeader(source)
  if (header === null) return false
  const rowBytes = 1 + header.width * header.channels
  // More rows only if the ones before can be the beginning.
  for (const rows of [1, 4, stealthStart.length]) {
    const count = Math.min(rows, header.height)
    const pixels = firstPixels(source, header, rowBytes, count)
    if (pixels === null) return false
    if (!isStart(pixels, header.channels === 4 ? 3 : null) && !isStart(pixels, 'rgb')) return false
  }
  return true
}

/**
 * Only the two kinds in which a text can be hidden: 8 bits, not interlaced, red, green and blue, with or without alpha.
 */
function pngHeader(source: ByteSource): PngHeader | null {
  const bytes = source.read(0, 33)
  if (bytes === null || bytes.toString('latin1', 0, 8) !== PNG_SIGNATURE) return null
  const [depth, color, , , interlace] = bytes.subarray(24)
  const width = bytes.readUInt32BE(16)
  const height = bytes.readUInt32BE(20)
  if (depth !== 8 || (color !== RGB && color !== RGBA) || interlace !== 0) return null
  if (width === 0 || height === 0 || width > 100_000 || height > 1_000_000) return null
  return { width, height, channels: color === RGB ? 3 : 4 }
}

type Pixel = readonly [number, number, number, number]

/** The leftmost pixel of the first rows, null if they can't be unpacked. */
function firstPixels(
  source: ByteSource,
  { channels }: PngHeader,
  rowBytes: number,
  rows: number,
): readonly Pixel[] | null {
  const raw = firstRows(source, rowBytes * (rows - 1) + 1 + channels)
  if (raw === null) return null
  let above: Pixel = [0, 0, 0, 0]
  const pixels: Pixel[] = []
  for (let row = 0; row < rows; row += 1) {
    const at = row * rowBytes
    const filter = raw[at] ?? 0
    const [red, green, blue, alpha] = [0, 1, 2, 3].map((channel) => {
      const value = channel < channels ? (raw[at + 1 + channel] ?? 0) : 0xff
      return channel < channels ? (value + prediction(filter, above[channel] ?? 0)) & 0xff : value
    })
    above = [red ?? 0, green ?? 0, blue ?? 0, alpha ?? 0]
    pixels.push(above)
  }
  return pixels
}

/** With nothing to the left: Up and Paeth take the pixel above, Average half of it, None and Sub nothing. */
function prediction(filter: number, above: number): number {
  if (filter === 2 || filter === 4) return above
  return filter === 3 ? above >> 1 : 0
}

function isStart(pixels: readonly Pixel[], plane: 3 | 'rgb' | null): boolean {
  if (plane === null) return false
  const bits = pixels.flatMap((pixel) => (plane === 'rgb' ? pixel.slice(0, 3) : [pixel[3]])).map((value) => value & 1)
  return stealthStart.every((bit, index) => bits[index] === undefined || bits[index] === bit)
}

/**
 * At least so many bytes of the unpacked rows. Pixels may be packed a thousand to one, so that no more is unpacked than
 * needed.
 */
function firstRows(source: ByteSource, needed: number): Buffer | null {
  const limit = 64 * 1024 + needed * 8
  let tooFew = 0
  let tooMany = Number.POSITIVE_INFINITY
  let length = 1024 + needed
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const packed = packedPixels(source, length)
    const rows = unpack(packed, limit)
    if (rows === 'broken') return null
    if (rows === 'too_many') tooMany = packed.length
    else if (rows.length >= needed) return rows
    // All there is, and not enough.
    else if (packed.length < length) return null
    else tooFew = packed.length
    length = Number.isFinite(tooMany) ? Math.floor((tooFew + tooMany) / 2) : length * 4
    if (length <= tooFew) return null
  }
  return null
}

function unpack(packed: Buffer, maxOutputLength: number): Buffer | 'broken' | 'too_many' {
  try {
    return inflateSync(packed, { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH })
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too_many' : 'broken'
  }
}

/** The beginning of the content of the IDAT chunks. */
function packedPixels(source: ByteSource, wanted: number): Buffer {
  const parts: Buffer[] = []
  let length = 0
  let at = 8
  for (let chunks = 0; chunks < MAX_CHUNKS && length < wanted; ) {
    const head = source.read(at, 8)
    if (head === null) break
    const chunkBytes = head.readUInt32BE(0)
    const type = head.toString('latin1', 4, 8)
    if (type === 'IDAT') {
      const available = Math.max(0, source.size - at - 8)
      const part = source.read(at + 8, Math.min(chunkBytes, wanted - length, available))
      if (part === null) break
      parts.push(part)
      length += part.length
    } else if (length > 0 || type === 'IEND') break
    chunks += 1
    at += 12 + chunkBytes
  }
  return Buffer.concat(parts)
}
