import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DeviceId, LibraryId } from '../../../../shared/domain/ids.ts'
import { type Db, openDatabase } from '../database.ts'
import { openJournal, readLogs } from './journal.ts'
import type { Operation } from './operation.ts'
import { decodeSegment, encodeSegment, segmentHash } from './segment.ts'

const library = 'aaaaaaaa-0000-4000-8000-000000000000' as LibraryId
const device = 'dddddddd-0000-4000-8000-000000000000' as DeviceId
let root: string
let db: Db
const folder = () => join(root, 'journal')
const own = () => join(folder(), device)

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-journal-'))
  mkdirSync(folder())
  db = openDatabase(join(root, 'catalog.sqlite'))
})
afterEach(() => {
  db.close()
  rmSync(root, { recursive: true, force: true })
})

const operation = (index: number): Operation => ({
  entity: 'asset',
  id: `asset-${index}`,
  field: 'rating',
  value: index,
  stamp: `s${index}`,
})
const put = (from: number, to: number) => {
  const insert = db.prepare('INSERT INTO journal_outbox(operation) VALUES (?)')
  db.transaction(() => {
    for (let index = from; index < to; index++) insert.run(JSON.stringify(operation(index)))
  })()
}
const open = () => openJournal(db, folder(), library, device, () => 0)
const everything = () =>
  readLogs(folder()).flatMap(({ log }) => [...log].flatMap(({ lines }) => lines.map((line) => JSON.parse(line))))

describe('a journal', () => {
  it('seals what waits into dense segments that name each other', () => {
    const journal = open()
    put(0, 3)
    journal.seal()
    put(3, 5)
    journal.seal()
    journal.seal()
    const names = readdirSync(own()).sort()
    expect(names).toEqual(['0000000000000001.jsonl.gz', '0000000000000002.jsonl.gz'])
    const [first, second] = names.map((name) => readFileSync(join(own(), name)))
    expect(decodeSegment(second ?? Buffer.of()).header).toMatchObject({
      seq: 2,
      prevSha: segmentHash(first ?? Buffer.of()),
    })
    expect(everything()).toEqual([0, 1, 2, 3, 4].map(operation))
    expect(journal.unsealed).toBe(0)
  })

  it('splits a large outbox, so that no segment is unbounded', () => {
    put(0, 5001)
    open().seal()
    expect(readdirSync(own())).toHaveLength(2)
    expect(everything()).toHaveLength(5001)
  })

  it('writes nothing twice when it was killed between the segment and its record', () => {
    put(0, 4)
    // The segment is on the disk, but the transaction that records it and empties the outbox never happened.
    const rows = db.prepare('SELECT operation FROM journal_outbox').pluck().all() as string[]
    const header = { format: 1 as const, library, device, seq: 1, prevSha: null, seen: {}, lastOutbox: 4 }
    open().seal()
    db.exec('DELETE FROM journal_segments')
    for (const [index, text] of rows.entries())
      db.prepare('INSERT INTO journal_outbox(seq, operation) VALUES (?, ?)').run(index + 1, text)
    writeFileSync(join(own(), '0000000000000001.jsonl.gz'), encodeSegment(header, rows))

    const journal = open()
    expect(journal.unsealed).toBe(0)
    put(4, 6)
    journal.seal()
    expect(everything()).toEqual([0, 1, 2, 3, 4, 5].map(operation))
  })

  it('waits while the library’s own folder is away, and makes nothing in its place', () => {
    const journal = open()
    put(0, 3)
    rmSync(folder(), { recursive: true })
    expect(() => journal.seal()).toThrow()
    expect(existsSync(folder())).toBe(false)
    expect(journal.unsealed).toBe(3)
    mkdirSync(folder())
    journal.seal()
    expect(everything()).toEqual([0, 1, 2].map(operation))
  })

  it('ends where a segment is damaged, and never guesses', () => {
    const journal = open()
    for (const part of [0, 1, 2]) {
      put(part, part + 1)
      journal.seal()
    }
    const second = join(own(), '0000000000000002.jsonl.gz')
    writeFileSync(second, readFileSync(second).subarray(0, 40))
    expect(everything()).toEqual([operation(0)])
  })
})

describe('a segment', () => {
  // A key that objects give a meaning of their own is in no cell.
  const value = fc.jsonValue().filter((any) => !JSON.stringify(any).includes('__proto__'))
  const header = { format: 1 as const, library, device, seq: 1, prevSha: null, seen: {}, lastOutbox: 1 }

  it('gives back what went in', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ id: fc.string(), value: value, stamp: fc.string() })), (parts) => {
        const operations = parts.map((part) => ({ entity: 'asset', field: 'custom_title', ...part }) as Operation)
        const lines = operations.map((entry) => JSON.stringify(entry))
        const decoded = decodeSegment(encodeSegment(header, lines))
        expect(decoded.header).toEqual(header)
        expect(decoded.operations).toEqual(JSON.parse(JSON.stringify(operations)))
      }),
    )
  })

  it('is refused with a typed error when cut at any length', () => {
    const bytes = encodeSegment(header, [JSON.stringify(operation(1)), JSON.stringify(operation(2))])
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeSegment(bytes.subarray(0, length))).toThrow(expect.objectContaining({ code: 'io_error' }))
    }
  })

  it('is refused when it is a gzip bomb', () => {
    const bomb = gzipSync(Buffer.alloc(300 * 1024 * 1024))
    expect(() => decodeSegment(bomb)).toThrow(expect.objectContaining({ code: 'io_error' }))
  })
})
