import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Db, openDatabase } from '../database.ts'
import { refreshTree } from '../trees.ts'
import { addAsset, writeCatalogOfVersion } from './fixtures/catalogOfVersion.ts'

let folder: string
let db: Db
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-migration-'))
  const file = join(folder, 'catalog.sqlite')
  writeCatalogOfVersion(8, file, (before) => {
    for (const row of [1, 2, 3, 4]) {
      addAsset(before, { row_id: row, id: `asset ${row}`, deleted_at: row === 4 ? 1 : null })
    }
    const tag = before.prepare('INSERT INTO tags(id, parent_id, name, created_at) VALUES (?, ?, ?, 1)')
    tag.run('animal', null, 'Animal')
    tag.run('cat', 'animal', 'Cat')
    tag.run('siamese', 'cat', 'Siamese')
    tag.run('plant', null, 'Plant')
    const link = before.prepare('INSERT INTO asset_tags(tag_id, asset_row, added_at) VALUES (?, ?, 1)')
    link.run('animal', 1)
    link.run('siamese', 1)
    link.run('siamese', 2)
    link.run('siamese', 4)
    link.run('plant', 3)
  })
  db = openDatabase(file)
})
afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true, force: true })
})

const kept = (): unknown => db.prepare('SELECT id, asset_count, total_count FROM tags ORDER BY id').all()
/** What the numbers must be, counted the slow way. */
const counted = (): unknown =>
  db
    .prepare(
      `WITH RECURSIVE below(id, root) AS (SELECT id, id FROM tags UNION SELECT t.id, b.root FROM below b JOIN tags t ON t.parent_id = b.id)
       SELECT id,
         (SELECT count(*) FROM asset_tags x JOIN assets a ON a.row_id = x.asset_row WHERE x.tag_id = tags.id AND a.deleted_at IS NULL) AS asset_count,
         (SELECT count(DISTINCT asset_row) FROM asset_tags x JOIN assets a ON a.row_id = x.asset_row
          WHERE a.deleted_at IS NULL AND x.tag_id IN (SELECT id FROM below WHERE root = tags.id)) AS total_count
       FROM tags ORDER BY id`,
    )
    .all()

it('counts what is there already, each asset once for everything above its tags, and nothing in Trash', () => {
  expect(kept()).toEqual([
    { id: 'animal', asset_count: 1, total_count: 2 },
    { id: 'cat', asset_count: 0, total_count: 2 },
    { id: 'plant', asset_count: 1, total_count: 1 },
    { id: 'siamese', asset_count: 2, total_count: 2 },
  ])
})

it('keeps the numbers right while assets are tagged, trashed, restored and tags are moved', () => {
  const tags = ['animal', 'cat', 'plant', 'siamese']
  const step = fc.record({
    kind: fc.constantFrom('tag', 'untag', 'trash', 'restore', 'move'),
    tag: fc.constantFrom(...tags),
    parent: fc.constantFrom(...tags, null),
    row: fc.integer({ min: 1, max: 4 }),
  })
  const statements = new Map<string, ReturnType<Db['prepare']>>()
  const get = (sql: string) => {
    const known = statements.get(sql) ?? db.prepare(sql)
    statements.set(sql, known)
    return known
  }
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      for (const { kind, tag, parent, row } of steps) {
        if (kind === 'tag') get('INSERT OR IGNORE INTO asset_tags VALUES (?, ?, 1)').run(tag, row)
        else if (kind === 'untag') get('DELETE FROM asset_tags WHERE tag_id = ? AND asset_row = ?').run(tag, row)
        else if (kind === 'trash') get('UPDATE assets SET deleted_at = 5 WHERE row_id = ?').run(row)
        else if (kind === 'restore') get('UPDATE assets SET deleted_at = NULL WHERE row_id = ?').run(row)
        else if (
          get('SELECT 1 FROM tag_tree WHERE id = ? AND ancestor_id = ?').get(parent, tag) === undefined &&
          parent !== tag
        ) {
          get('UPDATE tags SET parent_id = ? WHERE id = ?').run(parent, tag)
          refreshTree(get, 'tag')
        }
        expect(kept(), `${kind} ${tag} ${parent} ${row}`).toEqual(counted())
      }
    }),
    { numRuns: 60 },
  )
})

it('lets two tags have one name, as devices that meet may have made them', () => {
  db.exec("INSERT INTO tags(id, name, created_at) VALUES ('other', 'CAT', 1)")
  expect(db.prepare("SELECT count(*) FROM tags WHERE name = 'cat' COLLATE NOCASE").pluck().get()).toBe(2)
})
