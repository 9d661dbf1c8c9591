import { describe, expect, it } from 'vitest'
import { countedTags, shared } from './sharedValues.ts'

describe('what a selection has in common', () => {
  it('is the value that all have', () => {
    expect(shared([3, 3, 3], 0)).toEqual({ mixed: false, value: 3 })
    expect(shared([null, null], 'red')).toEqual({ mixed: false, value: null })
  })

  it('is mixed where they differ', () => {
    expect(shared([3, 0], 0)).toEqual({ mixed: true })
    expect(shared([null, 'red'], null)).toEqual({ mixed: true })
  })

  it('is the value of nothing when nothing is selected', () => {
    expect(shared([], 0)).toEqual({ mixed: false, value: 0 })
  })
})

describe('the tags of a selection', () => {
  it('are counted, the most common first', () => {
    expect(countedTags([{ tags: ['night', 'harbour'] }, { tags: ['harbour'] }, { tags: ['dusk'] }])).toEqual([
      { name: 'harbour', count: 2 },
      { name: 'dusk', count: 1 },
      { name: 'night', count: 1 },
    ])
  })
})
