import { expect, it } from 'vitest'
import { joinPages } from './joinPages.ts'

const entry = (id: number, from: string) => ({ id, from })

it('puts pages together, the newest first', () => {
  expect(joinPages([entry(9, 'a'), entry(7, 'a')], [entry(5, 'b'), entry(2, 'b')]).map(({ id }) => id)).toEqual([
    9, 7, 5, 2,
  ])
})

it('has each entry once, as the first answer tells it', () => {
  expect(joinPages([entry(9, 'new'), entry(7, 'new')], [entry(7, 'old'), entry(3, 'old')])).toEqual([
    entry(9, 'new'),
    entry(7, 'new'),
    entry(3, 'old'),
  ])
})

it('keeps the order when something newer came with the second', () => {
  expect(joinPages([entry(7, 'a')], [entry(8, 'b')]).map(({ id }) => id)).toEqual([8, 7])
})
