import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Db, openDatabase } from '../database.ts'
import { writeCatalogOfVersion } from './fixtures/catalogOfVersion.ts'

let folder: string
let db: Db
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-migration-'))
  const file = join(folder, 'catalog.sqlite')
  writeCatalogOfVersion(14, file, (before) => {
    before.exec(
      `INSERT INTO stamps(entity, entity_id, field, stamp) VALUES ('asset', 'a', 'rating', 's');
       INSERT INTO journal_segments(device_id, seq, sha256, operations, sealed_at) VALUES ('d', 1, 'h', 3, 1)`,
    )
  })
  db = openDatabase(file)
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

it('knows of writes and segments from before only that they are old', () => {
  expect(db.prepare('SELECT stamp, place FROM stamps').all()).toEqual([{ stamp: 's', place: 0 }])
  expect(db.prepare('SELECT seq, last_outbox FROM journal_segments').all()).toEqual([{ seq: 1, last_outbox: 0 }])
})

it('begins with no other device, nothing unshown and nothing parked', () => {
  for (const table of ['devices', 'unshown_writes', 'parked_operations']) {
    expect(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0)
  }
})
