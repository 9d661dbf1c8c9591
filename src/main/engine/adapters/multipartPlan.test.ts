import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compositeEtag,
  isPartStored,
  type MultipartResume,
  partSizeOf,
  partsOf,
  usableResume,
} from './multipartPlan.ts'

const MIB = 1024 * 1024
const state: MultipartResume = {
  uploadId: 'u',
  key: 'k',
  size: 20 * MIB,
  sha256: 'a'.repeat(64),
  partSize: 8 * MIB,
  opaqueParts: [{ number: 2, md5: 'b'.repeat(32), etag: 'opaque' }],
}

describe('the parts of a file', () => {
  it('cover it exactly, are equal but for the last, and never too small or too many', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 * 1024 ** 4 }), (size) => {
        const partSize = partSizeOf(size)
        const parts = partsOf(size)
        expect(partSize).toBeGreaterThanOrEqual(Math.max(8 * MIB, size / 9000))
        expect(partSize % MIB).toBe(0)
        expect(parts.length).toBeLessThanOrEqual(9000)
        let end = 0
        parts.forEach((part, index) => {
          expect(part.number).toBe(index + 1)
          expect(part.start).toBe(end)
          if (index < parts.length - 1) expect(part.length).toBe(partSize)
          end += part.length
        })
        expect(end).toBe(size)
        expect(parts.at(-1)?.length).toBeGreaterThan(0)
      }),
      { numRuns: 50 },
    )
  })
})

describe('the ETag of an object made of parts', () => {
  it('is the MD5 of the MD5s and their number', () => {
    // Recorded from a real server for parts of 6 MiB of 0x07 and 1 MiB of 0x08.
    const parts = ['04ad6c8b5160dbbe27070a107c72daf5', '495af404ab6012ebd3cbab2037b82db8']
    expect(compositeEtag(parts)).toBe('d15e3755c2ee6e9931ce033d6137dca5-2')
  })
})

describe('the state of an earlier attempt', () => {
  it('survives JSON and belongs to one key and content', () => {
    const file = { size: state.size, sha256: state.sha256 }
    expect(usableResume(JSON.parse(JSON.stringify(state)), 'k', file)).toEqual(state)
    expect(usableResume(state, 'other', file)).toBeNull()
    expect(usableResume(state, 'k', { ...file, size: 1 })).toBeNull()
    expect(usableResume(state, 'k', { ...file, sha256: 'c'.repeat(64) })).toBeNull()
    expect(usableResume({ ...state, partSize: 5 }, 'k', file)).toBeNull()
  })

  it('is ignored when it is anything else', () => {
    fc.assert(
      fc.property(fc.anything(), (junk) => {
        expect(usableResume(junk, 'k', { size: 1, sha256: 'a' })).toBeNull()
      }),
    )
  })
})

describe('a part', () => {
  const part = { number: 2, start: 8 * MIB, length: 8 * MIB }
  const md5 = 'b'.repeat(32)

  it('is on the store when its ETag is its MD5, or the one the store gave for this MD5', () => {
    expect(isPartStored(part, md5, { etag: md5, size: part.length }, state)).toBe(true)
    expect(isPartStored(part, md5, { etag: 'opaque', size: part.length }, state)).toBe(true)
  })

  it('is not when it is unknown, shorter, or of other bytes', () => {
    expect(isPartStored(part, md5, undefined, state)).toBe(false)
    expect(isPartStored(part, md5, { etag: md5, size: part.length - 1 }, state)).toBe(false)
    expect(isPartStored(part, 'c'.repeat(32), { etag: 'opaque', size: part.length }, state)).toBe(false)
    expect(isPartStored({ ...part, number: 1 }, md5, { etag: 'opaque', size: part.length }, state)).toBe(false)
  })
})
