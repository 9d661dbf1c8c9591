import { crc32 } from 'node:zlib'
import type { ByteSource } from '../../../carriers/byteSource.ts'
import type { ImageHeader } from '../imageHeader.ts'

/** Chunks before the first pixels; real files have a dozen. */
const MAX_CHUNKS = 1024
/** What changes how pixels are to be shown, or says more than is read here: left to libvips. */
const NOT_PLAIN: ReadonlySet<string> = new Set(['eXIf', 'iCCP', 'tRNS', 'cICP', 'acTL', 'CgBI'])

/**
 * The header of the PNG that generators write: 8 bits a channel, red, green and blue with or without alpha, nothing that
 * changes its looks. Null for every other, and for one whose header is damaged. libvips takes longer to open such a file than all
 * that describes it takes to be read. Source: PNG (third edition), sections 5.3, 11.2.1 and
 * 11.3.4.3.
 */
export function readPlainPng(source: ByteSource): ImageHeader | null {
  const start = source.read(0, 33)
  if (start === null || start.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') return null
  if (start.readUInt32BE(8) !== 13 || start.toString('latin1', 12, 16) !== 'IHDR') return null
  const width = start.readUInt32BE(16)
  const height = start.readUInt32BE(20)
  const hasAlpha = start[25] === 6
  const isTrueColor = start[25] === 2 || hasAlpha
  // Depth; compression and filter have one method each, interlacing two.
  if (start[24] !== 8 || !isTrueColor || start[26] !== 0 || start[27] !== 0 || (start[28] ?? 2) > 1) return null
  if (width === 0 || height === 0 || width > 0x7fff_ffff || height > 0x7fff_ffff) return null
  const chunks = chunksBeforePixels(source)
  if (chunks === null) return null
  const { density } = chunks
  return {
    width,
    height,
    pages: 1,
    format: 'png',
    isDeepManaged: false,
    details: {
      space: 'srgb',
      channels: hasAlpha ? 4 : 3,
      depth: 'uchar',
      hasAlpha,
      ...(density === null ? {} : { density }),
      hasProfile: false,
    },
  }
}

/** What the chunks before the pixels say, null if one of them is not plain. */
function chunksBeforePixels(source: ByteSource): { readonly density: number | null } | null {
  let at = 33
  let density: number | null = null
  for (let count = 0; count < MAX_CHUNKS; count++) {
    const head = source.read(at, 8)
    if (head === null) return null
    const type = head.toString('latin1', 4, 8)
    if (type === 'IDAT') return { density }
    if (NOT_PLAIN.has(type) || !/^[A-Za-z]{4}$/.test(type)) return null
    const length = head.readUInt32BE(0)
    if (type === 'pHYs') {
      density = length === 9 && density === null ? densityOf(source, at) : null
      if (density === null) return null
    }
    at += 12 + length
  }
  return null
}

/** The one unit that pHYs knows. */
const METRE = 1
/** Pixels a millimetre from which on libvips takes a resolution for one that was meant. */
const LEAST_PER_MM = 1

/**
 * Pixels an inch, rounded as libvips and sharp do it. Null for what is better left to them: a chunk that is damaged, has no
 * unit, different sides, or a resolution that they would not tell.
 */
function densityOf(source: ByteSource, at: number): number | null {
  const chunk = source.read(at + 4, 17)
  if (chunk === null || crc32(chunk.subarray(0, 13)) !== chunk.readUInt32BE(13)) return null
  const perMetre = chunk.readUInt32BE(4)
  const perMm = perMetre / 1000
  const isPlain = chunk.readUInt32BE(8) === perMetre && chunk[12] === METRE && perMm > LEAST_PER_MM
  return isPlain && perMetre <= 0x7fff_ffff ? Math.round(perMm * 25.4) : null
}
