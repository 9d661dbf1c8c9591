import { expect, it } from 'vitest'
import { readWidths } from './readWidths.ts'

it.each([
  ['480, 768,1024', 10, [480, 768, 1024]],
  ['2048', 1, [2048]],
  ['65535', 1, [65_535]],
  ['65536', 1, null],
  ['0', 1, null],
  ['-5', 1, null],
  ['1e3', 1, null],
  ['12.5', 1, null],
  ['', 10, null],
  ['1,2', 1, null],
] as const)('%j is read as %j', (text, most, widths) => {
  expect(readWidths(text, most)).toEqual(widths)
})
