import type { Picture } from '../../kindReader.ts'
import { between, hexLines } from './hexLines.ts'

const SIDE_LIMIT = 1024
const PALETTE_BYTES = 256 * 3
/** Introduces a run: the next byte is a count and the one after it the value; twice in a row it stands for itself. */
const RUN = 0xfd

/**
 * The thumbnail that Illustrator 7 to 10 write into PostScript: 256 RGB colours, then one index a pixel from the top,
 * packed in runs if they begin with `RLE`. Null without one that is complete.
 * Source: `%AI7_Thumbnail` as files have it; Adobe's "Illustrator File Format Specification" of version 7 names it only.
 */
export function illustratorThumbnail(postScript: Buffer): Picture | null {
  const part = between(postScript, '%AI7_Thumbnail:', '%%EndData')
  if (part === null) return null
  const [width = 0, height = 0, depth = 0] = part.argument.split(/\s+/, 3).map(Number)
  const sides = [width, height]
  if (depth !== 8 || !sides.every((side) => Number.isInteger(side) && side > 0 && side <= SIDE_LIMIT)) return null
  // `%%BeginData: 14580 Hex Bytes` has digits and letters of its own.
  const line = part.body.indexOf('Bytes', 0, 'latin1')
  const bytes = hexLines(part.body.subarray(line < 0 ? 0 : line + 'Bytes'.length), PALETTE_BYTES + 2 * width * height)
  const indices = unpack(bytes.subarray(PALETTE_BYTES), width * height)
  if (indices === null) return null
  const data = Buffer.alloc(width * height * 3)
  for (const [pixel, index] of indices.entries()) bytes.copy(data, pixel * 3, index * 3, index * 3 + 3)
  return { kind: 'pixels', data, width, height, channels: 3 }
}

/** Exactly `count` bytes, or null. */
function unpack(packed: Buffer, count: number): Buffer | null {
  if (packed.toString('latin1', 0, 3) !== 'RLE') return packed.length >= count ? packed.subarray(0, count) : null
  const bytes = Buffer.alloc(count)
  let length = 0
  for (let at = 3; at < packed.length && length < count; at++) {
    let value = packed[at] ?? 0
    let times = 1
    if (value === RUN) {
      const next = packed[++at] ?? 0
      if (next !== RUN) {
        times = next
        value = packed[++at] ?? 0
      }
    }
    bytes.fill(value, length, Math.min(count, length + times))
    length += times
  }
  return length >= count ? bytes : null
}
