import { describe, expect, it } from 'vitest'
import { bytesText, counted, momentText, playingTime, spanText } from './quantities.ts'

describe('quantities as a person reads them', () => {
  it('writes sizes with at most three digits, never 1000 of a unit', () => {
    expect(bytesText(0)).toBe('0 B')
    expect(bytesText(999)).toBe('999 B')
    expect(bytesText(3_100_000)).toBe('3.1 MB')
    expect(bytesText(999_960)).toBe('1 MB')
    expect(bytesText(812_400)).toBe('812 KB')
  })

  it('writes spans in their largest sensible unit', () => {
    expect(spanText(20.4)).toBe('20 s')
    expect(spanText(240)).toBe('4 min')
    expect(spanText(7200)).toBe('2 h')
    expect(spanText(3 * 86_400)).toBe('3 days')
  })

  it('writes playing times like a player', () => {
    expect(playingTime(14)).toBe('0:14')
    expect(playingTime(3723)).toBe('1:02:03')
  })

  it('knows one from many', () => {
    expect(counted(1, 'asset', 'assets')).toBe('1 asset')
    expect(counted(1200, 'asset', 'assets')).toBe('1,200 assets')
  })

  it('tells moments by how far away they are', () => {
    const now = new Date(2026, 10, 20, 15, 0)
    const at = (...parts: [number, number, number, number, number]) => new Date(...parts).toISOString()
    expect(momentText(at(2026, 10, 20, 14, 55), now)).toBe('5 min ago')
    expect(momentText(at(2026, 10, 20, 9, 5), now)).toBe('today 09:05')
    expect(momentText(at(2026, 10, 19, 23, 59), now)).toBe('yesterday 23:59')
    expect(momentText(at(2026, 10, 3, 14, 2), now)).toBe('3 Nov 14:02')
    expect(momentText(at(2024, 10, 3, 14, 2), now)).toBe('3 Nov 2024')
  })
})
