import type { ByteSource } from '../../../carriers/byteSource.ts'
import { bufferSource } from '../../../carriers/byteSource.ts'
import { firstNumber, readDirectory, readTiffHeader } from '../../../carriers/tiffDirectory.ts'

/** Where something is in a file, bytes. */
export interface Span {
  readonly start: number
  readonly length: number
}

/** A JPEG inside of another file. */
export interface JpegPreview extends Span {
  readonly width: number
  readonly height: number
  /** EXIF orientation that it carries itself, null if it carries none. */
  readonly orientation: number | null
}

const MAX_SEGMENTS = 256
const MAX_EXIF_BYTES = 65_536
const ORIENTATION = 0x112
const EXIF = 'Exif\0\0'
/** Baseline, extended and progressive. Lossless frames (SOF3) are sensor data. Source: ITU-T T.81 table B.1. */
const DRAWABLE_FRAMES: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2])
const OTHER_FRAMES: ReadonlySet<number> = new Set([0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf])
const START_OF_SCAN = 0xda
const QUANTISATION_TABLES = 0xdb
const APP1 = 0xe1

/** Looks at a JPEG that is said to be in a file; null if there is none, or none that can be drawn. */
export function readJpegPreview(source: ByteSource, { start, length }: Span): JpegPreview | null {
  const end = Math.min(start + length, source.size)
  let orientation: number | null = null
  let size: { readonly width: number; readonly height: number } | null = null
  let isWhole = false
  for (const { marker, at, size: bytes } of segments(source, start, end)) {
    if (OTHER_FRAMES.has(marker)) return null
    if (marker === APP1) orientation ??= readOrientation(source, at, bytes)
    // A part of a TIFF picture has its tables elsewhere.
    if (marker === QUANTISATION_TABLES) isWhole = true
    const frame = DRAWABLE_FRAMES.has(marker) ? source.read(at, 5) : null
    if (frame !== null) size = { height: frame.readUInt16BE(1), width: frame.readUInt16BE(3) }
  }
  if (size === null || !isWhole || size.width === 0 || size.height === 0) return null
  return { start, length: end - start, ...size, orientation }
}

/** The JPEG with this EXIF orientation in place of any EXIF block of its own. */
export function withOrientation(jpeg: Buffer, orientation: number): Buffer {
  const source = bufferSource(jpeg)
  const kept: Buffer[] = []
  let copied = 2
  for (const { marker, at, size } of segments(source, 0, jpeg.length)) {
    if (marker !== APP1 || jpeg.toString('latin1', at, at + EXIF.length) !== EXIF) continue
    kept.push(jpeg.subarray(copied, at - 4))
    copied = at + size
  }
  return Buffer.concat([jpeg.subarray(0, 2), exifSegment(orientation), ...kept, jpeg.subarray(copied)])
}

interface Segment {
  readonly marker: number
  /** Of its content, without the length. */
  readonly at: number
  readonly size: number
}

function* segments(source: ByteSource, start: number, end: number): Generator<Segment> {
  if (source.read(start, 2)?.readUInt16BE(0) !== 0xffd8) return
  let at = start + 2
  for (let count = 0; count < MAX_SEGMENTS && at + 4 <= end; count += 1) {
    const head = source.read(at, 4)
    if (head === null || head[0] !== 0xff) return
    const marker = head[1] ?? 0
    // Fill bytes may stand before a marker.
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === START_OF_SCAN) return
    const size = head.readUInt16BE(2)
    if (size < 2) return
    yield { marker, at: at + 4, size: size - 2 }
    at += 2 + size
  }
}

function readOrientation(source: ByteSource, at: number, size: number): number | null {
  const bytes = source.read(at, Math.min(size, MAX_EXIF_BYTES))
  if (bytes === null || bytes.toString('latin1', 0, EXIF.length) !== EXIF) return null
  const exif = bufferSource(bytes.subarray(EXIF.length))
  const header = readTiffHeader(exif)
  if (header === null) return null
  const entry = readDirectory(exif, header, header.first).find(({ tag }) => tag === ORIENTATION)
  const value = entry === undefined ? null : firstNumber(exif, header, entry)
  return value !== null && value >= 1 && value <= 8 ? value : null
}

/** An APP1 segment with nothing but an orientation. Source: Exif 2.32 sections 4.5 and 4.6.4. */
function exifSegment(orientation: number): Buffer {
  const body = Buffer.from(`${EXIF}II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\0\0\0\0\0\0\0\0`, 'latin1')
  body.writeUInt16LE(orientation, EXIF.length + 18)
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}
