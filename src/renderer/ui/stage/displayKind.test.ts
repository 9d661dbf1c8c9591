import { describe, expect, it } from 'vitest'
import { displayedSize, displayKind, pagedKind } from './displayKind.ts'

const png = { asset_type: 'image', extension: 'png', has_thumbnail: true, status: 'available' } as const

describe('how the viewer shows an asset', () => {
  it('draws what Chromium can decode from the original', () => {
    expect(displayKind(png)).toBe('image')
    expect(displayKind({ ...png, extension: 'AVIF' })).toBe('image')
    expect(displayKind({ ...png, asset_type: 'video', extension: 'mp4' })).toBe('video')
    expect(displayKind({ ...png, asset_type: 'audio', extension: 'flac', has_thumbnail: false })).toBe('audio')
  })

  it('has the decoders draw formats that Chromium does not know', () => {
    expect(displayKind({ ...png, extension: 'tiff' })).toBe('drawn')
    expect(pagedKind({ ...png, extension: 'TIFF' }, 3)).toBe('pages')
    expect(pagedKind({ ...png, extension: 'tiff' }, 1)).toBe('drawn')
    expect(pagedKind({ ...png, extension: 'psd' }, 3)).toBe('drawn')
    expect(pagedKind(png, 3)).toBe('image')
    expect(displayKind({ ...png, extension: 'nef' })).toBe('drawn')
    expect(displayKind({ ...png, asset_type: 'model', extension: 'blend' })).toBe('drawn')
  })

  it('turns pages, sets text and fonts', () => {
    expect(displayKind({ ...png, asset_type: 'document', extension: 'pdf' })).toBe('pages')
    expect(displayKind({ ...png, asset_type: 'document', extension: 'md' })).toBe('text')
    expect(displayKind({ ...png, asset_type: 'font', extension: 'woff2' })).toBe('font')
    expect(displayKind({ ...png, asset_type: 'font', extension: 'ttc' })).toBe('drawn')
  })

  it('does not turn pages of a document that could not be opened', () => {
    expect(displayKind({ ...png, asset_type: 'document', extension: 'pdf', has_thumbnail: false })).toBe('tile')
  })

  it('names what it cannot show', () => {
    expect(displayKind({ asset_type: 'model', extension: 'glb', has_thumbnail: false, status: 'available' })).toBe(
      'tile',
    )
  })

  it('does not hand a file to Chromium that was put into quarantine or is gone', () => {
    expect(displayKind({ ...png, status: 'quarantined', has_thumbnail: false })).toBe('tile')
    expect(displayKind({ ...png, status: 'missing' })).toBe('thumbnail')
  })

  it('tries a picture whose thumbnails are still being made', () => {
    expect(displayKind({ ...png, status: 'processing', has_thumbnail: false })).toBe('image')
  })
})

describe('the pixels of what is drawn for the viewer', () => {
  it('are those of a photograph, up to the largest', () => {
    const photo = { asset_type: 'image', width: 6000, height: 4000 } as const
    expect(displayedSize(photo, 'drawn')).toEqual({ width: 6000, height: 4000 })
    expect(displayedSize({ ...photo, width: 16384, height: 4 }, 'drawn')).toEqual({ width: 8192, height: 2 })
  })

  it('are as many as a window needs for a page, whatever points it has', () => {
    expect(displayedSize({ asset_type: 'document', width: 595, height: 842 }, 'pages')).toEqual({
      width: 1447,
      height: 2048,
    })
  })
})
