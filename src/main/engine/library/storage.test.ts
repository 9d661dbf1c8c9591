import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AssetId, assetIdSchema, sha256Schema } from '../../../shared/domain/ids.ts'
import { openRemotePolicy } from '../../../shared/domain/remote.ts'
import { type Quotas, quotaOf } from '../../../shared/domain/storage.ts'
import type { ImportedFile } from '../catalog/assetRecords.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { whyRefused } from '../sync/uploadPolicy.ts'
import { addToCollection, createCollection } from './editCollections.ts'
import { libraryFolder } from './libraryFolder.ts'
import { changePolicy } from './lifecyclePolicy.ts'
import { createLibrary, openLibrary } from './openLibrary.ts'
import { measureDisk } from './storageOnDisk.ts'
import { watchQuotas } from './storageQuotas.ts'
import { trashAssets } from './trashAssets.ts'

const NOW = Date.UTC(2026, 10, 21)
let root: string
let catalog: Catalog
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-storage-'))
  createLibrary(root, 'Test', NOW)
  catalog = openLibrary(root, () => NOW).catalog
})
afterEach(() => {
  catalog.close()
  rmSync(root, { recursive: true, force: true })
})

function add(name: string, bytes: number, overrides: Partial<ImportedFile> = {}): AssetId {
  const id = assetIdSchema.parse(randomUUID())
  catalog.assets.register([
    {
      id,
      space: 'library',
      fileName: name,
      extension: 'png',
      mimeType: 'image/png',
      assetType: 'image',
      fileSizeBytes: bytes,
      sha256: sha256Schema.parse(createHash('sha256').update(name).digest('hex')),
      storagePath: `originals/2026/11/${name}`,
      sourcePath: null,
      jobId: null,
      collectionId: null,
      createdAt: NOW,
      importedAt: NOW,
      expiresAt: null,
      another: true,
      importItem: null,
      ...overrides,
    },
  ])
  return id
}

describe('the usage of a library', () => {
  it('adds up by what its assets are and where they are', () => {
    const [a, b] = [add('a', 100), add('b', 50, { importedAt: Date.UTC(2025, 1, 1) })]
    add('film', 1000, { assetType: 'video', space: 'workspace' })
    add('again', 100, { sha256: sha256Schema.parse(createHash('sha256').update('a').digest('hex')) })
    trashAssets(catalog, { ids: [add('gone', 7)] }, NOW)
    const { collection } = createCollection(catalog, 'Harbours', undefined, NOW)
    addToCollection(catalog, collection.id, { ids: [a, b] }, NOW)
    const usage = catalog.usage()
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
    expect(catalog.stats()).toMatchObject({ byType: usage.byType, byCollection: usage.byCollection })
  })

  it('measures what stands beside the originals', async () => {
    const folder = libraryFolder(root)
    mkdirSync(join(folder.thumbnails, 'ab'), { recursive: true })
    writeFileSync(join(folder.thumbnails, 'ab', 'x.webp'), Buffer.alloc(321))
    expect(await measureDisk(folder)).toMatchObject({
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
    await changePolicy(catalog, { quotaBytes: 100 }, NOW)
    const said: Quotas[] = []
    const look = watchQuotas(catalog, (quotas) => said.push(quotas))
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
