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

/** Reads a segment; throws `io_error` for one that is cut short, damaged or not a segment. */
export function decodeSegment(bytes: Uint8Array): { readonly header: SegmentHeader; readonly operations: Operation[] } {
  try {
    const text = gunzipSync(bytes, { maxOutputLength: MAX_SEGMENT_BYTES }).toString('utf8')
    const [first, ...rest] = text.split('\n').filter((line) => line !== '')
    const header = segmentHeaderSchema.parse(JSON.parse(first ?? ''))
    return { header, operations: rest.flatMap(operationsOf) }
  } catch (error) {
    throw damaged(error)
  }
}

/** The first line of a segment and how many follow, for whoever needs no more of it. Throws as `decodeSegment`. */
export function readSegmentHeader(bytes: Uint8Array): { readonly header: SegmentHeader; readonly lines: number } {
  try {
    const text = gunzipSync(bytes, { maxOutputLength: MAX_SEGMENT_BYTES })
    const end = text.indexOf('\n')
    const header = segmentHeaderSchema.parse(JSON.parse(text.subarray(0, end < 0 ? text.length : end).toString('utf8')))
    let lines = -1
    for (let at = end; at >= 0; at = text.indexOf('\n', at + 1)) lines++
    return { header, lines: Math.max(0, lines) }
  } catch (error) {
    throw damaged(error)
  }
}

function damaged(cause: unknown): VitrineError {
  return new VitrineError('io_error', 'A journal segment of this library is damaged.', undefined, { cause })
}

function operationsOf(line: string): readonly Operation[] {
  const operations = parseOperations(line)
  if (operations === null) throw new Error('A line is no operation')
  return operations
}

/** SHA-256 of a segment file's bytes, hexadecimal: what the next segment names. */
export function segmentHash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
