import { describe, expect, it } from 'vitest'
import { toExifFacts } from './readExif.ts'

describe('facts from EXIF', () => {
  it('honours the zone that the camera wrote', () => {
    const facts = toExifFacts({ DateTimeOriginal: '2024:07:01 12:00:00', OffsetTimeOriginal: '+02:00' })
    expect(facts.capturedAt).toBe(Date.UTC(2024, 6, 1, 10))
    expect(facts.metadata.captured_at_zone).toBe('offset')
  })

  it('takes a time without a zone for UTC, and says so', () => {
    const facts = toExifFacts({ DateTimeOriginal: '2024:07:01 12:00:00', SubSecTimeOriginal: '25' })
    expect(facts.capturedAt).toBe(Date.UTC(2024, 6, 1, 12, 0, 0, 250))
    expect(facts.metadata.captured_at_zone).toBe('assumed-utc')
  })

  it.each(['0000:00:00 00:00:00', '2024:02:31 10:00:00', 'yesterday', '', '2024:13:01 00:00:00'])(
    'takes %j for no time',
    (date) => {
      expect(toExifFacts({ DateTimeOriginal: date }).capturedAt).toBeNull()
    },
  )

  it('is plain JSON: dates in ISO form, bytes left out', () => {
    const { metadata } = toExifFacts({
      Make: 'Camera\0\0',
      DateTime: '2024:07:01 12:00:00',
      ModifyDate: new Date(0),
      Bad: new Date(Number.NaN),
      Thumbnail: new Uint8Array(10),
      FNumber: 2.8,
      Ratio: Number.NaN,
      LensInfo: [24, 70, 2.8, Number.POSITIVE_INFINITY],
    })
    expect(metadata.exif).toEqual({
      Make: 'Camera',
      DateTime: '2024-07-01T12:00:00',
      ModifyDate: '1970-01-01T00:00:00.000Z',
      FNumber: 2.8,
      LensInfo: [24, 70, 2.8],
    })
    expect(JSON.parse(JSON.stringify(metadata))).toEqual(metadata)
  })

  it('keeps a position that is on the globe, and no other', () => {
    expect(toExifFacts({ latitude: 51.5, longitude: -0.3 }).gps).toEqual({ latitude: 51.5, longitude: -0.3 })
    expect(toExifFacts({ latitude: 151, longitude: 0 }).gps).toBeNull()
    expect(toExifFacts({ latitude: Number.NaN, longitude: 0 }).gps).toBeNull()
  })
})
