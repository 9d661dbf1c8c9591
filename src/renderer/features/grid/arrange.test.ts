import { expect, test } from 'vitest'
import { arrangeBefore, gapMark } from './arrange.ts'
import { uniformLayout } from './gridLayout.ts'

const rowIds = Int32Array.of(10, 20, 30, 40)

test('what is carried goes before the next one that stays', () => {
  expect(arrangeBefore(rowIds, 1, new Set([40]))).toBe(20)
  expect(arrangeBefore(rowIds, 1, new Set([20, 30]))).toBe(40)
})

test('behind the last it goes to the end', () => {
  expect(arrangeBefore(rowIds, 4, new Set([10]))).toBeNull()
  expect(arrangeBefore(rowIds, 3, new Set([40]))).toBeNull()
})

test('the mark stands between two cells, and between two lines of a list', () => {
  const squares = uniformLayout(4, 2, { width: 100, height: 100 }, 10)
  expect(gapMark(squares, { before: 1, beside: 1, after: false }, false, 10)).toEqual({
    x: 104,
    y: 0,
    width: 2,
    height: 100,
  })
  expect(gapMark(squares, { before: 2, beside: 1, after: true }, false, 10)).toEqual({
    x: 214,
    y: 0,
    width: 2,
    height: 100,
  })
  const list = uniformLayout(4, 1, { width: 300, height: 44 }, 0)
  expect(gapMark(list, { before: 2, beside: 1, after: true }, true, 0)).toEqual({ x: 0, y: 87, width: 300, height: 2 })
})
