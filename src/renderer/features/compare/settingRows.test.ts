import { describe, expect, it } from 'vitest'
import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'
import { nothingSaid } from '../../../shared/domain/generation.ts'
import { settingRows } from './settingRows.ts'

type Made = Partial<Pick<AssetDetail, 'model_used' | 'generation_seed' | 'generation' | 'width' | 'height'>>

/** An asset of which only this is known. */
function asset(made: Made): AssetDetail {
  const nothing = { generator: null, model_used: null, generation_seed: null, generation: null, captured_at: null }
  return { ...nothing, width: null, height: null, mime_type: 'image/png', file_size_bytes: 10, ...made } as AssetDetail
}
const generation = (more: object) => ({ ...nothingSaid, generator: 'A', version: null, ...more })
const row = (assets: readonly AssetDetail[], name: string) =>
  settingRows(assets).find((line) => Object.values(line.name).includes(name))

describe('how assets were made, side by side', () => {
  it('leaves out what none of them says', () => {
    expect(row([asset({}), asset({})], 'seed')).toBeUndefined()
  })

  it('tells what only one of them says', () => {
    expect(row([asset({ model_used: 'juniper' }), asset({})], 'model')).toMatchObject({
      values: ['juniper', null],
      differs: true,
    })
  })

  it('points out the one that is unlike the others', () => {
    const assets = [6, 6, 8].map((cfg) => asset({ generation: generation({ cfg }) }))
    expect(row(assets, 'cfg')).toMatchObject({ differs: true, odd: [false, false, true] })
  })

  it('points out all where no two are alike, and none where all are', () => {
    const seeds = ['1', '2', '3'].map((generation_seed) => asset({ generation_seed }))
    expect(row(seeds, 'seed')?.odd).toEqual([true, true, true])
    expect(row(seeds, 'type')).toMatchObject({ differs: false, odd: [false, false, false] })
  })

  it('compares what only one tool writes by its own names', () => {
    const assets = ['x', 'y'].map((value) => asset({ generation: generation({ settings: { 'Clip skip': value } }) }))
    expect(row(assets, 'Clip skip')?.values).toEqual(['x', 'y'])
  })
})
