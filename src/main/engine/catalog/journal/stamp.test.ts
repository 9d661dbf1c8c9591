import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DeviceId } from '../../../../shared/domain/ids.ts'
import { nextStamp, parseStamp, type Stamp } from './stamp.ts'

const device = '5a2958d8-e891-4464-a420-bc3370ed3f9e' as DeviceId
const wall = fc.integer({ min: 0, max: 9_999_999_999_999 })

describe('a stamp', () => {
  it('is later than the one before it, however the clock jumps', () => {
    fc.assert(
      fc.property(fc.array(wall, { minLength: 2, maxLength: 20 }), (times) => {
        let previous: Stamp | null = null
        for (const time of times) {
          const stamp = nextStamp(time, previous, device)
          if (previous !== null) expect(stamp > previous).toBe(true)
          previous = stamp
        }
      }),
    )
  })

  it('sorts as text as it does by its parts', () => {
    fc.assert(
      fc.property(wall, wall, (a, b) => {
        const [first, second] = [nextStamp(a, null, device), nextStamp(b, null, device)]
        expect(Math.sign(a - b)).toBe(first < second ? -1 : first > second ? 1 : 0)
      }),
    )
  })

  it('takes the time of the clock once that is past the cell again', () => {
    const wild = nextStamp(9_000_000_000_000, null, device)
    expect(parseStamp(nextStamp(1000, wild, device))).toEqual({ wall: 9_000_000_000_000, counter: 1, device })
    expect(parseStamp(nextStamp(9_000_000_000_001, wild, device))).toEqual({
      wall: 9_000_000_000_001,
      counter: 0,
      device,
    })
  })
})
