import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Db, openDatabase } from '../database.ts'
import { syncTotals } from './0017-sync-totals.ts'
import { addAsset, writeCatalogOfVersion } from './fixtures/catalogOfVersion.ts'
import { migrations } from './index.ts'

let folder: string
let db: Db
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-migration-'))
  const file = join(folder, 'catalog.sqlite')
  writeCatalogOfVersion(migrations.indexOf(syncTotals), file, (before) => {
    for (const row of [1, 2, 3, 4]) {
      addAsset(before, {
        row_id: row,
        id: `asset ${row}`,
        space: row === 3 ? 'workspace' : 'library',
        deleted_at: row === 4 ? 1 : null,
        sync_state: row === 1 ? 'synced' : 'local',
        file_size_bytes: row,
      })
    }
  })
  db = openDatabase(file)
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

const kept = (): unknown => db.prepare('SELECT * FROM sync_totals WHERE assets > 0 ORDER BY sync_state').all()
/** What the sums must be, added up the slow way. */
const counted = (): unknown =>
  db
    .prepare(
      `SELECT sync_state, count(*) AS assets, sum(file_size_bytes) AS bytes FROM assets
       WHERE space = 'library' AND deleted_at IS NULL GROUP BY sync_state ORDER BY sync_state`,
    )
    .all()

it('adds up what a catalogue of before has', () => {
  expect(kept()).toEqual([
    { sync_state: 'local', assets: 1, bytes: 2 },
    { sync_state: 'synced', assets: 1, bytes: 1 },
  ])
})

it('finds what is on its way without looking at every asset', () => {
  const plan = db
    .prepare("EXPLAIN QUERY PLAN UPDATE assets SET sync_state = 'queued' WHERE sync_state = 'uploading'")
    .all() as { detail: string }[]
  expect(plan.map(({ detail }) => detail)).toContainEqual(expect.stringContaining('INDEX assets_uploading'))
})

const step = fc.oneof(
  fc.record({ column: fc.constant('sync_state'), value: fc.constantFrom('local', 'queued', 'synced', 'error') }),
  fc.record({ column: fc.constant('deleted_at'), value: fc.constantFrom(null, 1, 2) }),
  fc.record({ column: fc.constant('space'), value: fc.constantFrom('library', 'workspace') }),
  fc.record({ column: fc.constant('file_size_bytes'), value: fc.nat(100) }),
  fc.record({ column: fc.constant('row_id'), value: fc.constant(null) }),
)

it('stays right through any changes', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), step), { maxLength: 30 }), (steps) => {
      for (const [row, { column, value }] of steps) {
        if (db.prepare('SELECT 1 FROM assets WHERE row_id = ?').get(row) === undefined) {
          addAsset(db, { row_id: row, id: `asset ${row}`, space: 'library', sync_state: 'queued', file_size_bytes: 9 })
        } else if (column === 'row_id') db.prepare('DELETE FROM assets WHERE row_id = ?').run(row)
        else db.prepare(`UPDATE assets SET ${column} = ? WHERE row_id = ?`).run(value, row)
        expect(kept()).toEqual(counted())
      }
    }),
    { numRuns: 60 },
  )
})
