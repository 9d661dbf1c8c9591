import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ifRangeHolds, parseRange } from './byteRange.ts'

const whole = { kind: 'whole' }
const unsatisfiable = { kind: 'unsatisfiable' }
const part = (start: number, end: number) => ({ kind: 'part', start, end })

describe('parseRange, RFC 9110 §14', () => {
  it.each([
    ['bytes=0-0', 10_000, part(0, 0)],
    ['bytes=0-499', 10_000, part(0, 499)],
    ['bytes=500-999', 10_000, part(500, 999)],
    ['bytes=9500-', 10_000, part(9500, 9999)],
    ['bytes=0-', 10_000, part(0, 9999)],
    ['bytes=-500', 10_000, part(9500, 9999)],
    ['bytes=-20000', 10_000, part(0, 9999)],
    ['bytes=9999-123456789', 10_000, part(9999, 9999)],
    ['BYTES=1-2', 10_000, part(1, 2)],
    [' bytes= 1-2 ', 10_000, part(1, 2)],
    ['bytes=0-99999999999999999999999', 10, part(0, 9)],
  ])('%s of %d bytes', (header, size, expected) => {
    expect(parseRange(header, size)).toEqual(expected)
  })

  it.each([
    ['bytes=10000-', 10_000],
    ['bytes=10000-10001', 10_000],
    ['bytes=-0', 10_000],
    ['bytes=0-', 0],
    ['bytes=-1', 0],
    ['bytes=99999999999999999999999-', 10_000],
  ])('%s of %d bytes exists nowhere', (header, size) => {
    expect(parseRange(header, size)).toEqual(unsatisfiable)
  })

  it.each([
    null,
    '',
    'bytes',
    'bytes=',
    'bytes=-',
    'bytes=a-b',
    'bytes=5-2',
    'bytes=1.5-2',
    'bytes=+1-2',
    'bytes=0x1-2',
    'bytes=1--2',
    'bytes=--1',
    'items=0-1',
    'bytes=0-1,5-6',
    'bytes=0-1\r\nX: y',
  ])('%j is ignored', (header) => {
    expect(parseRange(header, 10_000)).toEqual(whole)
  })

  it('never names a byte that does not exist, whatever the header', () => {
    const header = fc.oneof(
      fc.string(),
      fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => `bytes=${a}-${b}`),
      fc.nat().map((n) => `bytes=-${n}`),
      fc.nat().map((n) => `bytes=${n}-`),
    )
    fc.assert(
      fc.property(header, fc.nat(), (text, size) => {
        const range = parseRange(text, size)
        if (range.kind !== 'part') return
        expect(range.start).toBeGreaterThanOrEqual(0)
        expect(range.end).toBeGreaterThanOrEqual(range.start)
        expect(range.end).toBeLessThan(size)
      }),
    )
  })
})

describe('ifRangeHolds', () => {
  it('accepts no condition and the exact entity tag, nothing weaker', () => {
    expect(ifRangeHolds(null, '"abc"')).toBe(true)
    expect(ifRangeHolds('"abc"', '"abc"')).toBe(true)
    expect(ifRangeHolds('W/"abc"', '"abc"')).toBe(false)
    expect(ifRangeHolds('"other"', '"abc"')).toBe(false)
    expect(ifRangeHolds('Wed, 21 Oct 2015 07:28:00 GMT', '"abc"')).toBe(false)
  })
})
