import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AssetId, Sha256 } from '../../../../shared/domain/ids.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { editAssets } from '../editAssets.ts'
import { addToCollection, createCollection } from '../editCollections.ts'
import { createLibrary, openLibrary } from '../openLibrary.ts'
import { trashAssets } from '../trashAssets.ts'
import { createDuplicateFinder } from './findDuplicates.ts'
import { resolveDuplicates } from './resolveDuplicates.ts'

let root: string
let catalog: Catalog
const now = Date.UTC(2026, 10, 21)

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-duplicates-'))
  createLibrary(root, 'Test', now)
  catalog = openLibrary(root, () => now).catalog
})
afterEach(() => {
  catalog.close()
  rmSync(root, { recursive: true, force: true })
})

/** An asset whose picture has this perceptual hash. */
function picture(name: string, perceptualHash: string, width = 800): AssetId {
  const [outcome] = catalog.assets.register([
    {
      id: randomUUID() as AssetId,
      space: 'library',
      fileName: name,
      extension: 'jpg',
      mimeType: 'image/jpeg',
      assetType: 'image',
      fileSizeBytes: width * 10,
      sha256: createHash('sha256').update(name).digest('hex') as Sha256,
      storagePath: `originals/2026/11/${name}`,
      sourcePath: null,
      jobId: null,
      collectionId: null,
      createdAt: now,
      importedAt: now,
      expiresAt: null,
      importItem: null,
      another: false,
    },
  ])
  if (outcome?.kind !== 'registered') throw new Error('expected a new asset')
  const facts = {
    width,
    height: Math.round(width * 0.75),
    durationSeconds: null,
    frames: null,
    thumbhash: null,
    dominantColors: [],
    perceptualHash,
    capturedAt: null,
    gps: null,
    metadata: {},
    generation: null,
    thumbnails: [150, 300, 600],
    noThumbnail: null,
  }
  catalog.assets.recordMedia([{ assetId: outcome.id, ok: true, facts }])
  return outcome.id
}

const idsOf = async () =>
  (await createDuplicateFinder(catalog).find()).groups.map(({ members }) => members.map(({ id }) => id))

describe('duplicates in a library', () => {
  it('are pictures that look alike, the suggested one first, with how far each is from it', async () => {
    const small = picture('small', 'ff00ff00ff00ff00')
    picture('other', '0123456789abcdef')
    const large = picture('large', 'ff00ff00ff00ff01', 1600)
    const { groups, total, compared } = await createDuplicateFinder(catalog).find()
    expect({ total, compared }).toEqual({ total: 1, compared: 3 })
    expect(groups).toMatchObject([
      {
        kind: 'near',
        members: [
          { id: large, distance: 0 },
          { id: small, distance: 1 },
        ],
        reasons: ['more-pixels', 'larger-file'],
        spareBytes: 8_000,
      },
    ])
  })

  it('are not there once one of them is in Trash, or a person has said that they are none', async () => {
    const first = picture('first', 'ff00ff00ff00ff00')
    picture('second', 'ff00ff00ff00ff00')
    const finder = createDuplicateFinder(catalog)
    const [group] = (await finder.find()).groups
    finder.dismiss(group?.key ?? '', true, now)
    expect((await finder.find()).groups).toEqual([])
    finder.dismiss(group?.key ?? '', false, now)
    expect((await finder.find()).groups).toHaveLength(1)
    trashAssets(catalog, { ids: [first] }, now)
    expect((await finder.find()).groups).toEqual([])
  })

  it('are found again when a third one comes to a dismissed group', async () => {
    picture('first', 'ff00ff00ff00ff00')
    picture('second', 'ff00ff00ff00ff00')
    const finder = createDuplicateFinder(catalog)
    finder.dismiss((await finder.find()).groups[0]?.key ?? '', true, now)
    picture('third', 'ff00ff00ff00ff00')
    expect((await finder.find()).groups[0]?.members).toHaveLength(3)
  })

  it('are resolved in one step that loses nothing a person gave to them, and can be undone', async () => {
    const keep = picture('keep', 'ff00ff00ff00ff00', 1600)
    const remove = picture('remove', 'ff00ff00ff00ff00')
    editAssets(
      catalog,
      { ids: [remove] },
      { rating: 4, is_favorite: true, add_tags: ['sea'], custom_title: 'Harbour' },
      now,
    )
    const { collection } = createCollection(catalog, 'Best', undefined, now)
    addToCollection(catalog, collection.id, { ids: [remove] }, now)
    expect(await idsOf()).toEqual([[keep, remove]])

    resolveDuplicates(catalog, keep, [remove], now)
    expect(catalog.assets.get(keep)).toMatchObject({
      rating: 4,
      is_favorite: true,
      tags: ['sea'],
      custom_title: 'Harbour',
      collections: [{ name: 'Best' }],
      deleted_at: null,
    })
    expect(catalog.assets.get(remove)?.deleted_at).not.toBeNull()

    catalog.history.undo(now)
    expect(catalog.assets.get(keep)).toMatchObject({
      rating: 0,
      is_favorite: false,
      tags: [],
      custom_title: null,
      collections: [],
    })
    expect(await idsOf()).toEqual([[keep, remove]])
  })
})
