/** Reads bytes of a file; fewer than asked for where it ends. */
export type ReadBytes = (position: number, length: number) => Promise<Uint8Array>

/** One box of an ISO base media file (MP4, MOV, M4A, 3GP). */
export interface IsoBox {
  /** Four characters, Latin-1: `moov`, `©xyz`. */
  readonly type: string
  /** Where its content begins and ends in the file, bytes. */
  readonly start: number
  readonly end: number
}

/** No real file has as many boxes beside each other; a made one may have as many as it has bytes. */
const MOST_BOXES = 4096

/**
 * The boxes that stand beside each other in a range of a file. Stops at the first that can't be one; the last may be cut
 * off by the end of the range.
 *
 * Source: ISO/IEC 14496-12 §4.2 (`size` 1: 64 bits follow; `size` 0: to the end).
 */
export async function* isoBoxes(read: ReadBytes, start: number, end: number): AsyncGenerator<IsoBox> {
  let position = start
  for (let count = 0; count < MOST_BOXES && position + 8 <= end; count++) {
    const header = await read(position, 16)
    if (header.length < 8) return
    const view = new DataView(header.buffer, header.byteOffset, header.length)
    const size = view.getUint32(0)
    const isLong = size === 1
    if (isLong && header.length < 16) return
    const length = isLong ? Number(view.getBigUint64(8)) : size === 0 ? end - position : size
    const headerLength = isLong ? 16 : 8
    if (length < headerLength) return
    const type = String.fromCharCode(...header.subarray(4, 8))
    yield { type, start: position + headerLength, end: Math.min(position + length, end) }
    position += length
  }
}

/** The first box of that type in a range, null if there is none. */
export async function findBox(read: ReadBytes, range: Omit<IsoBox, 'type'>, type: string): Promise<IsoBox | null> {
  for await (const box of isoBoxes(read, range.start, range.end)) if (box.type === type) return box
  return null
}
