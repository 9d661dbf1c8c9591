import { expect, it } from 'vitest'
import { fittingColumns, templateOf } from './listColumns.ts'

const columns = [
  { fact: 'rating', width: 76 },
  { fact: 'type', width: 92 },
  { fact: 'size', width: 72 },
] as const

it('leaves the name its room and drops columns from the right', () => {
  expect(fittingColumns(columns, 1200)).toBe(columns)
  expect(fittingColumns(columns, 490).map(({ fact }) => fact)).toEqual(['rating', 'type'])
  expect(fittingColumns(columns, 300)).toEqual([])
})

it('is a grid of picture, name, marks and columns', () => {
  expect(templateOf(columns)).toBe('34px minmax(80px, 1fr) 40px 76px 92px 72px')
})
