import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import { type Operation, type SegmentHeader, segmentHeaderSchema } from './operation.ts'
import { parseOperations } from './operationSet.ts'

/** No honest segment comes near this; a gzip bomb stops here. */
const MAX_SEGMENT_BYTES = 256 * 1024 * 1024

/** The file name of a segment: 16 digits, so that names sort by sequence. */
export function segmentName(seq: number): string {
  return `${String(seq).padStart(16, '0')}.jsonl.gz`
}

/** Gzipped JSON lines: the header, then one operation or set of operations a line (given as JSON text). */
export function encodeSegment(header: SegmentHeader, operations: readonly string[]): Buffer {
  const lines = [JSON.stringify(header), ...operations]
  return gzipSync(`${lines.join('\n')}\n`, { level: 6 })
}

/**
 * Reads a segment that this program wrote. Throws `io_error` for one that is cut short, damaged or not a segment, or that
 * holds a line which is no operation.
 */
export function decodeSegment(bytes: Uint8Array): { readonly header: SegmentHeader; readonly operations: Operation[] } {
  const { header, lines } = decodeLines(bytes)
  return { header, operations: lines.flatMap(operationsOf) }
}

/**
 * Reads a segment, and leaves to the caller what its lines mean: a newer version may write others. `most` bounds the bytes
 * that it may unpack to. Throws `io_error` as `decodeSegment`.
 */
export function decodeLines(
  bytes: Uint8Array,
  most = MAX_SEGMENT_BYTES,
): { readonly header: SegmentHeader; readonly lines: readonly string[] } {
  try {
    const text = gunzipSync(bytes, { maxOutputLength: most }).toString('utf8')
    const [first, ...lines] = text.split('\n').filter((line) => line !== '')
    return { header: segmentHeaderSchema.parse(JSON.parse(first ?? '')), lines }
  } catch (error) {
    throw damaged(error)
  }
}

function damaged(cause: unknown): VitrineError {
  return new VitrineError('io_error', 'A journal segment of this library is damaged.', undefined, { cause })
}

function operationsOf(line: string): readonly Operation[] {
  const operations = parseOperations(line)
  if (operations === null) throw damaged(new Error('A line is no operation'))
  return operations
}

/** SHA-256 of a segment file's bytes, hexadecimal: what the next segment names. */
export function segmentHash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
