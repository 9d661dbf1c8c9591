import type { Picture } from '../../kindReader.ts'

/** What the start of a Blender file tells. */
export interface BlendStart {
  /** As in `4.2`. */
  readonly version: string
  readonly thumbnail: Picture | null
}

const SIDE_LIMIT = 2048
/** Blocks before the thumbnail; it is the second one. */
const BLOCKS = 16

interface Layout {
  readonly version: string
  readonly headerLength: number
  readonly blockHeader: number
  readonly lengthAt: number
  readonly wideLength: boolean
  readonly littleEndian: boolean
}

/**
 * Reads the header and the `TEST` block of a Blender file that is not compressed: width, height and RGBA from the bottom
 * row up. Null if the bytes don't begin like a Blender file.
 * Source: Blender's `BLO_core_blend_header.hh` and `BLO_core_bhead.hh` (BHead4, SmallBHead8, LargeBHead8), `BlendThumbnail`.
 * @param start the first bytes of the file, decompressed
 */
export function blendThumbnail(start: Buffer): BlendStart | null {
  const layout = layoutOf(start.toString('latin1', 0, 17))
  if (layout === null) return null
  const number = (at: number) => (layout.littleEndian ? start.readInt32LE(at) : start.readInt32BE(at))
  let at = layout.headerLength
  for (let block = 0; block < BLOCKS && at + layout.blockHeader + 8 <= start.length; block++) {
    const code = start.toString('latin1', at, at + 4)
    const length = layout.wideLength ? Number(start.readBigInt64LE(at + layout.lengthAt)) : number(at + layout.lengthAt)
    const data = at + layout.blockHeader
    if (length < 0 || code === 'ENDB') break
    if (code === 'TEST') {
      return { version: layout.version, thumbnail: pixelsAt(start, data, length, number(data), number(data + 4)) }
    }
    at = data + length
  }
  return { version: layout.version, thumbnail: null }
}

function layoutOf(header: string): Layout | null {
  // Since 5.0: length of the header, pointer size, version of the format, byte order, version.
  const wide = /^BLENDER17-01v(\d\d)(\d\d)/.exec(header)
  if (wide !== null) {
    const [, major, minor] = wide
    const version = `${Number(major)}.${Number(minor)}`
    return { version, headerLength: 17, blockHeader: 32, lengthAt: 16, wideLength: true, littleEndian: true }
  }
  const [, pointers, order, major, minor] = /^BLENDER([-_])([vV])(\d)(\d\d)/.exec(header) ?? []
  if (pointers === undefined) return null
  return {
    version: `${major}.${Number(minor)}`,
    headerLength: 12,
    blockHeader: pointers === '-' ? 24 : 20,
    lengthAt: 4,
    wideLength: false,
    littleEndian: order === 'v',
  }
}

function pixelsAt(start: Buffer, data: number, length: number, width: number, height: number): Picture | null {
  if (!(width > 0 && height > 0 && width <= SIDE_LIMIT && height <= SIDE_LIMIT)) return null
  const stride = width * 4
  const first = data + 8
  if (length !== stride * height + 8 || first + stride * height > start.length) return null
  const pixels = Buffer.alloc(stride * height)
  for (let row = 0; row < height; row++) {
    start.copy(pixels, (height - 1 - row) * stride, first + row * stride, first + (row + 1) * stride)
  }
  return { kind: 'pixels', data: pixels, width, height, channels: 4 }
}
