import { describe, expect, it } from 'vitest'
import { mediaFacts } from './mediaFacts.ts'

const nothing = { pages: null, frameRate: null, waveform: null, artist: null, album: null, likeness: false }

describe('what was read from a file', () => {
  it('is given as far as it is known', () => {
    expect(mediaFacts({ dominant_colors: [], metadata: { pages: 12 } })).toEqual({ ...nothing, pages: 12 })
    expect(
      mediaFacts({
        dominant_colors: [],
        metadata: { frameRate: 23.976, waveform: [0, 50, 100], tags: { artist: 'Her' } },
      }),
    ).toEqual({
      ...nothing,
      frameRate: 23.976,
      waveform: [0, 50, 100],
      artist: 'Her',
    })
  })

  it('tells a cover from a drawing of the sound', () => {
    expect(mediaFacts({ dominant_colors: ['#336699'], metadata: {} }).likeness).toBe(true)
  })

  it('is nothing where it makes no sense', () => {
    expect(
      mediaFacts({ dominant_colors: [], metadata: { pages: -1, frameRate: 'many', waveform: {}, tags: 7 } }),
    ).toEqual(nothing)
    expect(mediaFacts(null)).toEqual(nothing)
  })
})
