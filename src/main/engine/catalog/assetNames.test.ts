import { afterEach, expect, it } from 'vitest'
import { assetNames } from './assetNames.ts'
import type { Db } from './database.ts'
import { addAssets, openSearched, plainAsset } from './query/fixtures/searchedLibrary.ts'

let db: Db | undefined
afterEach(() => db?.close())

/** Assets of these file names and titles, with rows from 1. */
function libraryOf(...assets: readonly (readonly [name: string, title?: string])[]): Db {
  db = openSearched([], [])
  addAssets(
    db,
    assets.map(([file_name, custom_title], index) => ({
      ...plainAsset,
      file_name,
      custom_title: custom_title ?? null,
      sha256: String(index).padStart(64, '0'),
    })),
  )
  return db
}

it('finds assets by how their titles begin, in any capitals, or their file names where there is none', () => {
  const names = assetNames(
    libraryOf(['harbour.png'], ['b.png', 'Harbour at dusk'], ['Harvest.png'], ['harbour 2.png', 'Zoo']),
  )
  expect(names.beginningWith('HARB', 10)).toEqual([2, 1])
  expect(names.beginningWith('har', 10)).toEqual([2, 1, 3])
  expect(names.beginningWith('har', 1)).toEqual([2])
  expect(names.beginningWith('arb', 10)).toEqual([])
  expect(names.firstAmong(Int32Array.of(4, 3, 1, 2), 'harb')).toBe(1)
  expect(names.firstAmong(Int32Array.of(4, 3), 'harb')).toBeNull()
})

it('takes signs of patterns for themselves', () => {
  const names = assetNames(libraryOf(['100%.png'], ['1000.png'], ['a_b.png'], ['axb.png'], ["it's.png"], ['漢字.png']))
  expect(names.beginningWith('100%', 10)).toEqual([1])
  expect(names.beginningWith('a_', 10)).toEqual([3])
  expect(names.beginningWith("it'", 10)).toEqual([5])
  expect(names.beginningWith('漢', 10)).toEqual([6])
})

it('looks into the index of titles', () => {
  const plan = libraryOf(['a.png'])
    .prepare(
      `EXPLAIN QUERY PLAN SELECT row_id FROM assets WHERE coalesce(custom_title, file_name) COLLATE NOCASE >= 'a'
       AND coalesce(custom_title, file_name) COLLATE NOCASE < 'b' ORDER BY coalesce(custom_title, file_name) COLLATE NOCASE LIMIT 9`,
    )
    .all() as { detail: string }[]
  expect(plan.map(({ detail }) => detail).join('\n')).toMatch(/SEARCH assets USING (COVERING )?INDEX assets_title/)
})
