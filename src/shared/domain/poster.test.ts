import { describe, expect, it } from 'vitest'
import { isBlank, posterMoments } from './poster.ts'

describe('where a film is looked into', () => {
  it('is a tenth of the way in, but no later than ten seconds, and then further in', () => {
    expect(posterMoments(20)).toEqual([2, 7, 12, 0])
    expect(posterMoments(7200)[0]).toBe(10)
  })

  it('is the beginning, of a film whose length is not known', () => {
    expect(posterMoments(null)).toEqual([1, 0])
  })
})

describe('a blank picture', () => {
  it('is black, plain, or black with a little noise', () => {
    expect(isBlank(new Uint8Array(100))).toBe(true)
    expect(isBlank(new Uint8Array(100).fill(200))).toBe(true)
    expect(isBlank(Uint8Array.from({ length: 100 }, (_, index) => (index % 10) * 3))).toBe(false)
    expect(isBlank(Uint8Array.from({ length: 100 }, (_, index) => (index % 4) * 2))).toBe(true)
    expect(isBlank(new Uint8Array())).toBe(true)
  })

  it('is none in which something is to be seen, however small or dark', () => {
    expect(isBlank(Uint8Array.from({ length: 100 }, (_, index) => (index < 3 ? 255 : 0)))).toBe(false)
    expect(isBlank(Uint8Array.from({ length: 100 }, (_, index) => index * 2))).toBe(false)
  })
})
