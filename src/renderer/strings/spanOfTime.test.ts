import { describe, expect, it } from 'vitest'
import { spanOfTime } from './spanOfTime.ts'

const at = (year: number, month: number, day: number, hour: number, minute: number) =>
  new Date(year, month - 1, day, hour, minute).toISOString()
const now = new Date(2026, 10, 21, 16, 0)

describe('a span of time', () => {
  it('is said once for one day', () => {
    expect(spanOfTime(at(2026, 11, 21, 14, 2), at(2026, 11, 21, 15, 10), now)).toBe('Today 14:02–15:10')
    expect(spanOfTime(at(2026, 11, 20, 9, 5), at(2026, 11, 20, 9, 40), now)).toBe('Yesterday 09:05–09:40')
    expect(spanOfTime(at(2026, 11, 3, 9, 5), at(2026, 11, 3, 9, 40), now)).toBe('3 Nov 09:05–09:40')
  })

  it('is one time where it took less than a minute', () => {
    expect(spanOfTime(at(2026, 11, 21, 14, 2), at(2026, 11, 21, 14, 2), now)).toBe('Today 14:02')
  })

  it('names both days of a night', () => {
    expect(spanOfTime(at(2026, 11, 20, 23, 40), at(2026, 11, 21, 1, 12), now)).toBe('Yesterday 23:40 – today 01:12')
  })

  it('names the year when it is another one', () => {
    expect(spanOfTime(at(2024, 11, 3, 9, 5), at(2024, 11, 3, 9, 40), now)).toBe('3 Nov 2024 09:05–09:40')
  })
})
