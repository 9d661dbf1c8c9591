import { expect, it } from 'vitest'
import { transferRate } from './transferRate.ts'

it('is what went through in the last five seconds', () => {
  const rate = transferRate()
  for (let now = 0; now < 20_000; now += 10) rate.add(100, now)
  expect(rate.perSecond(20_000)).toBeGreaterThan(9_000)
  expect(rate.perSecond(20_000)).toBeLessThan(11_000)
  expect(rate.perSecond(26_000)).toBe(0)
})

it('is known soon after a start, without taking the first moment for a second', () => {
  const rate = transferRate()
  rate.add(500_000, 1_000_000)
  expect(rate.perSecond(1_000_010)).toBe(500_000)
  rate.add(500_000, 1_001_900)
  expect(rate.perSecond(1_002_000)).toBe(500_000)
})

it('counts bytes back that did not arrive, and is never negative', () => {
  const rate = transferRate()
  rate.add(1000, 0)
  rate.add(-1000, 10)
  expect(rate.perSecond(20)).toBe(0)
  rate.add(-5000, 30)
  expect(rate.perSecond(40)).toBe(0)
})

it('survives a clock that is set back', () => {
  const rate = transferRate()
  rate.add(1000, 1_000_000)
  rate.add(1000, 5_000)
  expect(rate.perSecond(5_500)).toBe(1000)
})
