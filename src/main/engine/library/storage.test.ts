import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AssetId } from '../../../shared/domain/ids.ts'
import { openRemotePolicy } from '../../../shared/domain/remote.ts'
import { type Quotas, quotaOf } from '../../../shared/domain/storage.ts'
import type { ImportedFile } from '../catalog/assetRecords.ts'
import { whyRefused } from '../sync/uploadPolicy.ts'
import { addToCollection, createCollection } from './editCollections.ts'
import { libraryForEachTest, START, sha256Of } from './fixtures/testLibrary.ts'
import { changePolicy } from './lifecyclePolicy.ts'
import { measureDisk } from './storageOnDisk.ts'
import { watchQuotas } from './storageQuotas.ts'
import { trashAssets } from './trashAssets.ts'

const library = libraryForEachTest()
const add = (name: string, bytes: number, overrides: Partial<ImportedFile> = {}): AssetId =>
  library.add(name, { fileSizeBytes: bytes, another: true, ...overrides })

describe('the usage of a library', () => {
  it('adds up by what its assets are and where they are', () => {
    const [a, b] = [add('a', 100), add('b', 50, { importedAt: Date.UTC(2025, 1, 1) })]
    add('film', 1000, { assetType: 'video', space: 'workspace' })
    add('again', 100, { sha256: sha256Of('a') })
    trashAssets(library.catalog, { ids: [add('gone', 7)] }, START)
    const { collection } = createCollection(library.catalog, 'Harbours', undefined, START)
    addToCollection(library.catalog, collection.id, { ids: [a, b] }, START)
    const usage = library.catalog.usage()
    expect(usage).toMatchObject({
      total: { assets: 4, bytes: 1250 },
      trash: { assets: 1, bytes: 7 },
      bySpace: { library: { assets: 3, bytes: 250 }, workspace: { assets: 1, bytes: 1000 } },
      byType: { image: { assets: 3, bytes: 250, averageBytes: 250 / 3 }, video: { averageBytes: 1000 } },
      byCollection: [
        { assets: 1, bytes: 100 },
        { id: collection.id, name: 'Harbours', assets: 2, bytes: 150 },
      ],
      byYear: [
        { name: '2026', assets: 3, bytes: 1200 },
        { name: '2025', assets: 1, bytes: 50 },
      ],
      duplicates: { assets: 1, bytes: 100 },
    })
    expect(usage.largest.map(({ file_name }) => file_name)).toEqual(['film', 'a', 'again', 'b'])
    expect(library.catalog.stats()).toMatchObject({ byType: usage.byType, byCollection: usage.byCollection })
  })

  it('measures what stands beside the originals', async () => {
    mkdirSync(join(library.folder.thumbnails, 'ab'), { recursive: true })
    writeFileSync(join(library.folder.thumbnails, 'ab', 'x.webp'), Buffer.alloc(321))
    expect(await measureDisk(library.folder)).toMatchObject({
      cache: { bytes: 321, estimated: false },
      catalog: expect.any(Number),
      free: expect.any(Number),
    })
  })
})

describe('a quota', () => {
  it('warns from 80 and 95 %, and is full when it is', () => {
    expect([0, 79, 80, 94, 95, 99, 100, 200].map((used) => quotaOf(used, 100).state)).toEqual([
      'ok',
      'ok',
      'warning',
      'warning',
      'critical',
      'critical',
      'full',
      'full',
    ])
    expect(quotaOf(1e15, null).state).toBe('ok')
  })

  it('says so when its state is another, and only then', async () => {
    await changePolicy(library.catalog, { quotaBytes: 100 }, START)
    const said: Quotas[] = []
    const look = watchQuotas(library.catalog, (quotas) => said.push(quotas))
    for (const bytes of [10, 60, 15, 1]) {
      add(`file ${bytes}`, bytes)
      look()
    }
    expect(said.map(({ library }) => library)).toEqual([{ used: 85, quota: 100, state: 'warning' }])
  })
})

describe('an upload policy', () => {
  it('refuses exactly what is of another type, too large, or more than there is room for', () => {
    const types = ['image/png', 'image/jpeg', 'video/mp4']
    const limit = fc.option(fc.integer({ min: 1, max: 50 }), { nil: null })
    fc.assert(
      fc.property(
        fc.record({ type: fc.constantFrom(...types), bytes: fc.nat(60), used: fc.nat(60), size: limit, quota: limit }),
        fc.constantFrom<string[] | null>(null, ['image/*'], ['video/mp4', 'image/png']),
        ({ type, bytes, used, size, quota }, allowedMimeTypes) => {
          const policy = { ...openRemotePolicy, allowedMimeTypes, sizeLimitBytes: size, quotaBytes: quota }
          const typeFits =
            allowedMimeTypes === null ||
            allowedMimeTypes.includes(type) ||
            (allowedMimeTypes[0] === 'image/*' && type.startsWith('image/'))
          const fits = typeFits && (size === null || bytes <= size) && (quota === null || used + bytes <= quota)
          expect(whyRefused(policy, { mimeType: type, fileSizeBytes: bytes }, used) === null).toBe(fits)
        },
      ),
      { numRuns: 300 },
    )
  })
})
