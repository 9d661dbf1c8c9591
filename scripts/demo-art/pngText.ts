import { crc32 } from 'node:zlib'

/** Signature and header chunk, which every PNG starts with; text may stand right after them. */
const HEADER_LENGTH = 8 + 25

/** The PNG with a text chunk added: `tEXt`, so keyword and text are Latin-1. */
export function withPngText(png: Buffer, keyword: string, text: string): Buffer {
  const data = Buffer.from(`tEXt${keyword}\0${text}`, 'latin1')
  const chunk = Buffer.alloc(data.length + 8)
  chunk.writeUInt32BE(data.length - 4, 0)
  data.copy(chunk, 4)
  chunk.writeUInt32BE(crc32(data), data.length + 4)
  return Buffer.concat([png.subarray(0, HEADER_LENGTH), chunk, png.subarray(HEADER_LENGTH)])
}
