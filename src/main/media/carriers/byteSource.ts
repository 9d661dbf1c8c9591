import { readSync } from 'node:fs'

/** Random access to the bytes of a file, or of a part of one. */
export interface ByteSource {
  /** Bytes. */
  readonly size: number
  /**
   * `length` bytes at `offset`, null if not all of them exist, whatever numbers are given. What is returned is never
   * written to again, but may be a view of a larger buffer.
   */
  read(offset: number, length: number): Buffer | null
}

/** A read this large is done by itself; smaller ones fetch what is around them. */
const DIRECT_BYTES = 16 * 1024
/** Read ahead at the start of the file, and after a jump; twice as much each time that it is read on from there. */
const FIRST_BYTES = 8 * 1024
const JUMP_BYTES = 512
const MAX_AHEAD_BYTES = 64 * 1024
/** A read that begins so little behind the last window goes on from there. */
const MAX_GAP = 256

/**
 * The bytes of an open file. Reads are synchronous: the walks do many tiny ones, a positioned read from the system's
 * cache takes about a microsecond, and a detour through the thread pool some thirty times as long. Throws
 * `ErrnoException`.
 */
export function fileSource(descriptor: number, size: number): ByteSource {
  let start = 0
  let window: Buffer = Buffer.alloc(0)

  function read(offset: number, length: number): Buffer | null {
    if (!isInside(offset, length, size)) return null
    const at = offset - start
    if (at >= 0 && at + length <= window.length) return window.subarray(at, at + length)
    if (length >= DIRECT_BYTES) return exactly(offset, length)
    const goesOn = at >= 0 && at <= window.length + MAX_GAP
    const ahead = goesOn ? Math.min(MAX_AHEAD_BYTES, Math.max(FIRST_BYTES, window.length * 2)) : JUMP_BYTES
    window = upTo(offset, Math.min(Math.max(length, ahead), size - offset))
    start = offset
    return window.length < length ? null : window.subarray(0, length)
  }

  function exactly(offset: number, length: number): Buffer | null {
    const bytes = upTo(offset, length)
    return bytes.length < length ? null : bytes
  }

  /** Fewer bytes than asked for if the file has become shorter. */
  function upTo(offset: number, length: number): Buffer {
    const buffer = Buffer.allocUnsafe(length)
    let filled = 0
    while (filled < length) {
      const count = readSync(descriptor, buffer, filled, length - filled, offset + filled)
      if (count === 0) break
      filled += count
    }
    return buffer.subarray(0, filled)
  }

  return { size, read }
}

/** Bytes in memory. */
export function bufferSource(bytes: Uint8Array): ByteSource {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  return {
    size: buffer.length,
    read: (offset, length) =>
      isInside(offset, length, buffer.length) ? buffer.subarray(offset, offset + length) : null,
  }
}

/** A part of a source as a source of its own, cut at the end of the whole. */
export function partOf(source: ByteSource, offset: number, length: number): ByteSource {
  const start = Math.min(Math.max(offset, 0), source.size)
  const size = Math.min(Math.max(length, 0), source.size - start)
  return { size, read: (at, count) => (isInside(at, count, size) ? source.read(start + at, count) : null) }
}

function isInside(offset: number, length: number, size: number): boolean {
  // False for NaN, and for sums beyond what a number can hold exactly.
  return offset >= 0 && length >= 0 && offset + length <= size
}
