import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeviceId } from '../../../../shared/domain/ids.ts'
import { openDatabase } from '../database.ts'
import type { CellValue } from '../journal/operation.ts'
import { Mutations } from '../mutations.ts'
import { registerSqlFunctions } from '../sqlFunctions.ts'
import { type Known, knowsOf, runsOf, shuffle } from './fixtures/concurrentWrites.ts'
import { emptyTally, mergeOperations } from './mergeSegment.ts'
import { mergeWrite, whatStands } from './mergeWrites.ts'
import { Merging } from './merging.ts'

const self = '99999999-0000-4000-8000-000000000000' as DeviceId
const [asset, collection] = ['1', '2'].map((digit) => `${digit.repeat(8)}-0000-7000-8000-000000000000`)
const link = `${collection}/${asset}`

/** A collection with an asset that it does not hold, and one operation on the link between them after the other. */
class Library {
  readonly #db: Database.Database
  readonly #mutations: Mutations
  readonly #merging: Merging

  constructor(template: Buffer) {
    this.#db = new Database(template)
    registerSqlFunctions(this.#db)
    this.#mutations = new Mutations(this.#db, self)
    this.#merging = new Merging(this.#db, self, () => false)
  }

  merge(write: Known<CellValue | 'move'>, index: number): void {
    const { device, place, stamp, seen, value } = write
    const header = { device, seq: place, seen }
    const origin = { device, place, knows: knowsOf(write), now: 0, outbox: 0, header }
    const operation =
      value === 'move'
        ? { entity: 'membership' as const, id: link, field: 'position', value: placeOfMove(stamp), stamp }
        : { entity: 'membership' as const, id: link, field: 'in', value, stamp }
    this.#mutations.merge((door) =>
      this.#merging.within(door, origin, { ...emptyTally(), place: index }, () =>
        mergeOperations(this.#merging, [operation]),
      ),
    )
  }

  shown(): unknown {
    return this.#db.prepare('SELECT added_at AS at, position FROM collection_assets').get() ?? null
  }
  close(): void {
    this.#db.close()
  }
}

/** Each move goes to a place of its own. */
const placeOfMove = (stamp: string): number => 1000 + Number(stamp.slice(0, 13)) + Number(`0x${stamp.slice(14, 20)}`)

let template: Buffer
beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-link-'))
  const db = openDatabase(join(folder, 'catalog.sqlite'))
  db.pragma('journal_mode = DELETE')
  const mutations = new Mutations(db, self)
  mutations.run({ kind: 'edit', label: () => '', undoable: false, now: 1 }, (writer) => {
    writer.set('asset', asset!, '', {
      owner_id: 'o',
      space: 'library',
      status: 'available',
      asset_type: 'image',
      file_name: 'pier.png',
      extension: 'png',
      mime_type: 'image/png',
      file_size_bytes: 10,
      sha256: 'ab'.repeat(32),
      storage_path: 'originals/2026/11/pier.png',
      created_at: 1,
      updated_at: 1,
      imported_at: 1,
    })
    const record = { parent_id: null, name: 'Piers', kind: 'manual', position: 0, created_at: 1, updated_at: 1 }
    writer.set('collection', collection!, '', record)
  })
  template = db.serialize()
  db.close()
  rmSync(folder, { recursive: true })
})

const open: Library[] = []
afterAll(() => {
  for (const library of open) library.close()
})
const afterAllOf = (writes: readonly Known<CellValue | 'move'>[]): unknown => {
  const library = new Library(template)
  open.push(library)
  for (const [index, write] of writes.entries()) library.merge(write, index)
  const shown = library.shown()
  library.close()
  open.pop()
  return shown
}

const writes = runsOf<CellValue | 'move'>(
  fc.oneof(
    fc.nat(9).map((at) => ({ at, position: at })),
    fc.constant(null),
    fc.constant('move' as const),
  ),
  {
    device: (index) => `${String(index + 1).repeat(8)}-0000-4000-8000-000000000000`,
    stamp: (skew, index, device) => `${1_790_000_000_000 + skew}.${index.toString(16).padStart(6, '0')}.${device}`,
  },
  14,
)

describe('a link in an order made by hand', () => {
  it('stands and has its place whatever the order in which making, moving and taking out come together', () => {
    fc.assert(
      fc.property(writes, fc.array(fc.nat(), { maxLength: 20 }), (run, picks) => {
        expect(afterAllOf(shuffle(run, picks))).toEqual(afterAllOf(run))
      }),
      { numRuns: 60 },
    )
  })

  it('is the shown one of the writes that made it, in the place of the latest move if that is later', () => {
    fc.assert(
      fc.property(writes, (run) => {
        const links = run.filter(({ value }) => value !== 'move')
        const [made] = links.reduce<readonly Known<CellValue>[]>(
          (kept, write) => mergeWrite(kept, write as Known<CellValue>, knowsOf(write), whatStands),
          [],
        )
        const moves = run.filter(({ value }) => value === 'move').map(({ stamp }) => stamp)
        const moved = moves.sort().at(-1)
        const expected =
          made === undefined || made.value === null
            ? null
            : moved !== undefined && moved > made.stamp
              ? { ...(made.value as object), position: placeOfMove(moved) }
              : made.value
        expect(afterAllOf(run)).toEqual(expected)
      }),
      { numRuns: 60 },
    )
  })

  it('is not changed by anything that comes again', () => {
    fc.assert(
      fc.property(writes, (run) => {
        const moves = run.filter(({ value }) => value === 'move')
        expect(afterAllOf([...run, ...moves])).toEqual(afterAllOf(run))
      }),
      { numRuns: 30 },
    )
  })
})
