import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { VitrineError } from '../../../shared/contract/errors.ts'
import { type LibraryId, libraryIdSchema } from '../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { ObjectStore } from '../ports.ts'
import { thumbnailFetches } from './cloudOnlyThumbnails.ts'
import { thumbnailKey } from './objectKeys.ts'

const owner: LibraryId = libraryIdSchema.parse('cccccccc-0000-4000-8000-000000000000')
const picture = Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBP'), Buffer.alloc(20)])
const hashOf = (row: number) => createHash('sha256').update(String(row)).digest('hex') as never
const keyOf = (row: number): string => thumbnailKey(owner, hashOf(row))

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-thumbs-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** So many rows that are elsewhere, and a store that lacks the thumbnails of some; what was asked of it, in order. */
function setUp(rows: number, lacks: ReadonlySet<string> = new Set(), areThere = true) {
  const asked: string[] = []
  const catalog = {
    remotes: {
      cloudOnly: (before: number, limit: number) =>
        Array.from({ length: limit }, (_, index) => Math.min(before - 1, rows) - index).filter((row) => row > 0),
    },
    assets: { findByRow: (row: number) => (areThere ? { sha256: hashOf(row) } : undefined) },
  } as unknown as Catalog
  const store = {
    async get(key: string) {
      asked.push(key)
      if (lacks.has(key)) throw new VitrineError('not_found', 'None.')
      return Readable.from([picture])
    },
  } as unknown as ObjectStore
  let ended: () => void = () => {}
  const failures: unknown[] = []
  const fetches = thumbnailFetches({
    catalog,
    root,
    owner,
    onEnded: () => ended(),
    onFailed: (error) => failures.push(error),
  })
  const finish = async (): Promise<void> => {
    for (let isUnseen = fetches.fill(store); isUnseen || fetches.size > 0; isUnseen = fetches.fill(store)) {
      if (fetches.size > 0)
        await new Promise<void>((resolve) => {
          ended = resolve
        })
    }
  }
  return { asked, fetches, store, finish, failures }
}

it('fetches what a window shows before all else, in its order, also what it asks for later', async () => {
  const { asked, fetches, store, finish } = setUp(40)
  fetches.add([39, 40])
  fetches.prefer([7, 5, 6])
  fetches.fill(store)
  expect(asked.slice(0, 3)).toEqual([keyOf(7), keyOf(5), keyOf(6)])
  fetches.add([1])
  fetches.prefer([2, 3])
  const before = asked.length
  await finish()
  expect(asked.slice(before, before + 2)).toEqual([keyOf(2), keyOf(3)])
  expect(new Set(asked).size).toBe(40)
})

it('asks for each once, and looks again only for what was lacking', async () => {
  const lacks = new Set([keyOf(3)])
  const { asked, fetches, finish, failures } = setUp(10, lacks)
  await finish()
  expect(asked).toHaveLength(10)
  expect(fetches.isDone).toBe(false)
  lacks.clear()
  fetches.lookAgain()
  await finish()
  expect(asked).toHaveLength(11)
  expect(fetches.isDone).toBe(true)
  fetches.lookAgain()
  await finish()
  expect(asked).toHaveLength(11)
  expect(failures).toEqual([])
})

it('looks at a large library in steps, and not at all where nothing is left to do', async () => {
  const large = setUp(5000, new Set(), false)
  expect([1, 2, 3].map(() => large.fetches.fill(large.store))).toEqual([true, true, false])
  const done = setUp(5000)
  done.fetches.skipLook()
  expect(done.fetches.fill(done.store)).toBe(false)
  expect(done.asked).toEqual([])
})
