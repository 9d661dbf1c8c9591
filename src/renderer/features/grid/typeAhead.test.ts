import { expect, it } from 'vitest'
import { fromHere, typedAfter } from './typeAhead.ts'

const key = (name: string, more: object = {}) => ({
  key: name,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
})

it('begins with a capital letter and goes on with anything', () => {
  expect(typedAfter(null, key('H', { shiftKey: true }))).toBe('H')
  expect(typedAfter(null, key('h'))).toBeNull()
  expect(typedAfter(null, key('3'))).toBeNull()
  expect(typedAfter(null, key("'"))).toBe('')
  expect(typedAfter('', key('3'))).toBe('3')
  expect(typedAfter('H', key('a'))).toBe('Ha')
  expect(typedAfter('Ha', key(' '))).toBe('Ha ')
  expect(typedAfter('Ha', key('Backspace'))).toBe('H')
})

it('leaves shortcuts and named keys alone', () => {
  expect(typedAfter('H', key('a', { ctrlKey: true }))).toBeNull()
  expect(typedAfter('H', key('ArrowDown'))).toBeNull()
  expect(typedAfter(null, key('Enter', { shiftKey: true }))).toBeNull()
})

it('looks from a cell to the end, then from the beginning', () => {
  expect([...fromHere(Int32Array.of(5, 4, 3, 2), 2)]).toEqual([3, 2, 5, 4])
  expect([...fromHere(Int32Array.of(5), 0)]).toEqual([5])
})
