import type { ByteSource } from '../../../carriers/byteSource.ts'

/** One box of an ISO base media file. */
export interface IsoBox {
  readonly type: string
  /** Of its content, bytes from the start of the source. */
  readonly start: number
  readonly end: number
}

/** Boxes side by side; real files have some dozens. */
const MAX_BOXES = 4096

/**
 * The boxes between two places, in their order; ends where one is cut off or makes no sense.
 * Source: ISO/IEC 14496-12 section 4.2.
 */
export function readBoxes(source: ByteSource, start: number, end: number): readonly IsoBox[] {
  const boxes: IsoBox[] = []
  let at = start
  while (at + 8 <= end && boxes.length < MAX_BOXES) {
    const head = source.read(at, 8)
    if (head === null) break
    const declared = head.readUInt32BE(0)
    const large = declared === 1 ? source.read(at + 8, 8) : null
    if (declared === 1 && large === null) break
    const size = large === null ? declared : Number(large.readBigUInt64BE(0))
    const headBytes = large === null ? 8 : 16
    // A size of 0: to the end.
    const stop = size === 0 ? end : Math.min(at + size, end)
    if (stop < at + headBytes) break
    boxes.push({ type: head.toString('latin1', 4, 8), start: at + headBytes, end: stop })
    at = stop
  }
  return boxes
}
