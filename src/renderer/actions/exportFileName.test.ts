import { describe, expect, it } from 'vitest'
import { exportFileName } from './exportFileName.ts'

const day = new Date(2026, 10, 5)

describe('the name of an export', () => {
  it('says what and when', () => {
    expect(exportFileName('Harbours', day, 'csv')).toBe('Vitrine Harbours 2026-11-05.csv')
    expect(exportFileName(null, day, 'json')).toBe('Vitrine 2026-11-05.json')
  })

  it('has nothing in it that a system refuses', () => {
    expect(exportFileName('Client: A/B \\ "final"?\n*', day, 'csv')).toBe('Vitrine Client A B final 2026-11-05.csv')
    expect(exportFileName('///', day, 'csv')).toBe('Vitrine 2026-11-05.csv')
  })

  it('is short, and cuts no character in two', () => {
    const name = exportFileName('🗂️'.repeat(200), day, 'csv')
    expect(name.length).toBeLessThan(200)
    expect(name.isWellFormed()).toBe(true)
  })
})
