import { describe, expect, it } from 'vitest'
import { tagCompletion, typedTags } from './tagCompletion.ts'

const tags = [
  { name: 'warm', asset_count: 3 },
  { name: 'palette/warm', asset_count: 900 },
  { name: 'swan', asset_count: 50 },
  { name: 'Water', asset_count: 12 },
  { name: 'portrait', asset_count: 4000 },
]

describe('completion of tags', () => {
  it('offers names that begin so, then parts, then the rest, the most used first', () => {
    expect(tagCompletion('wa', tags, [])).toEqual(['Water', 'warm', 'palette/warm', 'swan'])
  })

  it('leaves out what the asset has already, in any case', () => {
    expect(tagCompletion('wa', tags, ['water', 'Warm'])).toEqual(['palette/warm', 'swan'])
  })

  it('offers nothing before anything is typed', () => {
    expect(tagCompletion('  ', tags, [])).toEqual([])
  })
})

describe('typed tags', () => {
  it('splits a pasted list and cleans it', () => {
    expect(typedTags(' night  harbour, fog ,, fog')).toEqual(['night harbour', 'fog'])
  })
})
