import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { openDatabase } from '../database.ts'
import { linkPlaces } from './0021-link-places.ts'
import { addAsset, writeCatalogOfVersion } from './fixtures/catalogOfVersion.ts'
import { migrations } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'vitrine-migration-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const idOf = (digit: string) => `${digit.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}`
const [collection, request, moved, placed] = ['c', 'd', '1', '2'].map(idOf) as [string, string, string, string]

it('keeps where links were moved to, and nothing of those that were made anew since', () => {
  const file = join(folder, 'catalog.sqlite')
  writeCatalogOfVersion(migrations.indexOf(linkPlaces), file, (before) => {
    before.exec(
      `INSERT INTO collections(id, name, kind, position, created_at, updated_at) VALUES ('${collection}', 'c', 'manual', 0, 1, 1);
       INSERT INTO generation_requests(id, user_prompt, created_at, updated_at) VALUES ('${request}', 'p', 1, 1)`,
    )
    const link = before.prepare(
      `INSERT INTO collection_assets(collection_id, asset_row, added_at, position)
       SELECT '${collection}', row_id, 1, ? FROM assets WHERE id = ?`,
    )
    const stamp = before.prepare('INSERT INTO stamps(entity, entity_id, field, stamp, place) VALUES (?, ?, ?, ?, 7)')
    for (const id of [moved, placed]) {
      addAsset(before, { id, sha256: id.slice(0, 2).repeat(32) })
      link.run(0.1 + 0.2, id)
      stamp.run('membership', `${collection}/${id}`, 'in', '3')
    }
    before.exec(
      `INSERT INTO request_references(request_id, asset_row, position, added_at) SELECT '${request}', row_id, 5, 1 FROM assets WHERE id = '${moved}'`,
    )
    stamp.run('membership', `${collection}/${moved}`, 'position', '4')
    stamp.run('membership', `${collection}/${placed}`, 'position', '2')
    stamp.run('requestReference', `${request}/${moved}`, 'position', '4')
  })
  const db = openDatabase(file)
  const kept = db
    .prepare('SELECT entity, entity_id, field, value, stamp, place, listed FROM unshown_writes ORDER BY id')
    .all() as { value: string }[]
  expect(kept.map((row) => ({ ...row, value: Number(row.value) }))).toEqual([
    {
      entity: 'membership',
      entity_id: `${collection}/${moved}`,
      field: 'position',
      value: 0.1 + 0.2,
      stamp: '4',
      place: 7,
      listed: 0,
    },
    {
      entity: 'requestReference',
      entity_id: `${request}/${moved}`,
      field: 'position',
      value: 5,
      stamp: '4',
      place: 7,
      listed: 0,
    },
  ])
  db.close()
})
