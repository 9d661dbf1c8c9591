import { describe, expect, it } from 'vitest'
import { aviTime, isoTime, matroskaTime, quickTimeTime, windowsTime } from './captureTime.ts'

function written(time: { at: number; zone: string } | null): string | null {
  return time === null ? null : `${new Date(time.at).toISOString()} ${time.zone}`
}

describe('when a recording was made', () => {
  it.each([
    ['2019-07-24T11:25:40+0300', '2019-07-24T08:25:40.000Z offset'],
    ['2019-07-24T11:25:40+03:00', '2019-07-24T08:25:40.000Z offset'],
    ['2019-07-24T11:25:40.5-08', '2019-07-24T19:25:40.500Z offset'],
    ['2019-07-24T11:25:40Z', '2019-07-24T11:25:40.000Z offset'],
    ['2019-07-24 11:25', '2019-07-24T11:25:00.000Z assumed-utc'],
    ['2019-02-31T11:25:40Z', null],
    ['2019-07-24T25:00:00Z', null],
    ['yesterday', null],
    ['', null],
  ])('ISO 8601: %s', (text, expected) => expect(written(isoTime(text))).toBe(expected))

  it.each([
    ['Mon Mar 10 15:04:43 2003\n\0', '2003-03-10T15:04:43.000Z assumed-utc'],
    ['SUN AUG  3 12:15:22 2008', '2008-08-03T12:15:22.000Z assumed-utc'],
    ['2005:08:17 11:42:43\0', '2005-08-17T11:42:43.000Z assumed-utc'],
    ['2005/ 8/ 7 11:42:43', null],
    ['2005/8/7 9:42:43', '2005-08-07T09:42:43.000Z assumed-utc'],
    ['0000:00:00 00:00:00', null],
    ['Mon Foo 10 15:04:43 2003', null],
  ])('AVI: %j', (text, expected) => expect(written(aviTime(text))).toBe(expected))

  it('QuickTime counts from 1904, and some writers from 1970', () => {
    expect(written(quickTimeTime(1_566_157_600 + 2_082_844_800))).toBe('2019-08-18T19:46:40.000Z assumed-utc')
    expect(written(quickTimeTime(1_566_157_600))).toBe('2019-08-18T19:46:40.000Z assumed-utc')
    expect(quickTimeTime(0)).toBeNull()
    expect(quickTimeTime(2_082_844_800)).toBeNull()
    expect(quickTimeTime(2 ** 60)).toBeNull()
  })

  it('Matroska counts nanoseconds from 2001, Windows tenths of microseconds from 1601', () => {
    expect(written(matroskaTime(86_400_000_000_000n))).toBe('2001-01-02T00:00:00.000Z offset')
    expect(matroskaTime(-(2n ** 63n))).toBeNull()
    expect(written(windowsTime(132_000_000_000_000_000n))).toBe('2019-04-17T18:40:00.000Z offset')
    expect(windowsTime(0n)).toBeNull()
    expect(windowsTime(2n ** 64n - 1n)).toBeNull()
  })
})
