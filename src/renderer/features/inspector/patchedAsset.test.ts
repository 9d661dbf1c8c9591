import { describe, expect, it } from 'vitest'
import type { Asset } from '../../../shared/domain/asset.ts'
import { patchedAsset } from './patchedAsset.ts'

const asset = { rating: 2, custom_title: 'Dusk', tags: ['Night', 'fog'] } as unknown as Asset

describe('an asset while a change is on its way', () => {
  it('has the new values, and keeps the others', () => {
    expect(patchedAsset(asset, { rating: 5 })).toMatchObject({ rating: 5, custom_title: 'Dusk' })
    expect(patchedAsset(asset, { custom_title: null }).custom_title).toBeNull()
  })

  it('adds and removes tags without minding their case', () => {
    expect(patchedAsset(asset, { add_tags: ['harbour', 'FOG'], remove_tags: ['night'] }).tags).toEqual([
      'fog',
      'harbour',
    ])
  })
})
