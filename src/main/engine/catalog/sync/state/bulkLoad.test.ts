import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Db, openDatabase, statementCache, whileFilling } from '../../database.ts'
import { refreshTree } from '../../trees.ts'
import { inBulk } from './bulkLoad.ts'

let root: string
let db: Db
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-indexes-'))
  db = openDatabase(join(root, 'catalog.sqlite'))
})
afterEach(() => {
  db.close()
  rmSync(root, { recursive: true, force: true })
})

const schema = () => db.prepare('SELECT type, name, sql FROM sqlite_master ORDER BY type, name').all()
const indexes = () => (schema() as { type: string }[]).filter(({ type }) => type === 'index').length
const nothing = (): void => {}

/** Assets of which one is in Trash, with tags that stand above one another, and collections. */
function load(): void {
  const asset = db.prepare(
    `INSERT INTO assets(id, owner_id, space, status, asset_type, file_name, extension, mime_type, file_size_bytes, sha256, storage_path, created_at, updated_at, imported_at, deleted_at)
     VALUES (:id, 'o', 'library', 'available', 'image', :id, 'png', 'image/png', 1, :hash, :id, 1, 1, 1, :deleted)`,
  )
  for (const id of ['a', 'b', 'c', 'd']) asset.run({ id, hash: id.repeat(64), deleted: id === 'd' ? 1 : null })
  const tag = db.prepare('INSERT INTO tags(id, parent_id, name, created_at) VALUES (?, ?, ?, 1)')
  tag.run('top', null, 'top')
  tag.run('below', 'top', 'below')
  tag.run('unused', null, 'unused')
  const collection = db.prepare('INSERT INTO collections(id, name, created_at, updated_at) VALUES (?, ?, 1, 1)')
  collection.run('one', 'one')
  const tagged = db.prepare('INSERT INTO asset_tags(tag_id, asset_row, added_at) VALUES (?, ?, 1)')
  for (const row of [1, 2, 4]) tagged.run('below', row)
  for (const row of [2, 3]) tagged.run('top', row)
  const member = db.prepare(
    'INSERT INTO collection_assets(collection_id, asset_row, added_at, position) VALUES (?, ?, 1, 1)',
  )
  for (const row of [1, 3, 4]) member.run('one', row)
}

const finish = () => {
  refreshTree(statementCache(db), 'tag')
  refreshTree(statementCache(db), 'collection')
}
const counts = () => ({
  assets: db.prepare('SELECT id, tag_count, membership_count FROM assets ORDER BY id').all(),
  tags: db.prepare('SELECT id, asset_count, total_count FROM tags ORDER BY id').all(),
  collections: db.prepare('SELECT id, asset_count, total_count FROM collections ORDER BY id').all(),
})

it('counts as the triggers do', () => {
  load()
  finish()
  const expected = counts()
  db.close()
  db = openDatabase(join(root, 'another.sqlite'))
  inBulk(db, load, finish)
  expect(counts()).toEqual(expected)
  expect(expected.tags).toContainEqual({ id: 'top', asset_count: 2, total_count: 3 })
})

it('makes every index and trigger again as it was, with what came meanwhile in them', () => {
  const [before, count] = [schema(), indexes()]
  inBulk(
    db,
    () => {
      expect(indexes()).toBeLessThan(count)
      load()
    },
    nothing,
  )
  expect(schema()).toEqual(before)
  const find = db.prepare('SELECT id FROM assets INDEXED BY assets_sha256 WHERE sha256 = ?').pluck()
  expect(find.all('b'.repeat(64))).toEqual(['b'])
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
})

it('is durable and shared like any other catalogue after it was filled', () => {
  whileFilling(db, () => {
    expect(db.pragma('journal_mode', { simple: true })).toBe('memory')
    db.exec("INSERT INTO meta(key, value) VALUES ('filled', 'yes')")
  })
  expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
  expect(db.pragma('synchronous', { simple: true })).toBe(2)
  const other = openDatabase(join(root, 'catalog.sqlite'))
  expect(other.prepare("SELECT value FROM meta WHERE key = 'filled'").pluck().get()).toBe('yes')
  other.close()
})
