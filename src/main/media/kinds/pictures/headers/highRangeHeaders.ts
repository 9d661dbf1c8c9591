import type { ByteSource } from '../../../carriers/byteSource.ts'
import { pictureHeader, type ReadPictureHeader } from './pictureHeader.ts'

const MAX_HEADER_BYTES = 64 * 1024
/** Attributes of an OpenEXR header. */
const MAX_ATTRIBUTES = 512
const MAX_NAME = 256

/** Source: Greg Ward's description of the Radiance picture format: lines, an empty one, then the resolution. */
export const readRadianceHeader: ReadPictureHeader = (source) => {
  const text = source.read(0, Math.min(source.size, MAX_HEADER_BYTES))?.toString('latin1') ?? ''
  if (!text.startsWith('#?')) return null
  const end = text.indexOf('\n\n')
  const line = end === -1 ? '' : text.slice(end + 2, end + 64)
  const size = /^([-+])([XY]) (\d{1,9}) [-+]([XY]) (\d{1,9})\n/.exec(line)
  if (size === null || size[2] === size[4]) return null
  const [first, second] = [Number(size[3]), Number(size[5])]
  const [width, height] = size[2] === 'Y' ? [second, first] : [first, second]
  return pictureHeader(width, height, { space: 'scrgb', channels: 3, bits: 32, isFloat: true })
}

/** Source: OpenEXR file layout; the display window is what is shown, the data window what is decoded. */
export const readExrHeader: ReadPictureHeader = (source) => {
  if (source.read(0, 4)?.readUInt32LE(0) !== 20_000_630) return null
  let at = 8
  for (let count = 0; count < MAX_ATTRIBUTES; count += 1) {
    const name = readName(source, at)
    if (name === null || name === '') return null
    const type = readName(source, at + name.length + 1)
    if (type === null) return null
    const sizeAt = at + name.length + type.length + 2
    const size = source.read(sizeAt, 4)?.readUInt32LE(0)
    if (size === undefined) return null
    if (name === 'dataWindow' && type === 'box2i') {
      const box = source.read(sizeAt + 4, 16)
      if (box === null) return null
      const width = box.readInt32LE(8) - box.readInt32LE(0) + 1
      const height = box.readInt32LE(12) - box.readInt32LE(4) + 1
      return pictureHeader(width, height, { space: 'scrgb', channels: 3, bits: 32, isFloat: true })
    }
    at = sizeAt + 4 + size
  }
  return null
}

function readName(source: ByteSource, at: number): string | null {
  const bytes = source.read(at, Math.min(MAX_NAME, Math.max(0, source.size - at)))
  const end = bytes?.indexOf(0) ?? -1
  return bytes === null || end === -1 ? null : bytes.toString('latin1', 0, end)
}
