import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { openDatabase } from '../database.ts'
import { addAsset, writeCatalogOfVersion } from './fixtures/catalogOfVersion.ts'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-migration-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('keeps linked assets, and can remember the files of a watched folder from then on', () => {
  const file = join(folder, 'catalog.sqlite')
  writeCatalogOfVersion(3, file, (before) => addAsset(before, { id: 'a', storage_path: '/pictures/a.png' }))

  const after = openDatabase(file)
  expect(after.prepare('SELECT id, storage_path FROM assets').all()).toEqual([
    { id: 'a', storage_path: '/pictures/a.png' },
  ])
  const add = after.prepare(
    `INSERT INTO linked_files(folder_id, directory, name, device, inode, size, mtime_ms, born_ms, gone, kind, asset_row)
     VALUES (1, '', 'a.png', 1, 18446744073709551615.0, 1, 1.5, 0, ?, 'asset', 1)`,
  )
  after.exec("INSERT INTO watched_folders(path, space, added_at) VALUES ('/pictures', 'library', 1)")
  add.run(1)
  add.run(1)
  add.run(0)
  // Only of files that are there is there one under one path.
  expect(() => add.run(0)).toThrow('UNIQUE')
  after.exec('DELETE FROM assets')
  expect(after.prepare('SELECT DISTINCT asset_row FROM linked_files').all()).toEqual([{ asset_row: null }])
  after.close()
})
