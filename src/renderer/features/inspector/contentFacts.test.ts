import { describe, expect, it } from 'vitest'
import { contentFacts } from './contentFacts.ts'

const shown = (metadata: Parameters<typeof contentFacts>[0]['metadata']) =>
  contentFacts({ metadata }).map(({ name, value }) => `${name}: ${value}`)

describe('what a file contains', () => {
  it('is told of a document', () => {
    const page = { width: 595.28, height: 841.89, unit: 'pt' }
    expect(shown({ format: 'pdf', title: 'Menu', creator: 'Pen', pages: 1200, page })).toEqual([
      'title: Menu',
      'creator: Pen',
      'pages: 1,200',
      'page: 595.28 × 841.89 pt (210 × 297 mm)',
    ])
  })

  it('is told of a font', () => {
    const axes = [{ tag: 'wght', name: 'Weight', min: 100, default: 400, max: 900 }]
    expect(shown({ family: 'Inter', style: 'Regular', glyphs: 518, axes, scripts: ['Latin', 'Greek'] })).toEqual([
      'family: Inter Regular',
      'glyphs: 518',
      'axes: Weight 100–900',
      'scripts: Latin, Greek',
    ])
  })

  it('is at least so much of a text that was read in part', () => {
    expect(shown({ lines: 4000, words: 9, partial: true })).toEqual(['lines: 4,000+', 'words: 9+'])
  })

  it('is nothing of a picture, or of what makes no sense', () => {
    expect(shown({ format: 'png', exif: {}, image: { space: 'srgb' } })).toEqual([])
    expect(shown({ pages: '3', lines: -1, page: { width: 1 }, axes: [3, {}], scripts: [], title: ' ' })).toEqual([])
  })
})
