import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSize, writeSize } from './sizeInput.ts'

describe('a size that is typed', () => {
  it('has the unit that is said, else MB', () => {
    expect(readSize('10 MB')).toBe(10_000_000)
    expect(readSize('10')).toBe(10_000_000)
    expect(readSize('1.5 GiB')).toBe(1.5 * 1024 ** 3)
    expect(readSize('2,5gb')).toBe(2_500_000_000)
  })

  it('is nothing when the field is empty', () => {
    expect(readSize('  ')).toBeNull()
    expect(writeSize(null)).toBe('')
  })

  it('is refused when it is none', () => {
    for (const text of ['ten', '10 apples', '-5 MB', '0', '1e9', '999999999999999 TB', '10 mb extra', '.5']) {
      expect(readSize(text)).toBeUndefined()
    }
  })

  it('is written as people say it', () => {
    expect(writeSize(10 * 1024 * 1024)).toBe('10 MiB')
    expect(writeSize(50_000_000_000)).toBe('50 GB')
    expect(writeSize(1_500_000)).toBe('1.5 MB')
  })

  it('is read back to the byte', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999_999_999 }), (bytes) => {
        expect(readSize(writeSize(bytes))).toBe(bytes)
      }),
      { numRuns: 200 },
    )
  })
})
