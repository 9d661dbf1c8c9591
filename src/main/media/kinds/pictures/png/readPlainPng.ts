import type { ByteSource } from '../../../carriers/byteSource.ts'
import type { ImageHeader } from '../imageHeader.ts'

/** Chunks before the first pixels; real files have a dozen. */
const MAX_CHUNKS = 1024
/** What changes how pixels are to be shown, or says more than is read here: left to libvips. */
const NOT_PLAIN: ReadonlySet<string> = new Set(['eXIf', 'iCCP', 'pHYs', 'tRNS', 'cICP', 'acTL', 'CgBI'])

/**
 * The header of the PNG that generators write: 8 bits a channel, red, green and blue with or without alpha, nothing that
 * changes its looks. Null for every other, and for one whose header is damaged. libvips takes longer to open such a file than all
 * that describes it takes to be read. Source: PNG (third edition), sections 5.3 and 11.2.1.
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
  if (!reachesPixels(source)) return null
  return {
    width,
    height,
    pages: 1,
    format: 'png',
    isDeepManaged: false,
    details: { space: 'srgb', channels: hasAlpha ? 4 : 3, depth: 'uchar', hasAlpha, hasProfile: false },
  }
}

/** True if nothing but plain chunks stand before the pixels. */
function reachesPixels(source: ByteSource): boolean {
  let at = 33
  for (let count = 0; count < MAX_CHUNKS; count++) {
    const head = source.read(at, 8)
    if (head === null) return false
    const type = head.toString('latin1', 4, 8)
    if (type === 'IDAT') return true
    if (NOT_PLAIN.has(type) || !/^[A-Za-z]{4}$/.test(type)) return false
    at += 12 + head.readUInt32BE(0)
  }
  return false
}
