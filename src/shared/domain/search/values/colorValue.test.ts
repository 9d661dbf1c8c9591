import { expect, it } from 'vitest'
import { colorCell, colorNames, readColor, toOklab } from './colorValue.ts'

const isNear = (color: string, other: string) => readColor(color)?.cells.includes(colorCell(other) ?? -1)

it('measures as the definition of OKLab does', () => {
  const [l, a, b] = toOklab(255, 0, 0)
  expect([l.toFixed(2), a.toFixed(3), b.toFixed(3)]).toEqual(['0.57', '0.225', '0.126'])
  expect(toOklab(255, 255, 255)[0]).toBeCloseTo(1, 5)
})

it('takes what looks alike for near, and nothing else', () => {
  expect(isNear('#ff0000', '#f01810')).toBe(true)
  expect(isNear('#f00', '#ff8000')).toBe(false)
  expect(isNear('3366cc', '#2f60c0')).toBe(true)
  expect(isNear('#000000', '#0a0a0a')).toBe(true)
  expect(isNear('#808080', '#80a080')).toBe(false)
})

it('knows colours by their names, which cover more', () => {
  expect(isNear('Red', '#b01818')).toBe(true)
  expect(isNear('gray', '#8a8a8a')).toBe(true)
  expect(isNear('blue', '#d02020')).toBe(false)
  for (const name of colorNames) expect(readColor(name)?.cells.length).toBeGreaterThan(0)
})

it('always has at least the colour itself', () => {
  for (const color of ['#000000', '#ffffff', '#0000ff', '#00ff00']) expect(isNear(color, color)).toBe(true)
})

it.each(['', '#12', '#12345g', 'reddish', '#1234567', 'toString'])('%j is none', (text) => {
  expect(readColor(text)).toBeNull()
})
