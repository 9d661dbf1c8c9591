import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { openDatabase } from '../database.ts'
import { search } from './0013-search.ts'
import { writeCatalogOfVersion } from './fixtures/catalogOfVersion.ts'
import { migrations } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-migration-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('makes what is there already searchable', () => {
  const file = join(folder, 'catalog.sqlite')
  const version = migrations.indexOf(search)
  writeCatalogOfVersion(version, file, (before) => {
    before.exec(`
    INSERT INTO assets(row_id, id, owner_id, space, status, asset_type, file_name, extension, mime_type, file_size_bytes, sha256, storage_path, original_prompt, model_used, dominant_colors, phash, created_at, updated_at, imported_at)
      VALUES (7, 'a', 'o', 'library', 'available', 'image', 'DSC0042.png', 'png', 'image/png', 1, '${'0'.repeat(64)}', 'originals/a.png', '夜の港 harbour', 'SDXL', '["#ff0000"]', '00ff00ff00ff00ff', 1, 1, 1);
    INSERT INTO tags(id, name, created_at) VALUES ('t', '新しい', 1);`)
  })

  const after = openDatabase(file)
  const words = (query: string) =>
    after.prepare('SELECT rowid FROM asset_search WHERE asset_search MATCH ?').pluck().all(query)
  expect([words('"の 港"'), words('0042'), words('harb*')]).toEqual([[7], [7], [7]])
  expect(after.prepare('SELECT tag_id FROM tag_search WHERE tag_search MATCH \'"し い"\'').pluck().all()).toEqual(['t'])
  expect(after.prepare("SELECT word FROM search_word_grams WHERE word LIKE '%arbou%'").pluck().all()).toEqual([
    'harbour',
  ])
  expect(after.prepare('SELECT field, value, count FROM facet_values ORDER BY field').all()).toEqual([
    { field: 'ext', value: 'png', count: 1 },
    { field: 'model', value: 'SDXL', count: 1 },
  ])
  expect(after.prepare('SELECT * FROM asset_colors').all()).toEqual([{ cell: 31 << 10, asset_row: 7 }])
  expect(after.prepare('SELECT count(*) FROM asset_likeness WHERE asset_row = 7').pluck().get()).toBe(4)
  after.close()
})
