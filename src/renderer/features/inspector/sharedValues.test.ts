import { describe, expect, it } from 'vitest'
import { sharedValues } from './sharedValues.ts'

const base = { rating: 3, is_favorite: false, color_label: null, tags: [], file_size_bytes: 10 }

describe('what a selection has in common', () => {
  it('gives the value that all have', () => {
    const values = sharedValues([base, base])
    expect(values.rating).toEqual({ mixed: false, value: 3 })
    expect(values.favorite).toEqual({ mixed: false, value: false })
    expect(values.label).toEqual({ mixed: false, value: null })
    expect(values.bytes).toBe(20)
  })

  it('says mixed where they differ, for that field only', () => {
    const values = sharedValues([base, { ...base, rating: 0, color_label: 'red' }])
    expect(values.rating).toEqual({ mixed: true })
    expect(values.label).toEqual({ mixed: true })
    expect(values.favorite).toEqual({ mixed: false, value: false })
  })

  it('counts tags, the most common first', () => {
    const values = sharedValues([
      { ...base, tags: ['night', 'harbour'] },
      { ...base, tags: ['harbour'] },
      { ...base, tags: ['dusk'] },
    ])
    expect(values.tags).toEqual([
      { name: 'harbour', count: 2 },
      { name: 'dusk', count: 1 },
      { name: 'night', count: 1 },
    ])
  })
})
