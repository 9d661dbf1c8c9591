import { describe, expect, it } from 'vitest'
import { descriptiveFacts } from './descriptiveFacts.ts'

describe('what people wrote about a picture into its file', () => {
  it('is told in its order, lists in one line', () => {
    const descriptive = {
      software: 'Firmware 1.2',
      creator_tool: 'Editor 3',
      title: 'Harbour',
      keywords: ['sea', 'boat'],
      creator: ['A. Painter', 'B. Painter'],
      location: { city: 'Kiel', country: 'Germany', sublocation: 'Pier 3' },
      rating: 4,
    }
    expect(descriptiveFacts({ metadata: { descriptive } })).toEqual([
      { name: 'title', value: 'Harbour' },
      { name: 'keywords', value: 'sea, boat' },
      { name: 'creator', value: 'A. Painter, B. Painter' },
      { name: 'location', value: 'Pier 3, Kiel, Germany' },
      { name: 'rating', value: '★★★★' },
      { name: 'software', value: 'Editor 3' },
    ])
  })

  it('is nothing if nobody did, or if it is damaged', () => {
    expect(descriptiveFacts({ metadata: {} })).toEqual([])
    const damaged = { title: 7, keywords: [], creator: [''], location: 'here', rating: -1, description: '  ' }
    expect(descriptiveFacts({ metadata: { descriptive: damaged } })).toEqual([])
  })
})
