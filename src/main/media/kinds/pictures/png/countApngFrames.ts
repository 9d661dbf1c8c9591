import type { ByteSource } from '../../../carriers/byteSource.ts'

/** Chunks before the first pixels; real files have a dozen. */
const MAX_CHUNKS = 1024

/**
 * Frames of an animated PNG, null for one that doesn't move. Source: PNG third edition, sections 5.3 and 11.3.6 (acTL comes
 * before the first IDAT).
 */
export function countApngFrames(source: ByteSource): number | null {
  let at = 8
  for (let count = 0; count < MAX_CHUNKS; count += 1) {
    const head = source.read(at, 8)
    if (head === null) return null
    const type = head.toString('latin1', 4, 8)
    if (type === 'IDAT') return null
    if (type === 'acTL') {
      const frames = source.read(at + 8, 4)?.readUInt32BE(0) ?? 0
      return frames > 1 && frames < 2 ** 31 ? frames : null
    }
    at += 12 + head.readUInt32BE(0)
  }
  return null
}
