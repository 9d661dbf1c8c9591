import { hash } from 'node:crypto'
import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unpack } from '../../src/main/engine/catalog/generationPayload.ts'
import { editAssets } from '../../src/main/engine/library/editAssets.ts'
import { libraryFolder } from '../../src/main/engine/library/libraryFolder.ts'
import { openLibrary } from '../../src/main/engine/library/openLibrary.ts'
import { makeLibrary } from './makeLibrary.ts'

const size = { assets: 300, seed: 7, until: Date.UTC(2026, 10, 20) }
const now = () => size.until + 3_600_000

/** What a rebuild can't know: what this device alone kept, and what was written while it ran. */
const OF_THIS_DEVICE =
  /^(activity.*|meta|queue|journal_segments|sqlite_sequence|settings|sync_totals|search_word_grams_.+)$/

describe('a library that is made to measure with', () => {
  let folder: string
  let [first, second] = ['', '']

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vitrine-large-'))
    first = join(folder, 'first')
    second = join(folder, 'second')
    await makeLibrary({ ...size, root: first })
    await makeLibrary({ ...size, root: second })
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('has the same in all tables for the same numbers, and something else for another seed', async () => {
    expect(contents(first)).toEqual(contents(second))
    const other = join(folder, 'other')
    await makeLibrary({ ...size, seed: 8, root: other })
    expect(contents(other).assets).not.toEqual(contents(first).assets)
  })

  it('is sound, and has of everything', () => {
    read(first, (one) => {
      expect(one('SELECT group_concat(integrity_check) FROM pragma_integrity_check')).toBe('ok')
      expect(one('SELECT count(*) FROM pragma_foreign_key_check')).toBe(0)
      expect(one('SELECT count(*) FROM assets')).toBe(size.assets)
      for (const condition of [
        "space = 'workspace' AND expires_at IS NOT NULL",
        'deleted_at IS NOT NULL',
        'is_favorite = 1',
        'rating > 0',
        'tag_count = 0',
        'tag_count > 1',
        'membership_count = 0 AND deleted_at IS NULL',
        'captured_at IS NOT NULL',
        "generator = 'ComfyUI' AND length(generation_seed) > 16",
        'phash IS NOT NULL AND thumbhash IS NOT NULL',
        'job_id IS NOT NULL',
      ]) {
        expect(one(`SELECT count(*) FROM assets WHERE ${condition}`), condition).toBeGreaterThan(0)
      }
    })
  })

  it('counts what there is', () => {
    read(first, (one) => {
      expect(
        one(
          'SELECT count(*) FROM assets WHERE tag_count <> (SELECT count(*) FROM asset_tags WHERE asset_row = row_id)',
        ),
      ).toBe(0)
      expect(
        one(
          'SELECT count(*) FROM assets WHERE membership_count <> (SELECT count(*) FROM collection_assets WHERE asset_row = row_id)',
        ),
      ).toBe(0)
      expect(one('SELECT count(*) FROM asset_search')).toBe(size.assets)
    })
  })

  it('opens, is edited and undone like any other', () => {
    const { catalog, cleanBefore } = openLibrary(first, now)
    try {
      expect(cleanBefore).toBe(true)
      const before = catalog.counts(now())
      const rowIds = Array.from({ length: 40 }, (_, index) => index + 1)
      const { count } = editAssets(catalog, { rowIds }, { add_tags: ['quite new'], is_favorite: true }, now())
      expect(count).toBe(40)
      expect(catalog.counts(now()).favorites).toBeGreaterThan(before.favorites)
      catalog.history.undo(now())
      expect(catalog.counts(now())).toMatchObject({ favorites: before.favorites, untagged: before.untagged })
      // The history goes on below what was done just now.
      expect(catalog.history.undo(now()).count).toBeGreaterThan(0)
    } finally {
      catalog.close()
    }
  })

  it('is the same after a rebuild from its journal', () => {
    const made = contents(second)
    const { catalog } = libraryFolder(second)
    renameSync(catalog, join(folder, 'made.sqlite'))
    openLibrary(second, now).catalog.close()
    const rebuilt = contents(second)
    for (const table of Object.keys(made).filter((name) => OF_THIS_DEVICE.test(name))) {
      delete made[table]
      delete rebuilt[table]
    }
    expect(rebuilt).toEqual(made)
  })
})

function read(root: string, check: (one: (sql: string) => unknown) => void): void {
  const db = new Database(libraryFolder(root).catalog, { readonly: true })
  try {
    check((sql) => db.prepare(sql).pluck().get())
  } finally {
    db.close()
  }
}

/** A digest of the rows of each table. What is compressed counts as what it holds: compressors differ between machines. */
function contents(root: string): Record<string, string> {
  const db = new Database(libraryFolder(root).catalog, { readonly: true })
  try {
    db.exec('CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, asset_search, instance)')
    const tables = db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'asset_search%'")
      .pluck()
      .all() as string[]
    return Object.fromEntries(
      [...tables, 'words'].map((table) => {
        const rows = db.prepare(`SELECT * FROM ${table}`).all() as Record<string, unknown>[]
        const lines = rows.map((row) => JSON.stringify(comparable(table, row))).sort()
        return [table, `${rows.length} rows, ${hash('sha256', lines.join('\n'))}`]
      }),
    )
  } finally {
    db.close()
  }
}

function comparable(table: string, row: Record<string, unknown>): Record<string, unknown> {
  if (table === 'generation_payloads') return { ...row, payload: unpack(row.payload as Buffer) }
  if (table === 'journal_segments') return { ...row, sha256: null }
  // Numbers that tell words apart follow the order in which they came.
  if (table === 'search_words') return { word: row.word }
  // Where in this device's outbox a write stood is forgotten once the outbox is.
  if (table === 'stamps') return { ...row, place: null }
  // Where a file stands with a bucket is known to this device alone.
  if (table === 'assets') return { ...row, sync_state: null, sync_reason: null }
  return row
}
