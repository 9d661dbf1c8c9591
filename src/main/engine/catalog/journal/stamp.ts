import type { DeviceId } from '../../../../shared/domain/ids.ts'

/**
 * A stamp orders changes to one cell: wall time, then a counter, then the device. It is text whose byte order is that
 * order: 13 digits of milliseconds, 6 hexadecimal digits, the device id.
 */
export type Stamp = string & { readonly __stamp: unique symbol }

/** What six hexadecimal digits hold. */
const MOST_COUNTED = 0xffffff

/**
 * The stamp of a new change to a cell. It is later than the cell's previous stamp even if the clock went back, and is
 * bumped only from that cell, so that one device with a wild clock does not drag every other cell along.
 */
export function nextStamp(now: number, previous: Stamp | null, device: DeviceId): Stamp {
  const wall = Math.max(0, Math.trunc(now))
  if (previous !== null) {
    const before = parseStamp(previous)
    if (before.wall >= wall) {
      const isFull = before.counter >= MOST_COUNTED
      return isFull ? format(before.wall + 1, 0, device) : format(before.wall, before.counter + 1, device)
    }
  }
  return format(wall, 0, device)
}

/** The parts of a stamp: milliseconds, counter, device id. */
export function parseStamp(stamp: Stamp): { readonly wall: number; readonly counter: number; readonly device: string } {
  return {
    wall: Number(stamp.slice(0, 13)),
    counter: Number.parseInt(stamp.slice(14, 20), 16),
    device: stamp.slice(21),
  }
}

function format(wall: number, counter: number, device: string): Stamp {
  return `${String(wall).padStart(13, '0')}.${counter.toString(16).padStart(6, '0')}.${device}` as Stamp
}
