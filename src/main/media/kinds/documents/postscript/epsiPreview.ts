import type { Picture } from '../../kindReader.ts'
import { between, hexLines } from './hexLines.ts'

/** Larger than any program writes; the picture is made in memory. */
const PIXEL_LIMIT = 64_000_000

/**
 * The device-independent preview of an EPSI file: grey samples of 1, 2, 4 or 8 bits in hexadecimal, rows from the top,
 * each padded to a byte; 0 is white. Rows that are missing are white. Null without a preview that makes sense.
 * Source: Adobe Technical Note 5002, "Encapsulated PostScript File Format Specification 3.0", section 6.
 */
export function epsiPreview(postScript: Buffer): Picture | null {
  const part = between(postScript, '%%BeginPreview:', '%%EndPreview')
  if (part === null) return null
  const [width = 0, height = 0, depth = 0] = part.argument.split(/\s+/, 3).map(Number)
  if (![width, height].every((side) => Number.isInteger(side) && side > 0)) return null
  if (width * height > PIXEL_LIMIT || ![1, 2, 4, 8].includes(depth)) return null
  const stride = Math.ceil((width * depth) / 8)
  const samples = hexLines(part.body, stride * height)
  if (samples.length === 0) return null
  const data = Buffer.alloc(width * height, 255)
  const largest = 2 ** depth - 1
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const bit = x * depth
      const byte = samples[y * stride + (bit >> 3)] ?? 0
      const sample = (byte >> (8 - depth - (bit & 7))) & largest
      data[y * width + x] = 255 - Math.round((sample * 255) / largest)
    }
  }
  return { kind: 'pixels', data, width, height, channels: 1 }
}
