import { describe, expect, it } from 'vitest'
import { readAspect, readDuration, readNumber, readSize } from './numberValue.ts'

const range = (min: number | null, max: number | null, open = {}) => ({
  kind: 'range',
  min,
  minOpen: false,
  max,
  maxOpen: false,
  ...open,
})

describe('a number', () => {
  it('is exact, compared or a range', () => {
    expect(readNumber(':', '4')).toEqual(range(4, 4))
    expect(readNumber('>', '4')).toEqual(range(4, null, { minOpen: true }))
    expect(readNumber('<=', '4px')).toEqual(range(null, 4))
    expect(readNumber(':', '3..5')).toEqual(range(3, 5))
    expect(readNumber('=', '..5')).toEqual(range(null, 5))
  })

  it.each(['', '..', 'four', '4mb', '1e3', '-4', '4..x', '9'.repeat(30)])('%j is none', (text) => {
    expect(readNumber(':', text)).toBeNull()
  })

  it('can’t be compared with a range', () => {
    expect(readNumber('>', '3..5')).toBeNull()
  })
})

describe('a size', () => {
  it('is as exact as it is written', () => {
    expect(readSize(':', '1234')).toEqual(range(1234, 1234))
    expect(readSize(':', '2mb')).toEqual(range(1_500_000, 2_500_000, { maxOpen: true }))
    expect(readSize(':', '2.0 MB')).toEqual(range(1_950_000, 2_050_000, { maxOpen: true }))
    expect(readSize('>', '2MiB')).toEqual(range(2_097_152, null, { minOpen: true }))
  })

  it('has its unit once in a range', () => {
    expect(readSize(':', '1..5mb')).toEqual(range(1e6, 5e6))
    expect(readSize(':', '100kb..2mb')).toEqual(range(1e5, 2e6))
    expect(readSize(':', '500..')).toEqual(range(500, null))
  })
})

describe('a duration', () => {
  it.each([
    ['90', 89.5, 90.5],
    ['1:30', 89.5, 90.5],
    ['1:00:00', 3599.5, 3600.5],
    ['1.5min', 87, 93],
    ['1h', 1800, 5400],
  ])('%s', (text, min, max) => {
    expect(readDuration(':', text)).toEqual(range(min, max, { maxOpen: true }))
  })

  it('is no clock with 60 seconds', () => {
    expect(readDuration(':', '1:60')).toBeNull()
  })
})

describe('an aspect', () => {
  it('is near a ratio, or over and under it', () => {
    expect(readAspect(':', '2')).toEqual(range(2 * 0.97, 2 / 0.97))
    expect(readAspect(':', '16:9')?.min).toBeCloseTo(1.724, 3)
    expect(readAspect('>', '3/2')).toEqual(range(1.5, null, { minOpen: true }))
    expect(readAspect(':', '4:3..16:9')).toEqual(range(4 / 3, 16 / 9))
  })

  it('is upright, lying or neither, and never two of them', () => {
    const [portrait, square, landscape] = ['portrait', 'Square', 'landscape'].map((text) => readAspect(':', text))
    expect(portrait?.max).toBe(square?.min)
    expect(landscape?.min).toBe(square?.max)
    expect(portrait?.maxOpen).toBe(true)
    expect(landscape?.minOpen).toBe(true)
  })

  it.each(['0', '16:0', 'wide', '1:2:3', '>1'])('%s is none', (text) => {
    expect(readAspect(':', text)).toBeNull()
  })
})
