import { expect, test } from 'vitest'
import { treeKey } from './treeKeys.ts'
import { type TreeItem, treeRows } from './treeRows.ts'

const item = (id: string, parent: string | null = null): TreeItem => ({ id, parent_id: parent, name: id })
const rows = treeRows([item('a'), item('b', 'a'), item('c', 'a'), item('d'), item('e', 'd')], (id) => id === 'a')
const press = (key: string, altKey = false) => ({ key, altKey, ctrlKey: false, metaKey: false })

test('arrows go through what is in sight and stop at its ends', () => {
  expect(treeKey(rows, 0, press('ArrowDown'))).toEqual({ kind: 'go', index: 1 })
  expect(treeKey(rows, 3, press('ArrowDown'))).toEqual({ kind: 'go', index: 3 })
  expect(treeKey(rows, 0, press('ArrowUp'))).toEqual({ kind: 'go', index: 0 })
  expect(treeKey(rows, 1, press('End'))).toEqual({ kind: 'go', index: 3 })
})

test('right opens and then goes in, left goes out and then closes', () => {
  expect(treeKey(rows, 3, press('ArrowRight'))).toEqual({ kind: 'fold', open: true })
  expect(treeKey(rows, 0, press('ArrowRight'))).toEqual({ kind: 'go', index: 1 })
  expect(treeKey(rows, 2, press('ArrowLeft'))).toEqual({ kind: 'go', index: 0 })
  expect(treeKey(rows, 0, press('ArrowLeft'))).toEqual({ kind: 'fold', open: false })
  expect(treeKey(rows, 1, press('ArrowRight'))).toBeNull()
})

test('Alt moves, and letters are left to the window', () => {
  expect(treeKey(rows, 1, press('ArrowDown', true))).toEqual({ kind: 'nudge', step: 'down' })
  expect(treeKey(rows, 1, press('f'))).toBeNull()
  expect(treeKey([], -1, press('ArrowDown'))).toBeNull()
})
