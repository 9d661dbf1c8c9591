import { describe, expect, it } from 'vitest'
import { displayKind } from './displayKind.ts'

const png = { asset_type: 'image', extension: 'png', has_thumbnail: true, status: 'available' } as const

describe('how the viewer shows an asset', () => {
  it('draws what Chromium can decode from the original', () => {
    expect(displayKind(png)).toBe('image')
    expect(displayKind({ ...png, extension: 'AVIF' })).toBe('image')
    expect(displayKind({ ...png, asset_type: 'video', extension: 'mp4' })).toBe('video')
    expect(displayKind({ ...png, asset_type: 'audio', extension: 'flac', has_thumbnail: false })).toBe('audio')
  })

  it('falls back to the thumbnail for formats that Chromium does not know', () => {
    expect(displayKind({ ...png, extension: 'tiff' })).toBe('thumbnail')
    expect(displayKind({ ...png, extension: 'nef' })).toBe('thumbnail')
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
