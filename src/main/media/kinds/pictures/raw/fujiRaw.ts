import type { ByteSource } from '../../../carriers/byteSource.ts'
import type { RawContents } from './tiffRaw.ts'

const MAGIC = 'FUJIFILMCCD-RAW '
const MAX_RECORDS = 256
/** Height, then width. Source: LibRaw's and ExifTool's descriptions of the RAF header. */
const FULL_SIZE = 0x100
const CROPPED_SIZE = 0x111

/** Reads a RAF file, null if it is none. Its preview carries the EXIF block, orientation and all. */
export function readFujiRaw(source: ByteSource): RawContents | null {
  const head = source.read(0, 108)
  if (head === null || head.toString('latin1', 0, MAGIC.length) !== MAGIC) return null
  const preview = { start: head.readUInt32BE(84), length: head.readUInt32BE(88) }
  const size = sensorSize(source, head.readUInt32BE(92))
  return { previews: [preview], ...size, orientation: 1, isDng: false }
}

function sensorSize(source: ByteSource, start: number): Pick<RawContents, 'width' | 'height'> {
  const count = source.read(start, 4)?.readUInt32BE(0) ?? 0
  const found = new Map<number, { width: number; height: number }>()
  let at = start + 4
  for (let index = 0; index < Math.min(count, MAX_RECORDS); index += 1) {
    const record = source.read(at, 4)
    if (record === null) break
    const length = record.readUInt16BE(2)
    const value = length >= 4 ? source.read(at + 4, 4) : null
    if (value !== null)
      found.set(record.readUInt16BE(0), { height: value.readUInt16BE(0), width: value.readUInt16BE(2) })
    at += 4 + length
  }
  const size = found.get(CROPPED_SIZE) ?? found.get(FULL_SIZE)
  return size !== undefined && size.width > 0 && size.height > 0 ? size : { width: null, height: null }
}
