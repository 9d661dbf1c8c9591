import { describe, expect, test } from 'vitest'
import { dropPlace, nudge, type TreeRules } from './dropPlace.ts'
import { type TreeItem, treeRows } from './treeRows.ts'

const item = (id: string, parent: string | null = null): TreeItem => ({ id, parent_id: parent, name: id })
// first · a ┬ b ─ c · e
//           └ d
const items = [item('first'), item('a'), item('b', 'a'), item('c', 'b'), item('d', 'a'), item('e')]
const rules: TreeRules<TreeItem> = { holds: ({ id }) => id !== 'first', fixed: ({ id }) => id === 'first' }
const rows = treeRows(items, () => true)
const at = (id: string) => rows.findIndex((row) => row.item.id === id)
const drop = (dragged: string, on: string, part: number, depth = 0) =>
  dropPlace(rows, { row: at(on), part, depth }, dragged, rules)

describe('the middle of a line', () => {
  test('puts it inside, at the end', () => {
    expect(drop('e', 'a', 0.5)).toEqual({ kind: 'inside', parentId: 'a', before: null })
  })

  test('takes neither itself nor what is above it', () => {
    expect(drop('a', 'a', 0.5)).toBeNull()
    expect(drop('a', 'c', 0.5)).toBeNull()
  })

  test('is closed where nothing can be inside', () => {
    expect(drop('e', 'first', 0.5)).toBeNull()
  })
})

describe('the edge of a line', () => {
  test('puts it before a line, among its siblings', () => {
    expect(drop('e', 'a', 0.1)).toEqual({ kind: 'between', parentId: null, before: 'a', edge: 1, depth: 0 })
    expect(drop('e', 'd', 0.1, 1)).toEqual({ kind: 'between', parentId: 'a', before: 'd', edge: 4, depth: 1 })
  })

  test('below an open one it comes first in it', () => {
    expect(drop('e', 'a', 0.9)).toEqual({ kind: 'between', parentId: 'a', before: 'b', edge: 2, depth: 1 })
  })

  test('at the end of branches the pointer says how deep', () => {
    expect(drop('e', 'c', 0.9, 2)).toMatchObject({ parentId: 'b', before: null, depth: 2 })
    expect(drop('e', 'c', 0.9, 1)).toMatchObject({ parentId: 'a', before: 'd', depth: 1 })
    expect(drop('e', 'c', 0.9, 0)).toMatchObject({ parentId: 'a', before: 'd', depth: 1 })
  })

  test('leads nowhere where it is already, or inside itself', () => {
    expect(drop('e', 'e', 0.9)).toBeNull()
    expect(drop('a', 'first', 0.9)).toBeNull()
    expect(drop('a', 'e', 0.1)).toBeNull()
    expect(drop('b', 'c', 0.9, 2)).toBeNull()
  })

  test('nothing comes before what stays first', () => {
    expect(drop('e', 'first', 0.1)).toBeNull()
    expect(drop('e', 'first', 0.9)).toMatchObject({ parentId: null, before: 'a' })
  })
})

describe('nudge', () => {
  test('moves past siblings', () => {
    expect(nudge(items, 'd', 'up', rules)).toEqual({ parentId: 'a', before: 'b' })
    expect(nudge(items, 'b', 'down', rules)).toEqual({ parentId: 'a', before: null })
    expect(nudge(items, 'e', 'up', rules)).toEqual({ parentId: null, before: 'a' })
  })

  test('moves in and out', () => {
    expect(nudge(items, 'd', 'in', rules)).toEqual({ parentId: 'b', before: null })
    expect(nudge(items, 'd', 'out', rules)).toEqual({ parentId: null, before: 'e' })
  })

  test('stops at the ends', () => {
    expect(nudge(items, 'a', 'up', rules)).toBeNull()
    expect(nudge(items, 'e', 'down', rules)).toBeNull()
    expect(nudge(items, 'a', 'in', rules)).toBeNull()
    expect(nudge(items, 'a', 'out', rules)).toBeNull()
    expect(nudge(items, 'first', 'down', rules)).toBeNull()
  })
})
