import type { BoundedFile } from './boundedFile.ts'

/** One chunk of a RIFF file (AVI, WAV) or, big-endian, of an IFF file (AIFF). */
export interface RiffChunk {
  /** Four characters, Latin-1. */
  readonly id: string
  /** Type of a `LIST` or `RIFF` chunk, which comes before its content; null for any other. */
  readonly list: string | null
  /** Where its content begins and ends in the file, bytes. */
  readonly start: number
  readonly end: number
}

/** A film without an index has as many chunks as frames; more are not stepped over. */
const MOST_CHUNKS = 40_000

/**
 * The chunks that stand beside each other in a range of a file; the last may be cut off by its end.
 *
 * Source: Multimedia Programming Interface and Data Specifications 1.0, §2 (RIFF); EA IFF 85.
 */
export async function* riffChunks(
  { read, size }: BoundedFile,
  start: number,
  end: number,
  littleEndian = true,
): AsyncGenerator<RiffChunk> {
  let position = start
  for (let count = 0; count < MOST_CHUNKS && position + 8 <= end; count++) {
    const header = await read(position, 12)
    if (header.length < 8) return
    const view = new DataView(header.buffer, header.byteOffset, header.length)
    const length = view.getUint32(4, littleEndian)
    const id = String.fromCharCode(...header.subarray(0, 4))
    const isList = (id === 'LIST' || id === 'RIFF') && length >= 4 && header.length === 12
    // A recorder that was cut off has left the length at zero or at its largest value.
    const to = Math.min(position + 8 + length, end, size)
    yield {
      id,
      list: isList ? String.fromCharCode(...header.subarray(8, 12)) : null,
      start: position + (isList ? 12 : 8),
      end: to,
    }
    position += 8 + length + (length & 1)
  }
}
