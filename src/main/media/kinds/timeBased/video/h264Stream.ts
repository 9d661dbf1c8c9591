import { type CaptureTime, localTime } from '../captureTime.ts'

/** Bytes of a first frame that are looked at: what describes a stream stands before its pictures. */
const LOOKED_AT = 64 * 1024
const SEI = 6
const SEQUENCE_PARAMETERS = 7
/** Profiles whose parameters name a chroma format. Source: ITU-T H.264 §7.3.2.1.1. */
const WITH_CHROMA: ReadonlySet<number> = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135])

/** What the start of an H.264 stream with start codes (ITU-T H.264 Annex B) says about it. */
export interface H264Start {
  /** Pixels of a whole frame (both fields of it), cropped; not corrected for pixels that are not square. */
  readonly width: number
  readonly height: number
}

/**
 * The size of the pictures by the sequence parameters in the first frame; null if they are not there or make no sense.
 *
 * Source: ITU-T H.264 §7.3.2.1.1, §7.4.2.1.1.
 */
export function h264Size(firstFrame: Uint8Array): H264Start | null {
  for (const unit of units(firstFrame)) {
    if (((unit[0] ?? 0) & 31) === SEQUENCE_PARAMETERS) return sequenceSize(withoutEscapes(unit.subarray(1, 256)))
  }
  return null
}

/**
 * When the camcorder recorded the first frame: AVCHD writes it into a message of the stream, in BCD, with local time and
 * sometimes the zone.
 *
 * Source: ITU-T H.264 §D.1.6 (`user_data_unregistered`), ExifTool's H264 tag tables (MDPM).
 */
export function avchdTime(firstFrame: Uint8Array): CaptureTime | null {
  for (const unit of units(firstFrame)) {
    if (((unit[0] ?? 0) & 31) !== SEI) continue
    const message = withoutEscapes(unit.subarray(1, 2048))
    const at = Buffer.from(message).indexOf('MDPM', 0, 'latin1')
    const time = at < 0 ? null : modifiedDigitalPack(message.subarray(at + 4))
    if (time !== null) return time
  }
  return null
}

function modifiedDigitalPack(pack: Uint8Array): CaptureTime | null {
  const entries = new Map<number, Uint8Array>()
  for (let index = 0; index < Math.min(pack[0] ?? 0, 64); index++) {
    const at = 1 + index * 5
    if (at + 5 <= pack.length) entries.set(pack[at] ?? 0, pack.subarray(at + 1, at + 5))
  }
  const [zone = 0, ...date] = entries.get(0x18) ?? []
  const rest = entries.get(0x19)
  if (rest === undefined || date.length < 3) return null
  const [century, year, month, day, hour, minute, second] = [...date, ...rest].map(binaryCoded)
  if (century === null || year === null) return null
  const parts = [(century ?? 0) * 100 + (year ?? 0), month, day, hour, minute, second].map((part) => part ?? -1)
  return localTime(parts, 0, zoneOf(zone))
}

/** Bit 7 says that there is none, bit 5 that it is west of Greenwich; hours in bits 1–4, half an hour more in bit 0. */
function zoneOf(bits: number): string | undefined {
  const hours = (bits >> 1) & 0x0f
  if ((bits & 0x80) !== 0 || hours > 14) return undefined
  return `${(bits & 0x20) !== 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${(bits & 1) !== 0 ? '30' : '00'}`
}

function binaryCoded(byte: number): number | null {
  const [tens, ones] = [byte >> 4, byte & 15]
  return tens < 10 && ones < 10 ? tens * 10 + ones : null
}

function* units(stream: Uint8Array): Generator<Uint8Array> {
  const end = Math.min(stream.length, LOOKED_AT)
  let start = -1
  for (let at = 0; at + 3 <= end; at++) {
    if (stream[at] !== 0 || stream[at + 1] !== 0 || stream[at + 2] !== 1) continue
    if (start >= 0) yield stream.subarray(start, at)
    start = at + 3
    at += 2
  }
  if (start >= 0 && start < end) yield stream.subarray(start, end)
}

/** Takes out the bytes that keep start codes from appearing in the data. Source: ITU-T H.264 §7.4.1.1. */
function withoutEscapes(unit: Uint8Array): Uint8Array {
  const kept: number[] = []
  let zeros = 0
  for (const byte of unit) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0
      continue
    }
    zeros = byte === 0 ? zeros + 1 : 0
    kept.push(byte)
  }
  return Uint8Array.from(kept)
}

function sequenceSize(bytes: Uint8Array): H264Start | null {
  const bits = bitReader(bytes)
  const profile = bits.read(8)
  bits.read(16)
  bits.golomb()
  let chroma = 1
  if (WITH_CHROMA.has(profile)) {
    chroma = bits.golomb()
    if (chroma === 3) bits.read(1)
    bits.golomb()
    bits.golomb()
    bits.read(1)
    // Scaling matrices: streams of cameras have none, and without them nothing that follows can be found.
    if (bits.read(1) === 1) return null
  }
  bits.golomb()
  const orderType = bits.golomb()
  if (orderType === 0) bits.golomb()
  else if (orderType === 1) {
    bits.read(1)
    bits.golomb()
    bits.golomb()
    const cycles = Math.min(bits.golomb(), 255)
    for (let cycle = 0; cycle < cycles; cycle++) bits.golomb()
  }
  bits.golomb()
  bits.read(1)
  const columns = bits.golomb() + 1
  const rows = bits.golomb() + 1
  const framesOnly = bits.read(1)
  if (framesOnly === 0) bits.read(1)
  bits.read(1)
  const cropped = bits.read(1) === 1
  const [left, right, top, bottom] = [0, 0, 0, 0].map(() => (cropped ? bits.golomb() : 0))
  if (bits.overrun) return null
  const cropX = chroma === 1 || chroma === 2 ? 2 : 1
  const cropY = (chroma === 1 ? 2 : 1) * (2 - framesOnly)
  const width = columns * 16 - cropX * ((left ?? 0) + (right ?? 0))
  const height = rows * 16 * (2 - framesOnly) - cropY * ((top ?? 0) + (bottom ?? 0))
  return width > 0 && height > 0 && width <= 65_536 && height <= 65_536 ? { width, height } : null
}

function bitReader(bytes: Uint8Array) {
  let position = 0
  const bit = (): number => {
    const byte = bytes[position >> 3] ?? 0
    const value = (byte >> (7 - (position & 7))) & 1
    position += 1
    return value
  }
  const read = (count: number): number => {
    let value = 0
    for (let index = 0; index < count; index++) value = value * 2 + bit()
    return value
  }
  return {
    read,
    /** An unsigned Exp-Golomb code. Source: ITU-T H.264 §9.1. */
    golomb(): number {
      let zeros = 0
      while (zeros < 32 && position < bytes.length * 8 && bit() === 0) zeros += 1
      return 2 ** zeros - 1 + read(zeros)
    },
    get overrun() {
      return position > bytes.length * 8
    },
  }
}
