import { gunzipSync } from 'node:zlib'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import { type SegmentHeader, segmentHeaderSchema } from './operation.ts'

/** Far beyond what one segment of our own can hold. */
const MOST_BYTES = 256 * 1024 * 1024

/**
 * A segment of this device's own journal as text, line by line, for whoever passes lines on as they are. Throws `io_error`
 * for one that is damaged.
 */
export function segmentLines(bytes: Uint8Array): { readonly header: SegmentHeader; readonly lines: readonly string[] } {
  try {
    const [first, ...lines] = gunzipSync(bytes, { maxOutputLength: MOST_BYTES })
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
    return { header: segmentHeaderSchema.parse(JSON.parse(first ?? '')), lines }
  } catch (error) {
    throw new VitrineError('io_error', 'A journal segment of this library is damaged.', undefined, { cause: error })
  }
}
