import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AssetId, Sha256 } from '../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { addToCollection, createCollection, deleteCollection } from './editCollections.ts'
import { toEnd } from './inParts.ts'
import { createLibrary, openLibrary } from './openLibrary.ts'
import { restoreCollection } from './restoreCollection.ts'

const NOW = Date.UTC(2026, 10, 21)
let root: string
let catalog: Catalog
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-restore-'))
  createLibrary(root, 'Test', NOW)
  catalog = openLibrary(root, () => NOW).catalog
})
afterEach(() => {
  catalog.close()
  rmSync(root, { recursive: true, force: true })
})

const add = (name: string): AssetId => {
  const [outcome] = catalog.assets.register([
    {
      id: randomUUID() as AssetId,
      space: 'library',
      fileName: name,
      extension: 'png',
      mimeType: 'image/png',
      assetType: 'image',
      fileSizeBytes: 100,
      sha256: createHash('sha256').update(name).digest('hex') as Sha256,
      storagePath: `originals/2026/11/${name}`,
      sourcePath: null,
      jobId: null,
      collectionId: null,
      createdAt: NOW,
      importedAt: NOW,
      expiresAt: null,
      another: false,
      importItem: null,
    },
  ])
  if (outcome?.kind !== 'registered') throw new Error('expected a new asset')
  return outcome.id
}
const create = (name: string, parent?: Parameters<typeof createCollection>[2]) =>
  createCollection(catalog, name, parent, NOW).collection.id

describe('a deleted collection', () => {
  it('is listed, and comes back with what it held and what was below it, also much later', async () => {
    const assets = [add('a.png'), add('b.png')]
    const posters = create('Posters')
    const child = create('Drafts', posters)
    addToCollection(catalog, posters, { ids: assets }, NOW)
    toEnd(deleteCollection(catalog, posters, NOW + 1))
    create('Another')
    expect(catalog.collections.deleted()).toMatchObject([
      { id: posters, name: 'Posters', kind: 'manual', asset_count: 2, deleted_at: new Date(NOW + 1).toISOString() },
    ])
    await restoreCollection(catalog, posters, NOW + 2)
    expect(catalog.collections.deleted()).toEqual([])
    expect(catalog.collections.members(posters).map(({ id }) => id)).toEqual(assets)
    expect(catalog.collections.get(child)?.parent_id).toBe(posters)
    catalog.history.undo(NOW + 3)
    expect(catalog.collections.get(posters)).toBeUndefined()
  })

  it('is not what was made by mistake and taken back', () => {
    create('Posters')
    catalog.history.undo(NOW + 1)
    expect(catalog.collections.deleted()).toEqual([])
  })

  it('is not restored while another has its name', async () => {
    const posters = create('Posters')
    toEnd(deleteCollection(catalog, posters, NOW + 1))
    const other = create('posters')
    await expect(restoreCollection(catalog, posters, NOW + 2)).rejects.toMatchObject({
      code: 'collection_name_taken',
      details: { id: other },
    })
  })

  it('can’t be restored twice', async () => {
    const posters = create('Posters')
    toEnd(deleteCollection(catalog, posters, NOW + 1))
    await restoreCollection(catalog, posters, NOW + 2)
    await expect(restoreCollection(catalog, posters, NOW + 3)).rejects.toMatchObject({ code: 'not_found' })
  })
})
