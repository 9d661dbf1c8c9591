import { describe, expect, it } from 'vitest'
import { exifBlock, type Fields, iptcBlock, metadataOf, xmpPacket } from './fixtures/metadataBlocks.ts'
import type { MetadataFacts } from './readMetadata.ts'

function time({ capturedAt, metadata }: MetadataFacts): string | null {
  if (capturedAt === null) {
    expect(metadata).not.toHaveProperty('captured_at_zone')
    return null
  }
  return `${new Date(capturedAt).toISOString()} ${metadata.captured_at_zone} ${metadata.captured_at_local}`
}

const ORIGINAL = 0x9003
const DIGITIZED = 0x9004
const taken = (date: string, more: Fields = {}, gps?: Fields) =>
  time(metadataOf({ exif: exifBlock({ exif: { [ORIGINAL]: { ascii: date }, ...more }, ...(gps && { gps }) }) }))

describe('the time in EXIF', () => {
  it.each<[string, string, Fields, string]>([
    ['no zone', '2024:07:01 12:00:00', {}, '2024-07-01T12:00:00.000Z assumed-utc 2024-07-01T12:00:00'],
    [
      'OffsetTimeOriginal',
      '2024:07:01 12:00:00',
      { 36881: { ascii: '+02:00' } },
      '2024-07-01T10:00:00.000Z offset 2024-07-01T12:00:00',
    ],
    [
      'OffsetTime',
      '2024:07:01 12:00:00',
      { 36880: { ascii: '-03:30' } },
      '2024-07-01T15:30:00.000Z offset 2024-07-01T12:00:00',
    ],
    [
      'the offset of the original before that of the file',
      '2024:07:01 12:00:00',
      { 36880: { ascii: '+01:00' }, 36881: { ascii: '+02:00' } },
      '2024-07-01T10:00:00.000Z offset 2024-07-01T12:00:00',
    ],
    [
      'a blank offset',
      '2024:07:01 12:00:00',
      { 36881: { ascii: '   :  ' } },
      '2024-07-01T12:00:00.000Z assumed-utc 2024-07-01T12:00:00',
    ],
    [
      'an offset that no clock has',
      '2024:07:01 12:00:00',
      { 36881: { ascii: '+19:00' } },
      '2024-07-01T12:00:00.000Z assumed-utc 2024-07-01T12:00:00',
    ],
    [
      'hours of TIFF/EP',
      '2024:07:01 12:00:00',
      { 34858: { sshort: [-5, -5] } },
      '2024-07-01T17:00:00.000Z offset 2024-07-01T12:00:00',
    ],
    [
      'fractions of any length',
      '2024:07:01 12:00:00',
      { 37521: { ascii: '25' } },
      '2024-07-01T12:00:00.250Z assumed-utc 2024-07-01T12:00:00.25',
    ],
    [
      'microseconds',
      '2016:05:30 14:20:55',
      { 37521: { ascii: '616284' } },
      '2016-05-30T14:20:55.616Z assumed-utc 2016-05-30T14:20:55.616',
    ],
    [
      'blanks as fraction',
      '2024:07:01 12:00:00',
      { 37521: { ascii: '   ' } },
      '2024-07-01T12:00:00.000Z assumed-utc 2024-07-01T12:00:00',
    ],
    ['hyphens', '2024-07-01 12:00:00', {}, '2024-07-01T12:00:00.000Z assumed-utc 2024-07-01T12:00:00'],
    ['a zone in the text', '2012:12:19 11:46:29+01:00', {}, '2012-12-19T10:46:29.000Z offset 2012-12-19T11:46:29'],
  ])('%s', (_, date, more, expected) => {
    expect(taken(date, more)).toBe(expected)
  })

  it.each([
    '0000:00:00 00:00:00',
    '    :  :     :  :  ',
    '2024:02:31 10:00:00',
    '2024:13:01 00:00:00',
    '2024:07:01 25:00:00',
    '2024:07',
    'yesterday',
    '',
    '1970:01:01 00:00:00',
    '1980:01:01 00:12:34',
    '1904:01:01 00:00:00',
    '0001:01:01 00:00:00',
  ])('%j is none', (date) => {
    expect(taken(date)).toBeNull()
  })

  it('is that of digitizing if there is no other, with the offset and fraction of that', () => {
    const digitized: Fields = {
      [DIGITIZED]: { ascii: '2024:07:01 12:00:00' },
      36881: { ascii: '+05:00' },
      36882: { ascii: '+01:00' },
      37522: { ascii: '5' },
    }
    expect(time(metadataOf({ exif: exifBlock({ exif: digitized }) }))).toBe(
      '2024-07-01T11:00:00.500Z offset 2024-07-01T12:00:00.5',
    )
  })

  it('is never that of the last change', () => {
    expect(time(metadataOf({ exif: exifBlock({ main: { 306: { ascii: '2024:07:01 12:00:00' } } }) }))).toBeNull()
  })
})

describe('the zone by GPS', () => {
  const fix = (date: string, ...clock: [number, number, number]): Fields => ({
    7: { rational: clock.map((part) => [Math.round(part * 100), 100] as const) },
    29: { ascii: date },
  })

  it.each<[string, string, Fields, string]>([
    ['east', '2018:02:05 15:11:44', fix('2018:02:05', 7, 11, 43.07), '2018-02-05T07:11:44.000Z gps'],
    ['west, over midnight', '2024:07:01 20:00:00', fix('2024:07:02', 3, 0, 30), '2024-07-02T03:00:00.000Z gps'],
    ['half hours', '2024:07:01 17:30:00', fix('2024:07:01', 12, 0, 0), '2024-07-01T12:00:00.000Z gps'],
    ['Nepal', '2024:07:01 17:45:00', fix('2024:07:01', 12, 0, 0), '2024-07-01T12:00:00.000Z gps'],
    ['Kiritimati', '2024:07:02 02:00:00', fix('2024:07:01', 12, 0, 0), '2024-07-01T12:00:00.000Z gps'],
    ['London in winter', '2024:01:01 12:00:59', fix('2024:01:01', 12, 0, 0), '2024-01-01T12:00:59.000Z gps'],
    ['a damaged date', '2014:09:16 14:05:12', fix('2014:09:259', 13, 5, 12.05), '2014-09-16T13:05:12.000Z gps'],
    [
      'a quarter that no zone has',
      '2024:07:01 12:15:00',
      fix('2024:07:01', 12, 0, 0),
      '2024-07-01T12:15:00.000Z assumed-utc',
    ],
    ['an old fix', '2024:07:01 14:07:00', fix('2024:07:01', 12, 0, 0), '2024-07-01T14:07:00.000Z assumed-utc'],
    [
      'a fix of another day',
      '2024:07:05 14:00:00',
      fix('2024:07:01', 12, 0, 0),
      '2024-07-05T14:00:00.000Z assumed-utc',
    ],
    [
      'no date, and two zones it could be',
      '2024:07:01 01:00:00',
      fix('', 12, 0, 0),
      '2024-07-01T01:00:00.000Z assumed-utc',
    ],
    [
      'an hour that does not exist',
      '2024:07:01 14:00:00',
      fix('2024:07:01', 36, 0, 0),
      '2024-07-01T14:00:00.000Z assumed-utc',
    ],
  ])('%s', (_, date, gps, expected) => {
    expect(taken(date, {}, gps)).toBe(`${expected} ${date.replaceAll(':', '-').slice(0, 10)}T${date.slice(11)}`)
  })

  it('counts for less than one that the file names', () => {
    const said: Fields = { 36881: { ascii: '+03:00' } }
    expect(taken('2024:07:01 14:00:00', said, fix('2024:07:01', 12, 0, 0))).toContain('T11:00:00.000Z offset')
  })

  it('is told with its hours', () => {
    const exif = exifBlock({ exif: { [ORIGINAL]: { ascii: '2024:07:01 08:30:00' } }, gps: fix('2024:07:01', 12, 0, 0) })
    expect(metadataOf({ exif }).metadata.captured_at_offset).toBe('-03:30')
  })
})

describe('the time in XMP and IPTC', () => {
  const xmp = (properties: string) => [xmpPacket(properties)]

  it.each([
    ['2014-09-16T14:05:12.5+01:00', '2014-09-16T13:05:12.500Z offset 2014-09-16T14:05:12.5'],
    ['2014-09-16T14:05:12Z', '2014-09-16T14:05:12.000Z offset 2014-09-16T14:05:12'],
    ['2014-09-16T14:05', '2014-09-16T14:05:00.000Z assumed-utc 2014-09-16T14:05:00'],
    ['2014:09:16 14:05:12', '2014-09-16T14:05:12.000Z assumed-utc 2014-09-16T14:05:12'],
    ['2014-09-16', '2014-09-16T00:00:00.000Z assumed-utc 2014-09-16'],
    ['2014-09', null],
    ['2014-09-16T', null],
  ])('exif:DateTimeOriginal %s', (written, expected) => {
    const properties = `<exif:DateTimeOriginal>${written}</exif:DateTimeOriginal>`
    expect(time(metadataOf({ xmp: xmp(properties) }))).toBe(expected)
  })

  it.each([
    ['20140916', '140512+0100', '2014-09-16T13:05:12.000Z offset 2014-09-16T14:05:12'],
    ['20140916', '140512', '2014-09-16T14:05:12.000Z assumed-utc 2014-09-16T14:05:12'],
    ['20140916', 'soon', '2014-09-16T00:00:00.000Z assumed-utc 2014-09-16'],
    ['20140000', '140512', null],
    ['00000000', '000000', null],
  ])('IPTC %s %s', (date, clock, expected) => {
    expect(time(metadataOf({ iptc: iptcBlock([2, 55, date], [2, 60, clock]) }))).toBe(expected)
  })

  it('counts for less than that of EXIF, but gives it its zone if both show the same second', () => {
    const exif = exifBlock({ exif: { [ORIGINAL]: { ascii: '2024:07:01 12:00:00' } } })
    const created = (text: string) => xmp(`<photoshop:DateCreated>${text}</photoshop:DateCreated>`)
    expect(time(metadataOf({ exif, xmp: created('2024-07-01T12:00:00+02:00') }))).toBe(
      '2024-07-01T10:00:00.000Z offset 2024-07-01T12:00:00',
    )
    expect(time(metadataOf({ exif, xmp: created('2024-07-01T18:00:00+02:00') }))).toBe(
      '2024-07-01T12:00:00.000Z assumed-utc 2024-07-01T12:00:00',
    )
  })

  it('in the sidecar corrects that of the file', () => {
    const exif = exifBlock({ exif: { [ORIGINAL]: { ascii: '2005:01:01 00:00:12' } } })
    const sidecar = xmpPacket('<exif:DateTimeOriginal>2024-07-01T12:00:00+02:00</exif:DateTimeOriginal>')
    expect(time(metadataOf({ exif }, sidecar))).toBe('2024-07-01T10:00:00.000Z offset 2024-07-01T12:00:00')
  })

  it('without hours is taken only if none has them', () => {
    const iptc = iptcBlock([2, 55, '20240701'])
    const properties = '<xmp:CreateDate>2024-07-01T12:00:00Z</xmp:CreateDate>'
    expect(time(metadataOf({ iptc, xmp: xmp(properties) }))).toContain('2024-07-01T12:00:00.000Z')
    expect(time(metadataOf({ iptc }))).toContain('2024-07-01T00:00:00.000Z')
  })
})
