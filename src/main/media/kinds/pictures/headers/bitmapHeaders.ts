import { pictureHeader, type ReadPictureHeader } from './pictureHeader.ts'

/** Size of OS/2's first header, whose sides have 16 bits. */
const CORE_HEADER = 12
const BITFIELDS = 3
const ALPHA_BITFIELDS = 6

/** Source: Windows GDI, BITMAPFILEHEADER, BITMAPCOREHEADER and BITMAPV5HEADER; OS/2's headers are the same up to there. */
export const readBmpHeader: ReadPictureHeader = (source) => {
  const head = source.read(0, 26)
  if (head === null || head.toString('latin1', 0, 2) !== 'BM') return null
  return readDib(source, 14)
}

/** A device-independent bitmap: what follows the file header of a BMP, and the pictures inside of an icon. */
export function readDib(source: Parameters<ReadPictureHeader>[0], at: number): ReturnType<ReadPictureHeader> {
  const size = source.read(at, 4)?.readUInt32LE(0) ?? 0
  if (size === CORE_HEADER) {
    const core = source.read(at, CORE_HEADER)
    return core === null ? null : bitmap(core.readUInt16LE(4), core.readUInt16LE(6), core.readUInt16LE(10), false)
  }
  const info = size >= 16 ? source.read(at, Math.min(size, 64)) : null
  if (info === null) return null
  const compression = info.length >= 20 ? info.readUInt32LE(16) : 0
  const masks = compression === BITFIELDS || compression === ALPHA_BITFIELDS
  const alphaMask = masks ? (source.read(at + 52, 4)?.readUInt32LE(0) ?? 0) : 0
  const hasAlpha = (size >= 56 || compression === ALPHA_BITFIELDS) && alphaMask !== 0
  // A negative height: rows from top to bottom.
  return bitmap(info.readInt32LE(4), Math.abs(info.readInt32LE(8)), info.readUInt16LE(14), hasAlpha)
}

function bitmap(width: number, height: number, bitsPerPixel: number, hasAlpha: boolean) {
  if (bitsPerPixel > 64) return null
  return pictureHeader(width, height, { space: 'srgb', channels: hasAlpha ? 4 : 3, bits: 8, hasAlpha })
}

/** Source: Truevision TGA file format specification 2.0, fields 1 to 5. */
export const readTgaHeader: ReadPictureHeader = (source) => {
  const head = source.read(0, 18)
  if (head === null) return null
  const isGrey = ((head[2] ?? 0) & 7) === 3
  const alphaBits = (head[17] ?? 0) & 15
  const hasAlpha = alphaBits > 0 && (head[16] === 32 || (isGrey && head[16] === 16))
  const channels = (isGrey ? 1 : 3) + (hasAlpha ? 1 : 0)
  return pictureHeader(head.readUInt16LE(12), head.readUInt16LE(14), {
    space: isGrey ? 'b-w' : 'srgb',
    channels,
    bits: 8,
    hasAlpha,
  })
}

/** Source: ZSoft PCX file format technical reference manual. */
export const readPcxHeader: ReadPictureHeader = (source) => {
  const head = source.read(0, 128)
  if (head === null || head[0] !== 10) return null
  const width = head.readUInt16LE(8) - head.readUInt16LE(4) + 1
  const height = head.readUInt16LE(10) - head.readUInt16LE(6) + 1
  return pictureHeader(width, height, { space: 'srgb', channels: 3, bits: 8 })
}

/** Source: Microsoft's programming guide for DDS, DDS_HEADER. */
export const readDdsHeader: ReadPictureHeader = (source) => {
  const head = source.read(0, 128)
  if (head === null || head.toString('latin1', 0, 4) !== 'DDS ') return null
  const hasAlpha = (head.readUInt32LE(80) & 3) !== 0 || /^DXT[2-5]$/.test(head.toString('latin1', 84, 88))
  return pictureHeader(head.readUInt32LE(16), head.readUInt32LE(12), {
    space: 'srgb',
    channels: hasAlpha ? 4 : 3,
    bits: 8,
  })
}

/** Source: the QOI specification 1.0. */
export const readQoiHeader: ReadPictureHeader = (source) => {
  const head = source.read(0, 14)
  if (head === null || head.toString('latin1', 0, 4) !== 'qoif') return null
  const channels = head[12] === 4 ? 4 : 3
  return pictureHeader(head.readUInt32BE(4), head.readUInt32BE(8), { space: 'srgb', channels, bits: 8 })
}

/** Source: GIMP's "XCF file format", header. */
export const readXcfHeader: ReadPictureHeader = (source) => {
  const head = source.read(0, 26)
  if (head === null || head.toString('latin1', 0, 9) !== 'gimp xcf ') return null
  const isGrey = head.readUInt32BE(22) === 1
  return pictureHeader(head.readUInt32BE(14), head.readUInt32BE(18), {
    space: isGrey ? 'b-w' : 'srgb',
    channels: isGrey ? 2 : 4,
    bits: 8,
  })
}
