import { describe, expect, it } from 'vitest'
import { filmstripWindow } from './filmstripWindow.ts'

describe('the window of the filmstrip', () => {
  it('surrounds the current asset and stays inside the vector', () => {
    expect(filmstripWindow(500, 1000, 600)).toEqual({ start: 491, end: 510 })
    expect(filmstripWindow(0, 1000, 600)).toEqual({ start: 0, end: 10 })
    expect(filmstripWindow(999, 1000, 600)).toEqual({ start: 990, end: 1000 })
  })

  it('is as long for a million assets as for a thousand', () => {
    const { start, end } = filmstripWindow(500_000, 1_000_000, 600)
    expect(end - start).toBe(19)
  })

  it('is empty for an empty vector', () => {
    expect(filmstripWindow(0, 0, 600)).toEqual({ start: 0, end: 0 })
  })
})
