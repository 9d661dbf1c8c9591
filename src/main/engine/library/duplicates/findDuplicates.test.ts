import { describe, expect, it } from 'vitest'
import type { AssetId } from '../../../../shared/domain/ids.ts'
import { editAssets } from '../editAssets.ts'
import { addToCollection, createCollection } from '../editCollections.ts'
import { libraryForEachTest, START } from '../fixtures/testLibrary.ts'
import { trashAssets } from '../trashAssets.ts'
import { createDuplicateFinder } from './findDuplicates.ts'
import { resolveDuplicates } from './resolveDuplicates.ts'

const library = libraryForEachTest()

/** An asset whose picture has this perceptual hash. */
function picture(name: string, perceptualHash: string, width = 800): AssetId {
  const assetId = library.add(name, { extension: 'jpg', mimeType: 'image/jpeg', fileSizeBytes: width * 10 })
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
  library.catalog.assets.recordMedia([{ assetId, ok: true, facts }])
  return assetId
}

const idsOf = async () =>
  (await createDuplicateFinder(library.catalog).find()).groups.map(({ members }) => members.map(({ id }) => id))

describe('duplicates in a library', () => {
  it('are pictures that look alike, the suggested one first, with how far each is from it', async () => {
    const small = picture('small', 'ff00ff00ff00ff00')
    picture('other', '0123456789abcdef')
    const large = picture('large', 'ff00ff00ff00ff01', 1600)
    const { groups, total, compared } = await createDuplicateFinder(library.catalog).find()
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
    const finder = createDuplicateFinder(library.catalog)
    const [group] = (await finder.find()).groups
    finder.dismiss(group?.key ?? '', true, START)
    expect((await finder.find()).groups).toEqual([])
    finder.dismiss(group?.key ?? '', false, START)
    expect((await finder.find()).groups).toHaveLength(1)
    trashAssets(library.catalog, { ids: [first] }, START)
    expect((await finder.find()).groups).toEqual([])
  })

  it('are found again when a third one comes to a dismissed group', async () => {
    picture('first', 'ff00ff00ff00ff00')
    picture('second', 'ff00ff00ff00ff00')
    const finder = createDuplicateFinder(library.catalog)
    finder.dismiss((await finder.find()).groups[0]?.key ?? '', true, START)
    picture('third', 'ff00ff00ff00ff00')
    expect((await finder.find()).groups[0]?.members).toHaveLength(3)
  })

  it('are resolved in one step that loses nothing a person gave to them, and can be undone', async () => {
    const keep = picture('keep', 'ff00ff00ff00ff00', 1600)
    const remove = picture('remove', 'ff00ff00ff00ff00')
    editAssets(
      library.catalog,
      { ids: [remove] },
      { rating: 4, is_favorite: true, add_tags: ['sea'], custom_title: 'Harbour' },
      START,
    )
    const { collection } = createCollection(library.catalog, 'Best', undefined, START)
    addToCollection(library.catalog, collection.id, { ids: [remove] }, START)
    expect(await idsOf()).toEqual([[keep, remove]])

    resolveDuplicates(library.catalog, keep, [remove], START)
    expect(library.catalog.assets.get(keep)).toMatchObject({
      rating: 4,
      is_favorite: true,
      tags: ['sea'],
      custom_title: 'Harbour',
      collections: [{ name: 'Best' }],
      deleted_at: null,
    })
    expect(library.catalog.assets.get(remove)?.deleted_at).not.toBeNull()

    library.catalog.history.undo(START)
    expect(library.catalog.assets.get(keep)).toMatchObject({
      rating: 0,
      is_favorite: false,
      tags: [],
      custom_title: null,
      collections: [],
    })
    expect(await idsOf()).toEqual([[keep, remove]])
  })
})
