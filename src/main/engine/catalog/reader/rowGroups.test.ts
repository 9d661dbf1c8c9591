import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Grouping } from '../../../../shared/domain/arrangement.ts'
import type { SortField } from '../../../../shared/domain/query.ts'
import { groupRows } from './rowGroups.ts'

const at = (...parts: [number, number, number, number?]) =>
  new Date(parts[0], parts[1] - 1, parts[2], parts[3] ?? 12).getTime()
/** Rows 0, 1, 2 … with these keys. */
const rowsWith = <T extends number | string>(keys: readonly T[]) => ({
  rowIds: Int32Array.from(keys, (_, row) => row),
  keyOf: (row: number) => keys[row] ?? 0,
})
const grouped = (keys: readonly (number | string)[], field: SortField, by: Grouping) => {
  const { rowIds, keyOf } = rowsWith(keys)
  const groups = groupRows(rowIds, field, by, keyOf)
  return groups === null ? null : Object.fromEntries(groups.keys.map((key, index) => [key, groups.starts[index]]))
}

describe('times', () => {
  const times = [at(2026, 11, 3, 23), at(2026, 11, 3, 1), at(2026, 11, 1), at(2026, 10, 30), at(2025, 2, 1)]

  it('are divided by local days, months and years', () => {
    expect(grouped(times, 'imported_at', 'day')).toEqual({
      '2026-11-03': 0,
      '2026-11-01': 2,
      '2026-10-30': 3,
      '2025-02-01': 4,
    })
    expect(grouped(times, 'captured_at', 'month')).toEqual({ '2026-11': 0, '2026-10': 3, '2025-02': 4 })
    expect(grouped(times, 'updated_at', 'year')).toEqual({ 2026: 0, 2025: 4 })
  })

  it('are divided by sittings wherever nothing came for two hours', () => {
    const hour = 3_600_000
    const from = Date.UTC(2026, 10, 3, 8)
    const keys = [from + 9 * hour, from + 8 * hour, from + 2 * hour, from]
    const { rowIds, keyOf } = rowsWith(keys)
    expect(groupRows(rowIds, 'imported_at', 'session', keyOf)).toEqual({
      starts: Int32Array.of(0, 2),
      keys: ['2026-11-03T16:00:00.000Z/2026-11-03T17:00:00.000Z', '2026-11-03T08:00:00.000Z/2026-11-03T10:00:00.000Z'],
    })
  })
})

describe('values', () => {
  it('are stars, kinds and classes of sizes', () => {
    expect(grouped([5, 5, 3, 0], 'rating', 'value')).toEqual({ 5: 0, 3: 2, 0: 3 })
    expect(grouped(['image', 'image', 'video'], 'asset_type', 'value')).toEqual({ image: 0, video: 2 })
    expect(grouped([0, 99_999, 100_000, 12_000_000], 'file_size_bytes', 'value')).toEqual({
      0: 0,
      1: 1,
      100000: 2,
      10000000: 3,
    })
  })

  it('are models, written as the first of them is', () => {
    expect(grouped(['', 'Flux', 'flux', 'FLUX', 'juniper'], 'model_used', 'value')).toEqual({
      '': 0,
      Flux: 1,
      juniper: 4,
    })
  })

  it('are the first letters of names in the order of the catalogue', () => {
    const names = ['2 cats.png', '_raw.png', 'Anna', 'ant', 'bee', 'été', 'Ünder', '漢字', '🎉']
    expect(grouped(names, 'file_name', 'value')).toEqual({ '#': 0, A: 2, B: 4, É: 5, Ü: 6, '…': 7 })
  })
})

it('has no groups where there are no rows, where the order is another one, and where each row would be one', () => {
  expect(grouped([], 'imported_at', 'day')).toBeNull()
  expect(grouped([1, 2], 'rating', 'day')).toBeNull()
  expect(grouped([1, 2], 'imported_at', 'value')).toBeNull()
  expect(grouped([1, 2], 'imported_at', 'none')).toBeNull()
  const days = Array.from({ length: 20_001 }, (_, day) => day * 86_400_000)
  expect(grouped(days, 'imported_at', 'day')).toBeNull()
})

it('finds every place where the key changes, reading few of them', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(6), { minLength: 1, maxLength: 60 }), fc.boolean(), (stars, descending) => {
      const keys = stars.toSorted((a, b) => (descending ? b - a : a - b))
      const starts = keys.flatMap((key, place) => (place === 0 || key !== keys[place - 1] ? [place] : []))
      const { rowIds, keyOf } = rowsWith(keys)
      expect(groupRows(rowIds, 'rating', 'value', keyOf)).toEqual({
        starts: Int32Array.from(starts),
        keys: starts.map((start) => String(keys[start])),
      })
    }),
  )
  let reads = 0
  const rowIds = Int32Array.from({ length: 100_000 }, (_, row) => row)
  groupRows(rowIds, 'rating', 'value', (row) => {
    reads++
    return Math.floor(row / 20_000)
  })
  expect(reads).toBeLessThan(200)
})
