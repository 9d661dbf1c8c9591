/** What a Range header asks of a representation of a known length. Offsets are inclusive, as in the header. */
export type RangeAnswer =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly start: number; readonly end: number }
  | { readonly kind: 'unsatisfiable' }

const RANGE = /^(\d*)-(\d*)$/

/**
 * Reads a Range header for a representation of `size` bytes (RFC 9110 §14).
 *
 * A header that is malformed, that uses another unit, or that asks for several ranges is ignored, which §14.2 allows:
 * the answer is then the whole. It is unsatisfiable when no byte of the one range exists.
 */
export function parseRange(header: string | null, size: number): RangeAnswer {
  const set = header === null ? null : /^bytes=(.*)$/i.exec(header.trim())?.[1]
  if (set == null) return { kind: 'whole' }
  const [, first, last] = RANGE.exec(set.trim()) ?? []
  if (first === undefined || last === undefined || (first === '' && last === '')) return { kind: 'whole' }

  if (first === '') {
    const length = Number(last)
    if (length === 0 || size === 0) return { kind: 'unsatisfiable' }
    return { kind: 'part', start: Math.max(0, size - length), end: size - 1 }
  }
  const start = Number(first)
  if (last !== '' && Number(last) < start) return { kind: 'whole' }
  if (start >= size) return { kind: 'unsatisfiable' }
  return { kind: 'part', start, end: last === '' ? size - 1 : Math.min(Number(last), size - 1) }
}

/**
 * Whether a range may be answered at all: an If-Range header must name the very representation that is there
 * (RFC 9110 §13.1.5, strong comparison). A date never does, because originals carry no modification time.
 */
export function ifRangeHolds(header: string | null, etag: string): boolean {
  return header === null || header.trim() === etag
}
