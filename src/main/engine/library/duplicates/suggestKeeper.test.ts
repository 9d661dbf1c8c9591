import { describe, expect, it } from 'vitest'
import type { ComparedAsset } from '../../catalog/duplicates.repository.ts'
import { suggestKeeper } from './suggestKeeper.ts'

let rows = 0
function asset(differences: Partial<ComparedAsset> = {}): ComparedAsset {
  rows++
  return {
    row_id: rows,
    id: `asset-${rows}`,
    sha256: 'a'.repeat(64),
    space: 'library',
    storage_path: `originals/${rows}.jpg`,
    mime_type: 'image/jpeg',
    file_size_bytes: 1_000,
    width: 800,
    height: 600,
    rating: 0,
    is_favorite: 0,
    generator: null,
    membership_count: 0,
    tag_count: 0,
    imported_at: 1_000 + rows,
    error_code: null,
    ...differences,
  } as ComparedAsset
}

describe('which of several alike assets to keep', () => {
  it('is the one with more pixels, rather than the better rated one, whose rating it will get', () => {
    const small = asset({ rating: 5 })
    const large = asset({ width: 1600, height: 1200 })
    expect(suggestKeeper([small, large])).toMatchObject({ order: [large, small], reasons: ['more-pixels'] })
  })

  it('is never a damaged one', () => {
    const damaged = asset({ width: 4000, height: 3000, error_code: 'decode_failed' })
    const sound = asset()
    expect(suggestKeeper([damaged, sound]).order[0]).toBe(sound)
  })

  it('is the one that still says how it was made', () => {
    const stripped = asset({ mime_type: 'image/jpeg', file_size_bytes: 9_000 })
    const original = asset({ mime_type: 'image/png', generator: 'ComfyUI' })
    expect(suggestKeeper([stripped, original])).toMatchObject({
      order: [original, stripped],
      reasons: ['generation-data', 'lossless'],
    })
  })

  it('is the older one when nothing else tells them apart', () => {
    const second = asset({ imported_at: 20 })
    const first = asset({ imported_at: 10 })
    expect(suggestKeeper([second, first])).toMatchObject({ order: [first, second], reasons: ['older'] })
  })

  it('gives only reasons in which no other is better', () => {
    const large = asset({ width: 1600, height: 1200, rating: 1 })
    const rated = asset({ rating: 3 })
    const plain = asset()
    expect(suggestKeeper([plain, rated, large]).reasons).toEqual(['more-pixels'])
  })
})
