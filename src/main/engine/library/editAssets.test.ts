import { beforeEach, describe, expect, it } from 'vitest'
import type { AssetPatch } from '../../../shared/domain/asset.ts'
import type { AssetId } from '../../../shared/domain/ids.ts'
import { decideFavorite, editAssets } from './editAssets.ts'
import { libraryForEachTest, START } from './fixtures/testLibrary.ts'

const library = libraryForEachTest()
let ids: AssetId[]
beforeEach(() => {
  ids = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => library.add(name))
})

const edit = (patch: AssetPatch, some: AssetId[] = ids) => editAssets(library.catalog, { ids: some }, patch, START)
const ratings = () => ids.map((id) => library.catalog.assets.get(id)?.rating)
const toggle = async (some: AssetId[]) =>
  edit(await decideFavorite(library.catalog, { ids: some }, { toggle_favorite: true }), some)
const favorites = () => ids.map((id) => (library.catalog.assets.get(id)?.is_favorite ? 1 : 0))

describe('one star more or less', () => {
  beforeEach(() => {
    for (const [rating, id] of ids.entries()) edit({ rating }, [id])
  })

  it('changes each by one, none twice, and none beyond the ends; undo gives each its own back', () => {
    expect(edit({ rating_change: 1 })).toMatchObject({ count: 5, label: 'Raised the rating of 5 assets' })
    expect(ratings()).toEqual([1, 2, 3, 4, 5, 5])
    library.catalog.history.undo(START)
    expect(ratings()).toEqual([0, 1, 2, 3, 4, 5])
    library.catalog.history.redo(START)
    expect(ratings()).toEqual([1, 2, 3, 4, 5, 5])
    expect(edit({ rating_change: -1 })).toMatchObject({ count: 6, label: 'Lowered the rating of 6 assets' })
    expect(edit({ rating_change: -1 }).count).toBe(5)
    expect(ratings()).toEqual([0, 0, 1, 2, 3, 3])
  })

  it('is not said together with a rating', () => {
    expect(() => edit({ rating: 3, rating_change: 1 })).toThrow(expect.objectContaining({ code: 'invalid_request' }))
  })
})

describe('a toggle of favourites', () => {
  it('adds all unless most are, then removes all', async () => {
    edit({ is_favorite: true }, ids.slice(0, 3))
    await toggle(ids)
    expect(favorites(), 'half of them').toEqual([1, 1, 1, 1, 1, 1])
    edit({ is_favorite: false }, ids.slice(0, 2))
    await toggle(ids)
    expect(favorites(), 'four of six').toEqual([0, 0, 0, 0, 0, 0])
    await toggle([ids[0] as AssetId])
    await toggle([ids[0] as AssetId])
    expect(favorites()[0]).toBe(0)
  })

  it('is not said together with its outcome', async () => {
    await expect(
      decideFavorite(library.catalog, { ids }, { toggle_favorite: true, is_favorite: true }),
    ).rejects.toMatchObject({
      code: 'invalid_request',
    })
  })
})

describe('the history', () => {
  it.each<[AssetPatch, AssetPatch, string]>([
    [{ color_label: 'red' }, { color_label: null }, 'Removed the label of 6 assets'],
    [{ custom_title: 'Dusk' }, { custom_title: null }, 'Removed the title of 6 assets'],
    [{ custom_title: 'Dusk' }, { custom_title: '  ' }, 'Removed the title of 6 assets'],
    [{ description: 'Soft' }, { description: '' }, 'Removed the notes of 6 assets'],
    [{ rating: 2 }, { rating: 0 }, 'Cleared the rating of 6 assets'],
    [{ add_tags: ['sea'] }, { remove_tags: ['Sea'] }, 'Removed “Sea” from 6 assets'],
    [{ rating: 2 }, { color_label: null, add_tags: [] }, 'Edited 0 assets'],
    [{ rating: 2 }, { add_tags: [] }, 'Edited 0 assets'],
    [{ rating: 2 }, { color_label: null }, 'Removed the label of 0 assets'],
  ])('after %o calls %o “%s”', (before, patch, label) => {
    edit(before)
    expect(edit(patch).label).toBe(label)
  })
})
