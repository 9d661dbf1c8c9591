import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Catalog } from '../../../src/main/engine/catalog/catalog.ts'
import { freezeCollection } from '../../../src/main/engine/library/copyCollections.ts'
import { deleteTags } from '../../../src/main/engine/library/deleteTags.ts'
import { editAssets } from '../../../src/main/engine/library/editAssets.ts'
import { createCollection, deleteCollection } from '../../../src/main/engine/library/editCollections.ts'
import { createTag } from '../../../src/main/engine/library/editTags.ts'
import { inParts, stepwise } from '../../../src/main/engine/library/inParts.ts'
import { mergeTags } from '../../../src/main/engine/library/mergeTags.ts'
import { createLibrary, openLibrary } from '../../../src/main/engine/library/openLibrary.ts'
import { insertMany } from './insertMany.ts'

/** More than one transaction changes. */
const ASSETS = 12_000
const START = Date.UTC(2026, 10, 21)

let root: string
let catalog: Catalog
let now = START
let rowIds: Int32Array<ArrayBuffer>
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-large-'))
  createLibrary(root, 'Large', now)
  openLibrary(root, () => now).catalog.close()
  insertMany(join(root, 'catalog.sqlite'), ASSETS)
  catalog = openLibrary(root, () => now).catalog
  const sort = { field: 'imported_at', direction: 'asc' } as const
  rowIds = new Int32Array(catalog.assets.query({ view: { kind: 'library' }, text: '', sort }, now).rowIds)
})
afterAll(() => {
  catalog.close()
  rmSync(root, { recursive: true, force: true })
})

const tagged = (name: string): number => {
  const tag = catalog.tags.named(name)
  return tag === undefined ? 0 : catalog.tags.rowsWith(tag.id).length
}
const tagAll = async (name: string) => {
  await inParts(catalog, { rowIds }, (some, part) => editAssets(catalog, some, { add_tags: [name] }, ++now, part))
  const tag = catalog.tags.named(name)
  if (tag === undefined) throw new Error('expected the tag')
  return tag.id
}
/** Other work gets its turn between the transactions; all of them are one step back. */
async function changed(label: string, begin: () => ReturnType<typeof mergeTags>): Promise<void> {
  let turns = 0
  now += 1000
  const result = await stepwise(catalog, function* () {
    const steps = begin()
    for (;;) {
      const step = steps.next()
      if (step.done === true) return step.value
      turns++
      yield step.value
    }
  })
  expect(result).toMatchObject({ label, count: ASSETS })
  expect(catalog.history.list(1)[0]).toMatchObject({ label, count: ASSETS })
  expect(turns).toBeGreaterThanOrEqual(2)
}
const undo = () => stepwise(catalog, () => catalog.history.undoSteps(++now))

test('tags of very many assets are merged, and deleted, as one step', async () => {
  const sea = await tagAll('sea')
  const ocean = createTag(catalog, { name: 'ocean' }, ++now).tag.id
  await changed(`Merged “sea” into “ocean” (12,000 assets)`, () => mergeTags(catalog, [sea], ocean, now))
  expect([tagged('ocean'), catalog.tags.get(sea)?.deleted, catalog.tags.named('sea')?.id]).toEqual([
    ASSETS,
    true,
    ocean,
  ])
  await undo()
  expect([tagged('ocean'), tagged('sea')]).toEqual([0, ASSETS])

  await changed('Deleted tag “sea” of 12,000 assets', () => deleteTags(catalog, [sea], now))
  expect(catalog.tags.named('sea')).toBeUndefined()
  await undo()
  expect(tagged('sea')).toBe(ASSETS)
})

test('a collection of very many assets is made of a smart one, and deleted, as one step', async () => {
  await inParts(catalog, { rowIds }, (some, part) => editAssets(catalog, some, { rating: 4 }, ++now, part))
  const { id } = createCollection(catalog, 'Rated', undefined, ++now, { query: 'rating:4' }).collection
  const members = () => catalog.collections.memberRows(id).length
  await changed('Made “Rated” an ordinary collection of 12,000 assets', () => freezeCollection(catalog, id, now))
  expect([members(), catalog.collections.get(id)]).toMatchObject([ASSETS, { kind: 'manual', asset_count: ASSETS }])
  const places = catalog.collections.members(id).map(({ position }) => position)
  expect(new Set(places).size).toBe(ASSETS)

  await changed('Deleted collection “Rated”', () => deleteCollection(catalog, id, now))
  expect([members(), catalog.collections.get(id)]).toEqual([0, undefined])
  await undo()
  expect([members(), catalog.collections.get(id)?.asset_count]).toEqual([ASSETS, ASSETS])
  await undo()
  expect([members(), catalog.collections.get(id)?.kind]).toEqual([0, 'smart'])
})
