import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ImportId, importIdSchema } from '../../../shared/domain/ids.ts'
import { type Db, openDatabase } from './database.ts'
import { importCounts } from './importCounts.ts'

const ids: readonly ImportId[] = [1, 2].map((digit) =>
  importIdSchema.parse(`01900000-0000-7000-8000-00000000000${digit}`),
)
const states = ['pending', 'imported', 'duplicate', 'skipped', 'failed'] as const
const payloads = ['null', '"facts"', '"drawing"'] as const
const few = fc.nat(1)

/** SQL and its values. */
type Step = readonly [string, readonly (string | number | null)[]]
const asset = few.map((number) => `asset ${number}`)
const path = few.map((number) => `/${number}.png`)
const runAt = fc.constantFrom(0, 0, 0, null)
const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(...ids),
      path,
      fc.nat(1000),
      fc.constantFrom(...states),
      fc.constantFrom('sidecar', 'hidden', null),
    )
    .map(
      (values): Step => [
        'INSERT OR IGNORE INTO import_items(import_id, path, bytes, state, code) VALUES (?, ?, ?, ?, ?)',
        values,
      ],
    ),
  fc
    .tuple(fc.constantFrom(...states), fc.option(asset), fc.constantFrom('sidecar', 'hidden', null), path)
    .map((values): Step => ['UPDATE import_items SET state = ?, asset_id = ?, code = ? WHERE path = ?', values]),
  fc.tuple(path).map((values): Step => ['DELETE FROM import_items WHERE path = ?', values]),
  fc
    .tuple(fc.constantFrom('media', 'upload'), asset, fc.constantFrom(...payloads), runAt)
    .map(
      (values): Step => [
        'INSERT OR REPLACE INTO queue(kind, key, payload, priority, run_at) VALUES (?, ?, ?, 0, ?)',
        values,
      ],
    ),
  fc.tuple(asset, fc.constantFrom(...payloads), runAt).map(
    (values): Step => [
      `INSERT INTO queue(kind, key, payload, priority, run_at) VALUES ('media', ?, ?, 0, ?)
       ON CONFLICT(kind, key) DO UPDATE SET payload = excluded.payload, run_at = excluded.run_at`,
      values,
    ],
  ),
  fc
    .tuple(fc.constantFrom(...payloads), runAt, asset)
    .map((values): Step => ['UPDATE queue SET payload = ?, run_at = ?, leased = 1 WHERE key = ?', values]),
  fc.tuple(asset).map((values): Step => ['DELETE FROM queue WHERE key = ?', values]),
)

let root: string
let db: Db
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-counts-'))
  db = openDatabase(join(root, 'catalog.sqlite'))
  db.pragma('synchronous = OFF')
  const insert = db.prepare(
    "INSERT INTO imports(id, source, state, options, paths, started_at) VALUES (?, 'dialog', 'running', '{}', '[]', 0)",
  )
  for (const id of ids) insert.run(id)
})
afterEach(() => {
  db.close()
  rmSync(root, { recursive: true, force: true })
})

/** As the next process would count. */
function countedAnew(id: ImportId) {
  const other = openDatabase(join(root, 'catalog.sqlite'))
  try {
    return importCounts(other)(id)
  } finally {
    other.close()
  }
}

describe('the counts of an import', () => {
  it('are zeros while nothing was found', () => {
    expect(importCounts(db)(ids[0]!)).toMatchObject({ found: 0, bytesFound: 0, pending: 0, processing: 0 })
  })

  it('wait for media jobs of what was taken in, but not for thumbnails that can wait', () => {
    const counts = importCounts(db)
    const processing = () => counts(ids[0]!).processing
    db.prepare("INSERT INTO import_items(import_id, path, bytes, state) VALUES (?, '/a.png', 1, 'pending')").run(ids[0])
    db.prepare("INSERT INTO queue(kind, key, payload, priority, run_at) VALUES ('media', 'a', '\"facts\"', 0, 0)").run()
    expect(processing()).toBe(0)
    db.prepare("UPDATE import_items SET state = 'imported', asset_id = 'a'").run()
    expect(processing()).toBe(1)
    db.prepare('UPDATE queue SET payload = \'"drawing"\'').run()
    expect(processing()).toBe(0)
    const replace = db.prepare(
      "INSERT OR REPLACE INTO queue(kind, key, payload, priority, run_at) VALUES ('media', 'a', 'null', 0, 0)",
    )
    for (let times = 0; times < 3; times++) replace.run()
    expect(processing()).toBe(1)
    db.prepare('DELETE FROM queue').run()
    expect(processing()).toBe(0)
  })

  it('are what counting anew gives, whatever happens to items and jobs, also what is taken back', () => {
    const counts = importCounts(db)
    for (const id of ids) counts(id)
    fc.assert(
      fc.property(
        fc.array(fc.record({ steps: fc.array(step, { minLength: 4, maxLength: 20 }), isTakenBack: fc.boolean() })),
        (groups) => {
          db.exec('DELETE FROM import_items; DELETE FROM queue')
          for (const { steps, isTakenBack } of groups) {
            db.exec('BEGIN')
            for (const [sql, values] of steps) db.prepare(sql).run(...values)
            db.exec(isTakenBack ? 'ROLLBACK' : 'COMMIT')
          }
          for (const id of ids) expect(counts(id)).toEqual(countedAnew(id))
        },
      ),
      { numRuns: 100 },
    )
  })
})
