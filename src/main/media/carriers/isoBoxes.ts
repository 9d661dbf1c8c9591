import type { ByteSource } from './byteSource.ts'
import type { CarrierCollector } from './carrierCollector.ts'

/** A box of an ISO base media file. */
export interface IsoBox {
  /** Four characters as Latin-1; `©` is one of them. */
  readonly type: string
  /** Of the whole box, its head included. */
  readonly at: number
  /** Of its content; behind the UUID of a `uuid` box. */
  readonly start: number
  readonly end: number
  /** 32 hexadecimal digits; '' for other boxes. */
  readonly uuid: string
}

/**
 * The boxes between two places, in their order. Ends at the first one that does not fit; at the outermost level one
 * that is cut off by the end of the file is still given. Source: ISO/IEC 14496-12 section 4.2.
 */
export function* isoBoxes(
  source: ByteSource,
  start: number,
  end: number,
  collector: CarrierCollector,
): Generator<IsoBox> {
  const isOutermost = end === source.size
  let at = start
  while (at + 8 <= end && collector.step()) {
    const box = boxAt(source, at, end)
    // Size 0 means "to the end", and only the last box of the file may say so; inside it is an end mark.
    if (box === null || (box.end > end && !isOutermost)) return
    yield { ...box, end: Math.min(box.end, end) }
    if (box.end <= at) return
    at = box.end
  }
}

function boxAt(source: ByteSource, at: number, end: number): IsoBox | null {
  const head = source.read(at, 8)
  if (head === null) return null
  const declared = head.readUInt32BE(0)
  const type = head.toString('latin1', 4, 8)
  const large = declared === 1 ? source.read(at + 8, 8) : null
  if (declared === 1 && large === null) return null
  const length = large === null ? declared : Number(large.readBigUInt64BE(0))
  const uuidAt = at + (large === null ? 8 : 16)
  const uuid = type === 'uuid' ? (source.read(uuidAt, 16)?.toString('hex') ?? '') : ''
  const contentAt = uuidAt + (type === 'uuid' ? 16 : 0)
  if (declared === 0) return end === source.size ? { type, at, start: contentAt, end, uuid } : null
  return at + length < contentAt ? null : { type, at, start: contentAt, end: at + length, uuid }
}
