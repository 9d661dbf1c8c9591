import fc from 'fast-check'
import { afterEach, expect, it } from 'vitest'
import type { RowId } from '../../../shared/domain/ids.ts'
import type { Db } from './database.ts'
import { addAssets, openSearched, plainAsset } from './query/fixtures/searchedLibrary.ts'
import { stacksRepository } from './stacks.repository.ts'

let db: Db | undefined
afterEach(() => db?.close())

type Made = { prompt: string | null; seed: string | null; trashed: boolean }
function libraryOf(assets: readonly Made[]): Db {
  db?.close()
  db = openSearched([], [])
  addAssets(
    db,
    assets.map(({ prompt, seed, trashed }, index) => ({
      ...plainAsset,
      original_prompt: prompt,
      generation_seed: seed,
      deleted_at: trashed ? 1 : null,
      imported_at: 1000 + (index % 3),
      sha256: String(index).padStart(64, '0'),
    })),
  )
  return db
}
const made = (prompt: string | null, seed: string | null, trashed = false): Made => ({ prompt, seed, trashed })

it('tells variants of one picture from variations of its prompt', () => {
  const stacks = stacksRepository(
    libraryOf([
      made('A Harbour', '7'),
      made('a  harbour', '7'),
      made('a harbour', '8'),
      made('a harbour', null),
      made('a harbour', '7', true),
      made('a lighthouse', '7'),
      made(null, '7'),
    ]),
  )
  expect(stacks.of(1 as RowId, 10)).toEqual({
    sameSeed: { rowIds: [2], total: 1 },
    variations: { rowIds: [3, 4], total: 2 },
  })
  expect(stacks.of(4 as RowId, 2)).toEqual({
    sameSeed: { rowIds: [], total: 0 },
    variations: { rowIds: [3, 2], total: 3 },
  })
  expect(stacks.of(7 as RowId, 10)).toEqual({
    sameSeed: { rowIds: [], total: 0 },
    variations: { rowIds: [], total: 0 },
  })
  expect(stacks.counts([1, 6, 7, 4, 99] as RowId[])).toEqual({ prompt: [4, 1, 0, 4, 0], seed: [2, 1, 0, 0, 0] })
})

it('counts what a look at each asset counts', () => {
  const anyAsset = fc.record({
    prompt: fc.constantFrom(null, 'a', 'A ', 'b'),
    seed: fc.constantFrom(null, '1', '2'),
    trashed: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(anyAsset, { minLength: 1, maxLength: 12 }), (assets) => {
      const stacks = stacksRepository(libraryOf(assets))
      const key = (prompt: string | null) => prompt?.trim().toLowerCase() ?? null
      for (const [index, asset] of assets.entries()) {
        const others = assets
          .map((other, place) => ({ ...other, row: place + 1 }))
          .filter((other) => other.row !== index + 1 && !other.trashed && key(other.prompt) !== null)
          .filter((other) => key(other.prompt) === key(asset.prompt))
        const same = others.filter(({ seed }) => seed !== null && seed === asset.seed)
        const { sameSeed, variations } = stacks.of((index + 1) as RowId, 1000)
        expect([...sameSeed.rowIds].sort()).toEqual(same.map(({ row }) => row).sort())
        expect([sameSeed.total, variations.total]).toEqual([same.length, others.length - same.length])
        expect(variations.rowIds).toHaveLength(variations.total)
        const self = key(asset.prompt) !== null && !asset.trashed ? 1 : 0
        expect(stacks.counts([(index + 1) as RowId])).toEqual({
          prompt: [others.length + self],
          seed: [asset.seed === null ? 0 : same.length + self],
        })
      }
    }),
    { numRuns: 25 },
  )
})
