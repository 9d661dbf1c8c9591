import type { BoundedFile } from '../boundedFile.ts'
import { type FilmFacts, unknownFilm } from './filmFacts.ts'

/** How much of either end is looked at. */
const LOOKED_AT = 1024 ** 2
const SEQUENCE_HEADER = 0xb3
const PACK_HEADER = 0xba
/** Frames a second by their code. Source: ISO/IEC 13818-2 table 6-4. */
const FRAME_RATES = [null, 24_000 / 1001, 24, 25, 30_000 / 1001, 30, 50, 60_000 / 1001, 60] as const
/** Width to height as shown by its code; 1 is square pixels. Source: ISO/IEC 13818-2 table 6-3. */
const SHAPES = [null, null, 4 / 3, 16 / 9, 2.21] as const

/**
 * What an MPEG-1 or MPEG-2 program stream says about itself: the first sequence header, and the clock at both ends. Null
 * if it has no sequence header.
 *
 * Source: ISO/IEC 13818-1 §2.5.3.3 (pack header), ISO/IEC 11172-1 §2.4.3.2, ISO/IEC 13818-2 §6.2.2.1.
 */
export async function readProgramStream({ read, size }: BoundedFile): Promise<FilmFacts | null> {
  const head = await read(0, LOOKED_AT)
  const at = startCode(head, SEQUENCE_HEADER, 0)
  if (at === null || at + 8 > head.length) return null
  const bytes = head.subarray(at + 4, at + 8)
  const [first = 0, second = 0, third = 0, fourth = 0] = bytes
  const width = first * 16 + (second >> 4)
  const height = (second & 15) * 256 + third
  if (width === 0 || height === 0) return null
  const isSecond = ((head[4] ?? 0) & 0xc0) === 0x40
  const shape = isSecond ? (SHAPES[fourth >> 4] ?? null) : null
  const frameRate = FRAME_RATES[fourth & 15] ?? null
  const tail = size > LOOKED_AT ? await read(Math.max(0, size - LOOKED_AT), LOOKED_AT) : head
  return {
    ...unknownFilm,
    durationSeconds: elapsed(head, tail),
    pictures: {
      codec: isSecond ? 'MPEG-2' : 'MPEG-1',
      codecString: null,
      width: shape === null ? width : Math.round(height * shape),
      height,
      rotation: 0,
      frameRate: frameRate === null ? null : Math.round(frameRate * 1000) / 1000,
      highDynamicRange: false,
      color: null,
    },
  }
}

/** Seconds between the clocks of the first and the last pack. */
function elapsed(head: Uint8Array, tail: Uint8Array): number | null {
  const first = clockAfter(head, startCode(head, PACK_HEADER, 0))
  let last: number | null = null
  for (let at = startCode(tail, PACK_HEADER, 0); at !== null; at = startCode(tail, PACK_HEADER, at + 4)) {
    last = clockAfter(tail, at) ?? last
  }
  return first === null || last === null || last <= first ? null : last - first
}

/** The system clock reference of a pack, seconds: 33 bits of a clock of 90 kHz with marker bits in between. */
function clockAfter(bytes: Uint8Array, pack: number | null): number | null {
  if (pack === null || pack + 9 > bytes.length) return null
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = bytes.subarray(pack + 4, pack + 9)
  if ((a & 0xc0) === 0x40) {
    const high = (((a >> 3) & 7) * 4 + (a & 3)) * 2 ** 28
    return (high + b * 2 ** 20 + (c >> 3) * 2 ** 15 + (c & 3) * 2 ** 13 + d * 2 ** 5 + (e >> 3)) / 90_000
  }
  if ((a & 0xf0) !== 0x20) return null
  return (((a >> 1) & 7) * 2 ** 30 + b * 2 ** 22 + (c >> 1) * 2 ** 15 + d * 2 ** 7 + (e >> 1)) / 90_000
}

function startCode(bytes: Uint8Array, code: number, from: number): number | null {
  for (let at = from; at + 4 <= bytes.length; at++) {
    if (bytes[at] === 0 && bytes[at + 1] === 0 && bytes[at + 2] === 1 && bytes[at + 3] === code) return at
  }
  return null
}
