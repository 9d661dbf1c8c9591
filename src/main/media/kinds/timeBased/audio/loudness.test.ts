import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loudnessOf, WAVEFORM_VALUES, waveformOf } from './loudness.ts'

describe('loudness', () => {
  it('is the root mean square of each part, over all channels', () => {
    const left = Float32Array.of(0.5, -0.5, 1, -1)
    const right = Float32Array.of(0.5, 0.5, 0, 0)
    expect(loudnessOf([left], 2)).toEqual([0.5, 1])
    expect(loudnessOf([left, right], 2)).toEqual([0.5, Math.sqrt(0.5)])
  })

  it('of nothing is silence', () => {
    expect(loudnessOf([], 3)).toEqual([0, 0, 0])
    expect(loudnessOf([new Float32Array(), new Float32Array(5)], 2)).toEqual([0, 0])
  })

  it('does not mind what is no sample', () => {
    const values = fc.array(fc.float({ noDefaultInfinity: false }), { maxLength: 40 })
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 20 }), (samples, parts) => {
        const found = loudnessOf([Float32Array.from(samples)], parts)
        expect(found).toHaveLength(parts)
        for (const value of found) expect(value).toBeGreaterThanOrEqual(0)
        for (const value of found) expect(value).toBeLessThanOrEqual(8)
      }),
    )
  })
})

describe('a waveform', () => {
  it('has its loudest value at 100, whatever the loudness', () => {
    const waveform = waveformOf([0.1, 0.05, 0])
    expect(waveform).toHaveLength(WAVEFORM_VALUES)
    expect([waveform?.[0], waveform?.[100], waveform?.at(-1)]).toEqual([100, 50, 0])
  })

  it('of silence is flat: noise is not drawn as music', () => {
    expect(new Set(waveformOf([0.0005, 0.0001]))).toEqual(new Set([0]))
    expect(waveformOf([])).toBeNull()
  })
})
