import { Readable } from 'node:stream'
import type { Pace } from '../ports.ts'

/** Fine enough for a progress that moves and a limit that holds, coarse enough to cost nothing. */
const SLICE_BYTES = 256 * 1024

/**
 * The body of a request. What is no longer than a slice goes as it is; more goes slice by slice, each when the pace lets
 * it, and `onSent` hears of the bytes as they are handed over.
 */
export async function pacedBody(
  bytes: Uint8Array,
  pace: Pace | undefined,
  signal: AbortSignal | undefined,
  onSent: (bytes: number) => void,
): Promise<Uint8Array | Readable> {
  if (bytes.length <= SLICE_BYTES) {
    await pace?.take(bytes.length, signal)
    onSent(bytes.length)
    return bytes
  }
  async function* slices(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
      const slice = bytes.subarray(at, at + SLICE_BYTES)
      await pace?.take(slice.length, signal)
      yield slice
      onSent(slice.length)
    }
  }
  const body = Readable.from(slices(), { objectMode: false, highWaterMark: SLICE_BYTES })
  // Ends with the request, which says what happened.
  return body.on('error', () => undefined)
}
