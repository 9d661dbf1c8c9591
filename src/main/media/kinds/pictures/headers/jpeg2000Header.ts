import type { ByteSource } from '../../../carriers/byteSource.ts'
import { readBoxes } from './isoBoxes.ts'
import { type PictureHeader, pictureHeader, type ReadPictureHeader } from './pictureHeader.ts'

/** Start of codestream, then the SIZ marker. */
const CODESTREAM = 0xff4fff51

/**
 * JPEG 2000 in its container (JP2, JPX, JPM) or as a bare codestream. The codestream's own size counts: it is what will be
 * decoded, whatever the container says. Source: ISO/IEC 15444-1 annexes A.5.1 and I.
 */
export const readJpeg2000Header: ReadPictureHeader = (source) => {
  if (isCodestream(source, 0)) return readCodestream(source, 0)
  const stream = readBoxes(source, 0, source.size).find(({ type }) => type === 'jp2c')
  return stream === undefined ? null : readCodestream(source, stream.start)
}

/** True for a codestream without a container. */
export function isCodestream(source: ByteSource, at: number): boolean {
  return source.read(at, 4)?.readUInt32BE(0) === CODESTREAM
}

function readCodestream(source: ByteSource, at: number): PictureHeader | null {
  const siz = isCodestream(source, at) ? source.read(at + 4, 38) : null
  if (siz === null) return null
  const width = siz.readUInt32BE(4) - siz.readUInt32BE(12)
  const height = siz.readUInt32BE(8) - siz.readUInt32BE(16)
  const channels = siz.readUInt16BE(36)
  const bits = ((source.read(at + 42, 1)?.[0] ?? 7) & 0x7f) + 1
  if (channels < 1 || channels > 16_384) return null
  return pictureHeader(width, height, { space: channels < 3 ? 'b-w' : 'srgb', channels, bits })
}
