import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import { sha256Schema } from '../../../../shared/domain/ids.ts'
import { download } from './download.ts'

const bytes = randomBytes(300_000)
const sha256 = sha256Schema.parse(createHash('sha256').update(bytes).digest('hex'))

let folder: string
let target: string
let partial: string
let asked: number[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-download-'))
  target = join(folder, 'originals', '2026', 'a.bin')
  partial = join(folder, 'cache', `${sha256}.part`)
  asked = []
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Serves `content`, breaking off after `most` bytes. */
function store(content: Buffer = bytes, most = Number.POSITIVE_INFINITY) {
  return {
    get(_key: string, range?: { start: number; end: number }) {
      asked.push(range?.start ?? 0)
      const wanted = content.subarray(range?.start ?? 0, range === undefined ? undefined : range.end + 1)
      const chunks = function* () {
        for (let at = 0; at < Math.min(wanted.length, most); at += 10_000) {
          yield wanted.subarray(at, Math.min(at + 10_000, most))
        }
        if (wanted.length > most) throw new VitrineError('remote_unreachable', 'The connection was lost.')
      }
      return Promise.resolve(Readable.from(chunks()))
    },
  }
}
const fetch = (from: ReturnType<typeof store>, more: object = {}) =>
  download({ store: from, key: 'a', sha256, size: bytes.length, target, partial, ...more })
const leave = (content: Uint8Array) => {
  mkdirSync(dirname(partial), { recursive: true })
  writeFileSync(partial, content)
}

describe('a download', () => {
  it('puts the whole object under its name and leaves nothing half-made', async () => {
    let counted = 0
    await fetch(store(), { onBytes: (more: number) => (counted += more) })
    expect(readFileSync(target).equals(bytes)).toBe(true)
    expect(existsSync(partial)).toBe(false)
    expect(counted).toBe(bytes.length)
  })

  it('goes on where a lost connection left it, however often that happens', async () => {
    const flaky = store(bytes, 70_000)
    for (let attempt = 0; attempt < 4; attempt++) {
      await expect(fetch(flaky)).rejects.toMatchObject({ code: 'remote_unreachable' })
      expect(existsSync(target)).toBe(false)
    }
    expect(await fetch(flaky)).toEqual({ resumedFrom: 280_000 })
    expect(asked).toEqual([0, 70_000, 140_000, 210_000, 280_000])
    expect(readFileSync(target).equals(bytes)).toBe(true)
  })

  it('keeps what it has when it is stopped, and says so', async () => {
    const stop = new AbortController()
    const onBytes = () => stop.abort()
    await expect(fetch(store(), { signal: stop.signal, onBytes })).rejects.toMatchObject({ code: 'cancelled' })
    expect(readFileSync(partial).length).toBe(10_000)
    await expect(fetch(store(), { signal: stop.signal })).rejects.toMatchObject({ code: 'cancelled' })
    expect(await fetch(store())).toEqual({ resumedFrom: 10_000 })
  })

  it('ends with the right file whatever is found half-made', async () => {
    const leftovers = fc.oneof(
      fc.nat(bytes.length).map((length) => bytes.subarray(0, length)),
      fc.uint8Array({ maxLength: 400 }),
      fc.constant(randomBytes(bytes.length)),
      fc.constant(Buffer.concat([bytes, Buffer.from('more')])),
    )
    await fc.assert(
      fc.asyncProperty(leftovers, async (leftover) => {
        leave(leftover)
        await fetch(store())
        expect(readFileSync(target).equals(bytes)).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  it('asks for nothing when the half-made file is whole already', async () => {
    leave(bytes)
    await fetch(store())
    expect(asked).toEqual([])
    expect(readFileSync(target).equals(bytes)).toBe(true)
  })

  it.each([
    ['other bytes of the same length', Buffer.from(randomBytes(bytes.length))],
    ['more than was said', Buffer.concat([bytes, Buffer.from('x')])],
  ])('refuses %s and keeps none of it', async (_what, content) => {
    await expect(fetch(store(content))).rejects.toMatchObject({ code: 'remote_checksum' })
    expect(existsSync(target)).toBe(false)
    expect(existsSync(partial) ? readFileSync(partial).length : 0).toBe(0)
  })

  it('takes less than was said for a lost connection', async () => {
    await expect(fetch(store(bytes.subarray(0, 50_000)))).rejects.toMatchObject({ code: 'remote_unreachable' })
    expect(readFileSync(partial).length).toBe(50_000)
  })

  it('makes an empty file without asking', async () => {
    const empty = sha256Schema.parse(createHash('sha256').digest('hex'))
    await download({ store: store(Buffer.alloc(0)), key: 'e', sha256: empty, size: 0, target, partial })
    expect(readFileSync(target).length).toBe(0)
  })
})
