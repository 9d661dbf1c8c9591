import { expect, it } from 'vitest'
import type { AssetId, RowId } from '../../../../shared/domain/ids.ts'
import { gatherLeastUsed } from './leastUsed.ts'

const original = (rowId: number, usedAt: number, isSynced = true) => ({
  rowId: rowId as RowId,
  id: `asset-${rowId}` as AssetId,
  bytes: 10,
  usedAt,
  isSynced,
})

it('puts what was read longest ago first, and leaves out what is pinned, not confirmed, or was just read', () => {
  const gather = gatherLeastUsed((row) => row === 3, 100)
  gather.add([original(1, 50), original(2, 20), original(3, 1)])
  gather.add([original(4, 2, false), original(5, 100), original(6, 20)])
  const { bytes, candidates } = gather.end()
  expect(candidates.map(({ id }) => id)).toEqual(['asset-2', 'asset-6', 'asset-1'])
  // What can't go takes room all the same.
  expect(bytes).toBe(60)
})
