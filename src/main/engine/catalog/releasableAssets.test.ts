import { beforeEach, describe, expect, it } from 'vitest'
import type { RemoteId } from '../../../shared/domain/ids.ts'
import { type Db, openDatabase } from './database.ts'
import { type ReleasableAssets, releasableAssets } from './releasableAssets.ts'

const remote = 'bucket' as RemoteId
const other = 'other' as RemoteId
let db: Db
let releasable: ReleasableAssets

const add = (id: string, space: 'library' | 'workspace' = 'library'): void => {
  db.prepare(
    `INSERT INTO assets(id, owner_id, space, status, asset_type, file_name, extension, mime_type, file_size_bytes, sha256,
       storage_path, created_at, updated_at, imported_at)
     VALUES (?, 'me', ?, 'available', 'image', 'a.png', 'png', 'image/png', 1, ?, ?, 1, 1, 1)`,
  ).run(id, space, id.padEnd(64, '0'), `originals/${id}.png`)
}
const hold = (id: string, of = remote): void =>
  void db.prepare('INSERT INTO held_operations(remote_id, asset_id, segment, line) VALUES (?, ?, 1, 1)').run(of, id)
const release = (id: string): void => void db.prepare('DELETE FROM held_operations WHERE asset_id = ?').run(id)
const store = (id: string, of = remote, sha256 = id.padEnd(64, '0')): void =>
  void db
    .prepare(
      `INSERT INTO remote_objects(remote_id, asset_id, kind, key, sha256, size, verified, verified_at)
       VALUES (?, ?, 'original', ?, ?, 1, 'read-back', 1)
       ON CONFLICT DO UPDATE SET sha256 = excluded.sha256`,
    )
    .run(of, id, id, sha256)

beforeEach(() => {
  db = openDatabase(':memory:')
  for (const id of [remote, other])
    db.prepare(
      "INSERT INTO remotes(id, name, role, location, created_at) VALUES (?, 'bucket', 'library', '{}', 1)",
    ).run(id)
  releasable = releasableAssets(db)
  return () => db.close()
})

describe('what is held and may be told of now', () => {
  it('is kept and in the bucket', () => {
    for (const id of ['a', 'b', 'c']) add(id, id === 'b' ? 'workspace' : 'library')
    for (const id of ['a', 'b', 'c']) hold(id)
    for (const id of ['a', 'b']) store(id)
    expect(releasable.find(remote, 10)).toEqual(['a'])
  })

  it('is found when it becomes so after all was looked through, in whatever order', () => {
    add('kept')
    add('later', 'workspace')
    for (const id of ['kept', 'later']) hold(id)
    store('later')
    expect(releasable.find(remote, 10)).toEqual([])
    store('kept', remote, 'f'.repeat(64))
    // As the program stores it, whatever was noted before.
    store('kept', remote, 'e'.repeat(64))
    expect(releasable.find(remote, 10)).toEqual([])
    store('kept')
    expect(releasable.find(remote, 10)).toEqual(['kept'])
    db.prepare("UPDATE assets SET space = 'library' WHERE id = 'later'").run()
    expect(releasable.find(remote, 10)).toEqual(['kept', 'later'])
    db.prepare("UPDATE assets SET deleted_at = 5 WHERE id = 'later'").run()
    expect(releasable.find(remote, 10)).toEqual(['kept'])
    release('kept')
    db.prepare("UPDATE assets SET deleted_at = NULL WHERE id = 'later'").run()
    expect(releasable.find(remote, 10)).toEqual(['later'])
  })

  it('is all there is, a part at a time', () => {
    const ids = Array.from({ length: 25 }, (_, index) => `asset-${String(index).padStart(2, '0')}`)
    for (const id of ids) {
      add(id)
      hold(id)
    }
    expect(releasable.find(remote, 10)).toEqual([])
    for (const id of ids) store(id)
    const told: string[] = []
    for (let found = releasable.find(remote, 10); found.length > 0; found = releasable.find(remote, 10)) {
      expect(found.length).toBeLessThanOrEqual(10)
      for (const id of found) release(id)
      told.push(...found)
    }
    expect(told.sort()).toEqual(ids)
  })

  it('is found for another remote, and after what is held was put together anew', () => {
    add('a')
    hold('a')
    store('a')
    expect(releasable.find(other, 10)).toEqual([])
    expect(releasable.find(remote, 10)).toEqual(['a'])
    add('b')
    store('b')
    expect(releasable.find(remote, 10)).toEqual(['a'])
    expect(releasable.find(remote, 10)).toEqual(['a'])
    hold('b')
    releasable.reset()
    expect(releasable.find(remote, 10)).toEqual(['a', 'b'])
  })

  it('does not change with what is rolled back', () => {
    add('a')
    hold('a')
    expect(releasable.find(remote, 10)).toEqual([])
    const undone = db.transaction(() => {
      store('a')
      throw new Error('full')
    })
    expect(undone).toThrow('full')
    expect(db.prepare('SELECT count(*) FROM temp.release_candidates').pluck().get()).toBe(0)
  })
})
