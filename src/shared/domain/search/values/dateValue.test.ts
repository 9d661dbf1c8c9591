import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDate, resolveDates } from './dateValue.ts'

/** Saturday, 16:30 in Vienna. */
const now = Date.UTC(2026, 10, 21, 15, 30)

function range(text: string, operator = ':', timeZone = 'Europe/Vienna', ahead = false) {
  const value = readDate(operator, text)
  if (value === null) return null
  const { from, to } = resolveDates(value, now, timeZone, ahead)
  const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString().replace(':00.000Z', 'Z'))
  return [iso(from), iso(to)]
}

describe('a date', () => {
  it.each([
    ['2026', ['2025-12-31T23:00Z', '2026-12-31T23:00Z']],
    ['2026-11', ['2026-10-31T23:00Z', '2026-11-30T23:00Z']],
    ['2026-7-5', ['2026-07-04T22:00Z', '2026-07-05T22:00Z']],
    ['2026-01..2026-03', ['2025-12-31T23:00Z', '2026-03-31T22:00Z']],
    ['..2025', [null, '2025-12-31T23:00Z']],
    ['2026-11-20..', ['2026-11-19T23:00Z', null]],
    ['today', ['2026-11-20T23:00Z', '2026-11-21T23:00Z']],
    ['yesterday', ['2026-11-19T23:00Z', '2026-11-20T23:00Z']],
    ['this week', ['2026-11-15T23:00Z', '2026-11-22T23:00Z']],
    ['last-week', ['2026-11-08T23:00Z', '2026-11-15T23:00Z']],
    ['Last Month', ['2026-09-30T22:00Z', '2026-10-31T23:00Z']],
    ['last year', ['2024-12-31T23:00Z', '2025-12-31T23:00Z']],
    ['7d', ['2026-11-14T15:30Z', null]],
    ['24h', ['2026-11-20T15:30Z', null]],
  ])('%s is the days of the place where it is asked', (text, expected) => {
    expect(range(text)).toEqual(expected)
  })

  it('is compared as a whole', () => {
    expect(range('2026-01', '>')).toEqual(['2026-01-31T23:00Z', null])
    expect(range('2026-01', '>=')).toEqual(['2025-12-31T23:00Z', null])
    expect(range('2026-01', '<')).toEqual([null, '2025-12-31T23:00Z'])
    expect(range('2026-01', '<=')).toEqual([null, '2026-01-31T23:00Z'])
    expect(range('7d', '<')).toEqual([null, '2026-11-14T15:30Z'])
  })

  it('counts onwards for what lies ahead', () => {
    expect(range('2d', ':', 'UTC', true)).toEqual([null, '2026-11-23T15:30Z'])
    expect(range('2d', '>', 'UTC', true)).toEqual(['2026-11-23T15:30Z', null])
  })

  it('knows days of 23 and 25 hours, and midnights that there are not', () => {
    expect(range('2026-03-29')).toEqual(['2026-03-28T23:00Z', '2026-03-29T22:00Z'])
    expect(range('2026-10-25')).toEqual(['2026-10-24T22:00Z', '2026-10-25T23:00Z'])
    // In Beirut clocks go forward at midnight.
    expect(range('2026-03-29', ':', 'Asia/Beirut')).toEqual(['2026-03-28T22:00Z', '2026-03-29T21:00Z'])
    expect(range('today', ':', 'Pacific/Kiritimati')).toEqual(['2026-11-21T10:00Z', '2026-11-22T10:00Z'])
  })

  it.each(['2026-13', '2025-02-29', '2026-11-31', '26', 'soon', '2026-1-1-1', '..', '7x', '2026..soon'])(
    '%s is none',
    (text) => {
      expect(readDate(':', text)).toBeNull()
    },
  )

  it('is a range that does not end before it begins, in any zone', () => {
    const zones = fc.constantFrom(
      'UTC',
      'America/New_York',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'Africa/Casablanca',
    )
    const date = fc.tuple(
      fc.integer({ min: 0, max: 9999 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 28 }),
    )
    fc.assert(
      fc.property(date, zones, ([year, month, day], timeZone) => {
        const value = readDate(':', `${String(year).padStart(4, '0')}-${month}-${day}`)
        expect(value).not.toBeNull()
        if (value === null) return
        const { from, to } = resolveDates(value, now, timeZone, false)
        // Apia left out a day of 2011 on its way over the date line.
        expect(Number(to) - Number(from)).toBeGreaterThanOrEqual(0)
        expect(Number(to) - Number(from)).toBeLessThanOrEqual(48 * 3_600_000)
      }),
      { numRuns: 100 },
    )
  })
})
