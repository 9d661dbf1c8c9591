import type { ByteSource } from '../../../carriers/byteSource.ts'
import { readDib } from '../headers/bitmapHeaders.ts'
import type { PictureHeader } from '../headers/pictureHeader.ts'

/** One picture of an icon. */
export interface IconPicture {
  readonly width: number
  readonly height: number
  /** Bits a pixel; among pictures of one size the one with most is the best. */
  readonly bits: number
  readonly encoding: 'png' | 'dib'
  /** Bytes from the start of the file. */
  readonly start: number
  readonly length: number
}

const MAX_ENTRIES = 256
const PNG_SIGNATURE = '89504e470d0a1a0a'

/**
 * The pictures of an ICO or CUR file. Sides come from the pictures, not from the directory, where 256 and more are written
 * as 0. Source: Microsoft's ICONDIR and ICONDIRENTRY; an icon's bitmap has twice its height, the lower half a mask.
 */
export function readIconPictures(source: ByteSource): readonly IconPicture[] {
  const head = source.read(0, 6)
  const type = head?.readUInt16LE(2)
  if (head === null || head.readUInt16LE(0) !== 0 || (type !== 1 && type !== 2)) return []
  const pictures: IconPicture[] = []
  for (let index = 0; index < Math.min(head.readUInt16LE(4), MAX_ENTRIES); index += 1) {
    const entry = source.read(6 + index * 16, 16)
    if (entry === null) break
    const [length, start] = [entry.readUInt32LE(8), entry.readUInt32LE(12)]
    if (length < 16 || start + length > source.size) continue
    const png = readPngSize(source, start)
    if (png !== null) pictures.push({ ...png, bits: 32, encoding: 'png', start, length })
    const dib = png === null ? readIconBitmap(source, start) : null
    if (dib !== null) pictures.push({ ...dib, encoding: 'dib', start, length })
  }
  return pictures
}

function readIconBitmap(source: ByteSource, start: number): Pick<IconPicture, 'width' | 'height' | 'bits'> | null {
  const header: PictureHeader | null = readDib(source, start)
  const bits = source.read(start + 14, 2)?.readUInt16LE(0) ?? 0
  const height = header === null ? 0 : Math.floor(header.height / 2)
  return header === null || height === 0 ? null : { width: header.width, height, bits }
}

/** The pictures of an Apple icon that are whole files; older ones are left out. Source: Apple's `IconFamily` types. */
export function readIcnsPictures(source: ByteSource): readonly IconPicture[] {
  if (source.read(0, 4)?.toString('latin1') !== 'icns') return []
  const pictures: IconPicture[] = []
  let at = 8
  for (let count = 0; count < MAX_ENTRIES; count += 1) {
    const length = source.read(at + 4, 4)?.readUInt32BE(0)
    if (length === undefined || length < 8 || at + length > source.size) break
    const size = readPngSize(source, at + 8)
    if (size !== null) pictures.push({ ...size, bits: 32, encoding: 'png', start: at + 8, length: length - 8 })
    at += length
  }
  return pictures
}

function readPngSize(source: ByteSource, start: number): { width: number; height: number } | null {
  const head = source.read(start, 24)
  if (head === null || head.toString('hex', 0, 8) !== PNG_SIGNATURE) return null
  const [width, height] = [head.readUInt32BE(16), head.readUInt32BE(20)]
  return width > 0 && height > 0 ? { width, height } : null
}
