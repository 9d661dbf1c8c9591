import { describe, expect, it } from 'vitest'
import { firstAsked, firstIn, fromHere, MOST_SENT, typedAfter } from './typeAhead.ts'

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

describe('a name in a long view', () => {
  const rows = Int32Array.from({ length: MOST_SENT * 2 + 5 }, (_, at) => at + 1)

  it('is looked for part by part, and no further than it is found', async () => {
    const asked: number[] = []
    const ask = async (part: Int32Array) => {
      asked.push(part.length)
      return firstIn(part, new Set([MOST_SENT + 7, MOST_SENT * 2 + 1]))
    }
    expect(await firstAsked(rows, ask)).toBe(MOST_SENT + 7)
    expect(asked).toEqual([MOST_SENT, MOST_SENT])
  })

  it('is found in the last part, or nowhere', async () => {
    expect(await firstAsked(rows, async (part) => firstIn(part, new Set([rows.length])))).toBe(rows.length)
    expect(await firstAsked(rows, async () => null)).toBeNull()
    expect(await firstAsked(new Int32Array(), async () => 1)).toBeNull()
  })
})
