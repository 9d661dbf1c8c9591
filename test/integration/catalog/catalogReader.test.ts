import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportedFile } from '../../../src/main/engine/catalog/assetRecords.ts'
import type { Catalog } from '../../../src/main/engine/catalog/catalog.ts'
import { type CatalogReader, createCatalogReader } from '../../../src/main/engine/catalog/reader/catalogReader.ts'
import { createReaderThread } from '../../../src/main/engine/catalog/reader/readerThread.ts'
import { createLibrary, openLibrary } from '../../../src/main/engine/library/openLibrary.ts'
import type { AssetId, Sha256 } from '../../../src/shared/domain/ids.ts'
import { libraryQuerySchema } from '../../../src/shared/domain/query.ts'
import { insertMany } from './insertMany.ts'

const NOW = Date.UTC(2026, 10, 21)
const program = fileURLToPath(new URL('../../../src/main/engine/catalog/reader/reader.thread.ts', import.meta.url))
let root: string
let catalog: Catalog
let reader: CatalogReader
let made = 0

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-reader-'))
  createLibrary(root, 'Test', NOW)
  catalog = openLibrary(root, () => NOW).catalog
  reader = createCatalogReader({ catalog, file: join(root, 'catalog.sqlite'), program, threads: true, atOnce: 0 })
})
afterEach(async () => {
  await reader.close()
  catalog.close()
  rmSync(root, { recursive: true, force: true })
})

function register(count: number): void {
  const files = Array.from({ length: count }, (): ImportedFile => {
    const number = made++
    return {
      id: randomUUID() as AssetId,
      space: 'library',
      fileName: `picture ${number}.png`,
      extension: 'png',
      mimeType: 'image/png',
      assetType: number % 2 === 0 ? 'image' : 'video',
      fileSizeBytes: (number * 31) % 977,
      sha256: createHash('sha256').update(`reader ${number}`).digest('hex') as Sha256,
      storagePath: `originals/2026/11/${number}.png`,
      sourcePath: null,
      jobId: null,
      collectionId: null,
      createdAt: NOW,
      importedAt: NOW - number,
      expiresAt: null,
      another: true,
      importItem: null,
    }
  })
  catalog.assets.register(files)
}
const library = libraryQuerySchema.parse({ view: { kind: 'library' } })
const bySize = libraryQuerySchema.parse({ ...library, sort: { field: 'file_size_bytes', direction: 'desc' } })
const request = (query = library, since: number | null = null) => ({ query, since, now: NOW })

async function collect(stream: string, query = library) {
  const opening = await reader.open(stream, request(query))
  if (opening.kind !== 'first') throw new Error('expected a whole vector')
  const rows = [...opening.rowIds]
  for (let { done } = opening; !done; ) {
    const part = await reader.more(opening.handle)
    rows.push(...part.rowIds)
    done = part.done
  }
  return { rows, first: opening.rowIds.length, revision: opening.revision }
}

describe('a catalogue that is read on threads', () => {
  it('answers what the catalogue itself would, also while it is written to', async () => {
    for (let round = 0; round < 8; round++) {
      register(30)
      const asked = Promise.all([
        reader.query(bySize, NOW),
        reader.facets({ ...request(), kinds: ['type'], limit: 9 }),
        reader.counts(NOW),
      ])
      const before = catalog.revision
      register(5)
      const [vector, facets, counts] = await asked
      expect(vector.revision).toBeGreaterThanOrEqual(before)
      expect(vector.total).toBe(vector.revision === before ? round * 35 + 30 : round * 35 + 35)
      expect(facets.total).toBe(facets.revision === before ? round * 35 + 30 : round * 35 + 35)
      expect(counts.library).toBe(counts.revision === before ? round * 35 + 30 : round * 35 + 35)
      expect(await reader.stats()).toEqual(catalog.stats())
      expect([...(await reader.query(bySize, NOW)).rowIds]).toEqual([...catalog.assets.query(bySize, NOW).rowIds])
    }
  })

  it('sends a long vector in parts, and patches once it is there', async () => {
    insertMany(join(root, 'catalog.sqlite'), 9000)
    const { rows, first, revision } = await collect('window', bySize)
    expect(rows).toEqual([...catalog.assets.query(bySize, NOW).rowIds])
    expect(first).toBeGreaterThanOrEqual(2000)
    register(1)
    expect(await reader.open('window', request(bySize, revision))).toMatchObject({
      kind: 'patched',
      revision: catalog.revision,
      total: 9001,
      patches: [{ inserted: expect.any(Int32Array) }],
    })
  })

  it('cancels a query when the same asker comes with another, and leaves other askers alone', async () => {
    insertMany(join(root, 'catalog.sqlite'), 9000)
    const [older, newer, other] = await Promise.allSettled([
      reader.open('window', request(bySize)),
      collect('window', library),
      collect('elsewhere', bySize),
    ])
    expect(older).toMatchObject({ status: 'rejected', reason: { code: 'cancelled' } })
    expect(newer).toMatchObject({ status: 'fulfilled', value: { rows: { length: 9000 } } })
    expect(other).toMatchObject({ status: 'fulfilled', value: { rows: { length: 9000 } } })
    await expect(reader.more(12_345)).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('refuses what is under way when it is closed', async () => {
    register(100)
    const asked = Promise.allSettled([
      reader.open('window', request()),
      reader.facets({ ...request(), kinds: ['tag'], limit: 5 }),
    ])
    await reader.close()
    for (const result of await asked) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'cancelled' } })
    }
    await expect(reader.counts(NOW)).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('a small library', () => {
  it('is read at once, and by threads when it has grown', async () => {
    const file = join(root, 'catalog.sqlite')
    const growing = createCatalogReader({ catalog, file, program, threads: true, atOnce: 10 })
    register(10)
    const small = await growing.open('window', request(bySize))
    expect(small).toMatchObject({ kind: 'first', revision: catalog.revision, total: 10, done: true })
    register(1)
    const opening = await growing.open('window', request(bySize, catalog.revision - 1))
    if (opening.kind !== 'first') throw new Error('expected a whole vector')
    expect([...opening.rowIds]).toEqual([...catalog.assets.query(bySize, NOW).rowIds])
    await growing.close()
  })
})

describe('a thread that reads', () => {
  it('is started again after it died, and told nothing twice', async () => {
    register(10)
    const options = { file: join(root, 'catalog.sqlite'), unsorted: catalog.unsortedId }
    const dying = join(root, 'dying.mjs')
    // Dies of its first task, in its first life.
    writeFileSync(
      dying,
      `import { existsSync, writeFileSync } from 'node:fs'
       import { parentPort } from 'node:worker_threads'
       const mark = ${JSON.stringify(join(root, 'died'))}
       if (existsSync(mark)) await import(${JSON.stringify(program)})
       else parentPort.on('message', () => { writeFileSync(mark, ''); process.exit(1) })`,
    )
    const thread = createReaderThread(dying, options)
    await expect(thread.run('counts', { now: NOW }).result).rejects.toMatchObject({ code: 'engine_restarting' })
    expect(await thread.run('counts', { now: NOW }).result).toMatchObject({ library: 10 })
    await thread.close()
  })

  it('tells of a catalogue that is no database', async () => {
    const file = join(root, 'broken.sqlite')
    writeFileSync(file, 'x'.repeat(8192))
    const thread = createReaderThread(program, { file, unsorted: catalog.unsortedId })
    await expect(thread.run('counts', { now: NOW }).result).rejects.toMatchObject({ code: 'catalog_damaged' })
    await thread.close()
  })
})
