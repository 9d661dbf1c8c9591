import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { importedFile, inTestLibrary, START, type TestLibrary } from '../library/fixtures/testLibrary.ts'
import { openDatabase, openForReading } from './database.ts'
import type { CellValue, Operation } from './journal/operation.ts'
import { Mutations } from './mutations.ts'
import { decisive, runsOf } from './replaySets.ts'

const ASSETS = 12
const assets = Array.from({ length: ASSETS }, (_, index) => `00000000-0000-7000-8000-0000000000${10 + index}`)
const TAG = '10000000-0000-4000-8000-000000000000'
const stampAt = (at: number): string => `${START + at}.000000.device`

/** Changes of one field of some assets, made at once; the later ones have the greater stamps. */
const change = fc.record({
  what: fc.constantFrom('rating', 'custom_title', 'deleted_at', 'keep', 'tag', 'place', 'purged'),
  pick: fc.nat({ max: 3 }),
  value: fc.nat({ max: 2 }),
})

function operationsOf(changes: readonly { what: string; pick: number; value: number }[]): Operation[] {
  const made: Operation[] = assets.map((id) => {
    const { fileName, sha256, storagePath } = importedFile(id, START)
    const first = { owner_id: 'o', space: 'workspace', status: 'available', asset_type: 'image', file_name: fileName }
    const file = { extension: 'png', mime_type: 'image/png', file_size_bytes: 1, sha256, storage_path: storagePath }
    const times = { created_at: START, updated_at: START, imported_at: START, expires_at: START + 1000 }
    return { entity: 'asset', id, field: '', value: { ...first, ...file, ...times }, stamp: stampAt(0) }
  })
  const tag = { parent_id: null, name: 'sea', color: null, created_at: START, deleted_at: null }
  made.push({ entity: 'tag', id: TAG, field: '', value: tag, stamp: stampAt(0) })
  const current = new Map<string, CellValue>()
  for (const id of assets)
    current
      .set(`${id} rating`, 0)
      .set(`${id} space`, 'workspace')
      .set(`${id} expires_at`, START + 1000)
  for (const [index, { what, pick, value }] of changes.entries()) {
    const at = START + index + 1
    const set = (entity: string, id: string, field: string, after: CellValue): void => {
      const asset = id.slice(-36)
      // As the program writes them: what changes nothing is not written, and nothing is done to what is gone for good.
      const unchanged = JSON.stringify(current.get(`${id} ${field}`) ?? null) === JSON.stringify(after)
      if (unchanged || current.has(`${asset} purged`)) return
      current.set(`${id} ${field}`, after)
      made.push({ entity, id, field, value: after, stamp: stampAt(index + 1) })
    }
    // Three sets of assets that overlap, and one of few.
    const some = pick === 3 ? assets.slice(0, 2) : assets.slice(pick, pick + 9)
    for (const [place, id] of some.entries()) {
      switch (what) {
        case 'tag': {
          const link = `${TAG}/${id}`
          if (value === 0) set('assetTag', link, 'in', null)
          else if ((current.get(`${link} in`) ?? null) === null) set('assetTag', link, 'in', { at })
          break
        }
        case 'keep':
          // In this order, because nothing in the Library is given an end.
          if (value === 0) set('asset', id, 'expires_at', null)
          set('asset', id, 'space', value === 0 ? 'library' : 'workspace')
          if (value !== 0) set('asset', id, 'expires_at', at)
          break
        case 'place':
          set('asset', id, 'rating', place % 6)
          break
        case 'rating':
          set('asset', id, 'rating', value)
          break
        case 'custom_title':
          set('asset', id, 'custom_title', [null, 'Pier', 'Lamp at night'][value] ?? null)
          break
        case 'deleted_at':
          set('asset', id, 'deleted_at', value === 0 ? null : at)
          break
        case 'purged':
          set('asset', id, 'purged', at)
          break
      }
    }
  }
  return made
}

/** What a library is when it has replayed these, in so many goes. */
function replayed(library: TestLibrary, goes: readonly (readonly Operation[])[]): unknown {
  const file = library.folder.catalog
  library.catalog.close()
  const db = openDatabase(file)
  const mutations = new Mutations(db, library.catalog.deviceId)
  for (const operations of goes) mutations.replay(operations)
  db.close()
  const read = openForReading(file)
  const all = (sql: string) => read.prepare(sql).all()
  const found = [
    all(
      'SELECT id, space, rating, custom_title, deleted_at, expires_at, updated_at, tag_count FROM assets ORDER BY id',
    ),
    all('SELECT a.id, x.added_at FROM asset_tags x JOIN assets a ON a.row_id = x.asset_row ORDER BY 1'),
    all('SELECT name, asset_count, total_count FROM tags'),
    all('SELECT * FROM stamps'),
    all('SELECT asset_id, at FROM tombstones'),
    all('SELECT space, assets, bytes FROM asset_totals WHERE assets > 0'),
    all(
      "SELECT a.id FROM asset_search s JOIN assets a ON a.row_id = s.rowid WHERE asset_search MATCH 'pier' ORDER BY 1",
    ),
    all(
      "SELECT a.id FROM asset_search s JOIN assets a ON a.row_id = s.rowid WHERE asset_search MATCH 'lamp' ORDER BY 1",
    ),
  ]
  read.close()
  return found
}

describe('replaying operations', () => {
  it('together gives what replaying them one after the other gives', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), fc.nat(), (changes, cut) => {
        const operations = operationsOf(changes)
        const half = cut % operations.length
        let [apart, together, inHalves]: unknown[] = []
        inTestLibrary((library) => {
          apart = replayed(
            library,
            operations.map((operation) => [operation]),
          )
        })
        inTestLibrary((library) => {
          together = replayed(library, [operations])
        })
        inTestLibrary((library) => {
          inHalves = replayed(library, [operations.slice(0, half), operations.slice(half)])
        })
        expect(together).toEqual(apart)
        expect(inHalves).toEqual(apart)
      }),
      { numRuns: 5 },
    )
  })

  it('is the same in whatever order operations of a cell come, as the greatest stamp wins', () => {
    const operations = operationsOf([
      { what: 'rating', pick: 0, value: 1 },
      { what: 'rating', pick: 1, value: 2 },
    ])
    const made = operations.filter(({ field }) => field === '')
    const set = operations.filter(({ field }) => field !== '')
    const states = [set, set.toReversed()].map((order) => {
      let state: unknown
      inTestLibrary((library) => {
        state = replayed(library, [[...made, ...order]])
      })
      return (state as unknown[])[0]
    })
    const ratings = states.map((rows) => (rows as { rating: number }[]).map(({ rating }) => rating))
    expect(ratings[1]).toEqual(ratings[0])
    expect(ratings[0]).toEqual([1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0])
  })
})

describe('the operations that decide', () => {
  const operation = (id: string, field: string, at: number): Operation => {
    return { entity: 'asset', id, field, value: at, stamp: stampAt(at) }
  }

  it('are what makes entities, and the latest of each cell in its place', () => {
    const [a1, b1, a2, made] = [
      operation('a', 'x', 1),
      operation('b', 'x', 1),
      operation('a', 'x', 2),
      operation('c', '', 0),
    ]
    expect(decisive([a1, b1, made, a2])).toEqual([made, b1, a2])
    expect(decisive([a2, a1])).toEqual([a2])
  })

  it('come in runs of the same field', () => {
    const list = [operation('a', 'x', 1), operation('b', 'x', 1), operation('a', 'y', 2), operation('c', 'x', 3)]
    expect([...runsOf(list)].map(({ field, operations }) => [field, operations.length])).toEqual([
      ['x', 2],
      ['y', 1],
      ['x', 1],
    ])
    expect([...runsOf([])]).toEqual([])
  })
})
