import { describe, expect, test } from 'vitest'
import { filterTree, pathOf, type TreeItem, treeRows } from './treeRows.ts'

const item = (id: string, parent: string | null = null): TreeItem => ({ id, parent_id: parent, name: id.toUpperCase() })
const items = [item('a'), item('b', 'a'), item('c', 'b'), item('d', 'a'), item('e')]
const all = () => true
const shape = (open: (id: string) => boolean) =>
  treeRows(items, open).map(({ item: { id }, depth, position, siblings }) => `${id}${depth} ${position}/${siblings}`)

describe('treeRows', () => {
  test('gives every line its depth and its place among its siblings', () => {
    expect(shape(all)).toEqual(['a0 1/2', 'b1 1/2', 'c2 1/1', 'd1 2/2', 'e0 2/2'])
  })

  test('folds closed branches away with all below them', () => {
    expect(shape(() => false)).toEqual(['a0 1/2', 'e0 2/2'])
    expect(shape((id) => id === 'a')).toEqual(['a0 1/2', 'b1 1/2', 'd1 2/2', 'e0 2/2'])
    expect(shape((id) => id === 'b')).toEqual(['a0 1/2', 'e0 2/2'])
  })

  test('only what has something below it can be open', () => {
    expect(treeRows(items, all).map(({ hasChildren, open }) => hasChildren && open)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
  })

  test('what has an unknown parent stands at the top', () => {
    expect(treeRows([item('x', 'gone'), item('y', 'x')], all).map(({ depth }) => depth)).toEqual([0, 1])
  })
})

describe('filterTree', () => {
  test('keeps what matches and what is above it', () => {
    expect(filterTree(items, ({ id }) => id === 'c').map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    expect(filterTree(items, () => false)).toEqual([])
  })
})

test('pathOf names everything from the root on', () => {
  expect(pathOf(items, 'c')).toBe('A / B / C')
  expect(pathOf(items, 'e')).toBe('E')
})
