import fc from 'fast-check'
import { expect, it } from 'vitest'
import { placeBefore } from './placeBefore.ts'

const list = ['a', 'b', 'c', 'd']

it.each([
  ['one on', 0, 1, 'c'],
  ['one back', 2, 1, 'b'],
  ['to the end', 0, 3, null],
  ['to the front', 3, 0, 'a'],
  ['beyond the end', 1, 99, null],
  ['before the front', 1, -5, 'a'],
])('%s', (_, from, to, before) => {
  expect(placeBefore(list, from, to)).toBe(before)
})

it('is nowhere for one that stays, and for one that is not there', () => {
  expect(placeBefore(list, 2, 2)).toBeUndefined()
  expect(placeBefore(list, 3, 99)).toBeUndefined()
  expect(placeBefore(list, 7, 1)).toBeUndefined()
})

it('puts it at the place that was asked for', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.nat(8), fc.nat(8), (length, from, to) => {
      fc.pre(from < length && to < length && from !== to)
      const all = Array.from({ length }, (_, at) => at)
      const before = placeBefore(all, from, to)
      const others = all.filter((one) => one !== from)
      const at = before === null ? others.length : others.indexOf(before ?? -1)
      expect(others.toSpliced(at, 0, from).indexOf(from)).toBe(to)
    }),
  )
})
