import { describe, expect, it } from 'vitest'
import { exifBlock, type Fields, type FieldValue, metadataOf, xmpPacket } from './fixtures/metadataBlocks.ts'

type Fractions = readonly (readonly [number, number])[]

const at = (latitude: Fractions, north: string, longitude: Fractions, east: string, more: Fields = {}) =>
  metadataOf({
    exif: exifBlock({
      gps: { 1: { ascii: north }, 2: { rational: latitude }, 3: { ascii: east }, 4: { rational: longitude }, ...more },
    }),
  })

const LATITUDE: Fractions = [
  [51, 1],
  [45, 1],
  [4467, 100],
]
const LONGITUDE: Fractions = [
  [0, 1],
  [19, 1],
  [441, 100],
]
const ZERO: Fractions = [
  [0, 1],
  [0, 1],
  [0, 1],
]

describe('the position in EXIF', () => {
  it('has degrees, minutes and seconds, and a hemisphere', () => {
    const { latitude, longitude } = at(LATITUDE, 'N', LONGITUDE, 'W').gps!
    expect([latitude.toFixed(6), longitude.toFixed(6)]).toEqual(['51.762408', '-0.317892'])
    expect(at(LATITUDE, 's', LONGITUDE, 'East').gps).toEqual({ latitude: -latitude, longitude: -longitude })
  })

  it('may have decimal degrees or decimal minutes alone', () => {
    expect(at([[515, 10]], 'N', [[25, 100]], 'E').gps).toEqual({ latitude: 51.5, longitude: 0.25 })
    const minutes: Fractions = [
      [51, 1],
      [305, 10],
    ]
    expect(at(minutes, 'N', [[1, 1]], 'E').gps?.latitude).toBeCloseTo(51.508333, 6)
  })

  it.each<[string, Fractions, string, Fractions, string]>([
    ['no hemisphere', LATITUDE, '', LONGITUDE, 'E'],
    ['a hemisphere of the other axis', LATITUDE, 'E', LONGITUDE, 'E'],
    [
      'a fraction of zero',
      [
        [51, 1],
        [0, 0],
        [0, 0],
      ],
      'N',
      LONGITUDE,
      'E',
    ],
    ['a fraction without end', [[51, 0]], 'N', LONGITUDE, 'E'],
    ['more than 90 degrees', [[91, 1]], 'N', LONGITUDE, 'E'],
    ['more than 180 degrees', LATITUDE, 'N', [[181, 1]], 'E'],
    [
      'minutes that are none',
      [
        [51, 1],
        [99, 1],
      ],
      'N',
      LONGITUDE,
      'E',
    ],
    [
      'too many parts',
      [
        [5, 1],
        [1, 1],
        [1, 1],
        [1, 1],
      ],
      'N',
      LONGITUDE,
      'E',
    ],
    ['nothing found', ZERO, 'N', ZERO, 'E'],
  ])('is none with %s', (_, latitude, north, longitude, east) => {
    expect(at(latitude, north, longitude, east).gps).toBeNull()
  })

  it('is none at 0, 0 with a void status, but one if it was measured', () => {
    expect(at(ZERO, 'N', ZERO, 'E', { 9: { ascii: 'V' } }).gps).toBeNull()
    expect(at(ZERO, 'N', ZERO, 'E', { 9: { ascii: 'A' } }).gps).toEqual({ latitude: 0, longitude: 0 })
  })

  it('is none if a value is of another type', () => {
    const wrong: FieldValue = { ascii: '51.5' }
    expect(at(LATITUDE, 'N', LONGITUDE, 'E', { 2: wrong }).gps).toBeNull()
  })

  it('comes with what the receiver knew besides', () => {
    const { metadata } = at(LATITUDE, 'N', LONGITUDE, 'W', {
      5: { byte: [1] },
      6: { rational: [[1112, 10]] },
      7: {
        rational: [
          [13, 1],
          [5, 1],
          [1205, 100],
        ],
      },
      12: { ascii: 'N' },
      13: { rational: [[10, 1]] },
      16: { ascii: 'T' },
      17: { rational: [[2325, 100]] },
      29: { ascii: '2014:09:16' },
      31: { rational: [[65, 1]] },
    })
    expect(metadata.gps).toEqual({
      altitude: -111.2,
      direction: 23.25,
      direction_reference: 'true',
      speed: 18.52,
      accuracy: 65,
      time: '2014-09-16T13:05:12.050Z',
    })
  })

  it('leaves out directions and heights that cannot be', () => {
    const { metadata } = at(LATITUDE, 'N', LONGITUDE, 'W', {
      6: { rational: [[0, 0]] },
      16: { ascii: 'T' },
      17: { rational: [[400, 1]] },
    })
    expect(metadata).not.toHaveProperty('gps')
  })
})

describe('the position in XMP', () => {
  const xmpAt = (latitude: string, longitude: string) =>
    xmpPacket(`<exif:GPSLatitude>${latitude}</exif:GPSLatitude><exif:GPSLongitude>${longitude}</exif:GPSLongitude>`)

  it.each([
    ['51,45.7445N', '0,19.0735W', 51.762408, -0.317892],
    ['51,45,44.67N', '0,19,4.41W', 51.762408, -0.317892],
    ['33.8568S', '151.2153 E', -33.8568, 151.2153],
    ['-33.8568', '151.2153', -33.8568, 151.2153],
  ])('%s %s', (latitude, longitude, north, east) => {
    const { gps } = metadataOf({ xmp: [xmpAt(latitude, longitude)] })
    expect(gps?.latitude).toBeCloseTo(north, 6)
    expect(gps?.longitude).toBeCloseTo(east, 6)
  })

  it.each([
    ['51,45.7445', '0,19.0735'],
    ['51N', ''],
    ['95,0N', '0,1E'],
    ['north', 'east'],
    ['0,0N', '0,0E'],
    ['51,45.7445E', '0,19.0735N'],
    ['51', '7'],
  ])('%j %j is none', (latitude, longitude) => {
    expect(metadataOf({ xmp: [xmpAt(latitude, longitude)] }).gps).toBeNull()
  })

  it('stands behind that of EXIF, in a sidecar before it', () => {
    const exif = exifBlock({
      gps: { 1: { ascii: 'N' }, 2: { rational: [[10, 1]] }, 3: { ascii: 'E' }, 4: { rational: [[20, 1]] } },
    })
    expect(metadataOf({ exif, xmp: [xmpAt('1,0N', '2,0E')] }).gps).toEqual({ latitude: 10, longitude: 20 })
    expect(metadataOf({ exif }, xmpAt('1,0N', '2,0E')).gps).toEqual({ latitude: 1, longitude: 2 })
  })
})
