import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Catalog } from '../../../src/main/engine/catalog/catalog.ts'
import { type CatalogReader, createCatalogReader } from '../../../src/main/engine/catalog/reader/catalogReader.ts'
import { editAssets } from '../../../src/main/engine/library/editAssets.ts'
import { addToCollection, createCollection } from '../../../src/main/engine/library/editCollections.ts'
import { importedFile, registerFiles } from '../../../src/main/engine/library/fixtures/testLibrary.ts'
import { createLibrary, openLibrary } from '../../../src/main/engine/library/openLibrary.ts'
import { summariseSelection } from '../../../src/main/engine/library/summariseSelection.ts'
import { trashAssets } from '../../../src/main/engine/library/trashAssets.ts'

const NOW = Date.UTC(2026, 10, 21)
const COUNT = 9000
const program = fileURLToPath(new URL('../../../src/main/engine/catalog/reader/reader.thread.ts', import.meta.url))
let root: string
let catalog: Catalog
let onThread: CatalogReader
let onEngine: CatalogReader

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-summary-'))
  createLibrary(root, 'Test', NOW)
  catalog = openLibrary(root, () => NOW).catalog
  const options = { catalog, file: join(root, 'catalog.sqlite'), program }
  onThread = createCatalogReader({ ...options, threads: true, atOnce: 0 })
  onEngine = createCatalogReader({ ...options, threads: false })
  const ids = registerFiles(
    catalog,
    Array.from({ length: COUNT }, (_, index) => importedFile(`${index}.png`, NOW)),
  )
  editAssets(catalog, { ids: ids.slice(0, 6000) }, { rating: 2, add_tags: ['most'] }, NOW)
  editAssets(catalog, { ids: ids.slice(10, 20) }, { description: 'Ten of them', add_tags: ['few', 'gone'] }, NOW)
  editAssets(catalog, { ids: ids.slice(8990) }, { is_favorite: true, custom_title: 'The end' }, NOW)
  const box = createCollection(catalog, 'Box', undefined, NOW).collection.id
  addToCollection(catalog, box, { ids: ids.slice(4000, 8000) }, NOW)
  trashAssets(catalog, { ids: ids.slice(5, 8) }, NOW)
})
afterEach(async () => {
  await Promise.all([onThread.close(), onEngine.close()])
  catalog.close()
  rmSync(root, { recursive: true, force: true })
})

const both = async (rows: Int32Array<ArrayBuffer>) => ({
  thread: await summariseSelection(catalog, onThread, { rowIds: rows }),
  engine: await summariseSelection(catalog, onEngine, { rowIds: rows }),
})

describe('the summary of a large selection', () => {
  it('is on the thread what it is row by row, for any rows', async () => {
    const span = fc.record({ from: fc.integer({ min: 1, max: COUNT }), count: fc.integer({ min: 2001, max: COUNT }) })
    await fc.assert(
      fc.asyncProperty(span, fc.integer({ min: 1, max: 11 }), fc.boolean(), async ({ from, count }, every, turned) => {
        // Some rows do not exist, and orders differ.
        const rows = Int32Array.from({ length: count }, (_, index) => from + index * every)
        const { thread, engine } = await both(turned ? rows.reverse() : rows)
        expect(thread).toEqual(engine)
      }),
      { numRuns: 25 },
    )
  })

  it('follows changes', async () => {
    const rows = Int32Array.from({ length: COUNT }, (_, index) => index + 1)
    const before = await both(rows)
    expect(before.thread).toMatchObject({ total: COUNT, deleted: 3, fields: { rating: { kind: 'mixed' } } })
    editAssets(catalog, { rowIds: rows }, { rating: 4, add_tags: ['all'] }, NOW)
    const after = await both(rows)
    expect(after.thread).toEqual(after.engine)
    expect(after.thread.fields?.rating).toEqual({ kind: 'same', value: 4 })
    expect(after.thread.tags[0]).toMatchObject({ name: 'all', with: COUNT })
  })

  it('is ended by a newer question of the same asker, and of no other', async () => {
    const rows = Int32Array.from({ length: COUNT }, (_, index) => index + 1)
    const older = summariseSelection(catalog, onThread, { rowIds: rows }, 'a')
    const other = summariseSelection(catalog, onThread, { rowIds: rows }, 'b')
    const newer = summariseSelection(catalog, onThread, { rowIds: rows.slice(0, 3000) }, 'a')
    await expect(older).rejects.toMatchObject({ code: 'cancelled' })
    expect((await newer).total).toBe(3000)
    expect((await other).total).toBe(COUNT)
  })
})
