import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHUNK_BYTES, openChunk, openedSize, sealChunk, sealedSize } from './ageStream.ts'

const key = Buffer.alloc(32, 7)
const sealed = sealChunk(key, 3, false, Buffer.from('a chunk'))

describe('a chunk', () => {
  it('opens as what it was sealed', () => {
    expect(openChunk(key, 3, false, sealed)?.toString()).toBe('a chunk')
  })

  it('opens in no other place, as no other end, with no other key, and not when a bit of it is another', () => {
    expect(openChunk(key, 4, false, sealed)).toBeNull()
    expect(openChunk(key, 3, true, sealed)).toBeNull()
    expect(openChunk(Buffer.alloc(32, 8), 3, false, sealed)).toBeNull()
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const flipped = Buffer.from(sealed)
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(openChunk(key, 3, false, flipped)).toBeNull()
    }
    for (let length = 0; length < sealed.length; length++) {
      expect(openChunk(key, 3, false, sealed.subarray(0, length))).toBeNull()
    }
  })
})

describe('the size of a payload', () => {
  it('says that of the plaintext, and no other size is one', () => {
    const seen = new Map<number, number>()
    for (const near of [0, CHUNK_BYTES, 2 * CHUNK_BYTES]) {
      for (let plain = Math.max(0, near - 40); plain < near + 40; plain++) seen.set(sealedSize(plain), plain)
    }
    for (const near of [0, sealedSize(CHUNK_BYTES), sealedSize(2 * CHUNK_BYTES)]) {
      for (let size = near - 20; size <= near + 20; size++) expect(openedSize(size)).toBe(seen.get(size) ?? null)
    }
  })

  it('can be told from any', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 45 }), (plain) => openedSize(sealedSize(plain)) === plain))
  })
})
