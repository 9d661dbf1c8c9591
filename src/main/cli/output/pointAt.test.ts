import { expect, it } from 'vitest'
import { pointAt } from './pointAt.ts'

it('points at a place of a text', () => {
  expect(pointAt('tag:x foo:bar', { from: 6, to: 9 })).toEqual(['  tag:x foo:bar', '        ^^^'])
  expect(pointAt('a', { from: 1, to: 1 })).toEqual(['  a', '   ^'])
})

it('counts what takes two columns, and keeps to one line', () => {
  expect(pointAt('港\tfoo:', { from: 2, to: 5 })).toEqual(['  港 foo:', '     ^^^'])
})

it('shows only what is around the place in a long text', () => {
  const [line, carets] = pointAt(`${'a '.repeat(500)}foo:bar${' b'.repeat(500)}`, { from: 1000, to: 1003 })
  expect(line?.length).toBeLessThan(140)
  expect(line?.slice(carets?.indexOf('^'), (carets?.lastIndexOf('^') ?? 0) + 1)).toBe('foo')
})
