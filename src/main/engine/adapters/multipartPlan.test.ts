import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BegunUpload } from '../ports.ts'
import { compositeEtag, isPartStored, partSizeOf, partsOf, usableUpload } from './multipartPlan.ts'

const MIB = 1024 * 1024
const noted = { number: 2, md5: 'b'.repeat(32), etag: 'opaque' }
const begun: BegunUpload = {
  uploadId: 'u',
  size: 20 * MIB,
  sha256: 'a'.repeat(64),
  partSize: 8 * MIB,
  parts: new Map([[2, noted]]),
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

describe('what was noted of an earlier attempt', () => {
  it('is gone on with only for the same content in parts of the same size', () => {
    const file = { size: begun.size, sha256: begun.sha256 }
    expect(usableUpload(begun, file)).toBe(begun)
    expect(usableUpload(null, file)).toBeNull()
    expect(usableUpload(begun, { ...file, size: 1 })).toBeNull()
    expect(usableUpload(begun, { ...file, sha256: 'c'.repeat(64) })).toBeNull()
    expect(usableUpload({ ...begun, partSize: 5 }, file)).toBeNull()
  })
})

describe('a part', () => {
  const part = { number: 2, start: 8 * MIB, length: 8 * MIB }
  const md5 = 'b'.repeat(32)

  it('is on the store when its ETag is its MD5, or the one the store gave for this MD5', () => {
    expect(isPartStored(part, md5, { etag: md5, size: part.length }, undefined)).toBe(true)
    expect(isPartStored(part, md5, { etag: 'opaque', size: part.length }, noted)).toBe(true)
  })

  it('is not when it is unknown, shorter, or of other bytes', () => {
    expect(isPartStored(part, md5, undefined, noted)).toBe(false)
    expect(isPartStored(part, md5, { etag: md5, size: part.length - 1 }, noted)).toBe(false)
    expect(isPartStored(part, 'c'.repeat(32), { etag: 'opaque', size: part.length }, noted)).toBe(false)
    expect(isPartStored(part, md5, { etag: 'opaque', size: part.length }, undefined)).toBe(false)
    expect(isPartStored(part, md5, { etag: 'another', size: part.length }, noted)).toBe(false)
  })
})
