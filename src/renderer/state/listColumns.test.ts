import { expect, it } from 'vitest'
import { COLUMN_WIDTH, type ListColumn, withMoved, withToggled, withWidth } from './listColumns.ts'

const columns: readonly ListColumn[] = [
  { fact: 'rating', width: 70 },
  { fact: 'type', width: 90 },
  { fact: 'size', width: 80 },
]
const facts = (some: readonly ListColumn[]) => some.map(({ fact }) => fact)

it('shows a column at the end and hides one that is shown', () => {
  expect(facts(withToggled(columns, 'model'))).toEqual(['rating', 'type', 'size', 'model'])
  expect(facts(withToggled(columns, 'type'))).toEqual(['rating', 'size'])
})

it('keeps widths within their limits', () => {
  expect(withWidth(columns, 'type', 120.4)[1]).toEqual({ fact: 'type', width: 120 })
  expect(withWidth(columns, 'type', -5)[1]?.width).toBe(COLUMN_WIDTH.min)
  expect(withWidth(columns, 'type', 1e9)[1]?.width).toBe(COLUMN_WIDTH.max)
})

it('moves a column before another or to the end', () => {
  expect(facts(withMoved(columns, 'size', 'rating'))).toEqual(['size', 'rating', 'type'])
  expect(facts(withMoved(columns, 'rating', null))).toEqual(['type', 'size', 'rating'])
  expect(withMoved(columns, 'model', 'rating')).toBe(columns)
  expect(withMoved(columns, 'size', 'size')).toBe(columns)
})
