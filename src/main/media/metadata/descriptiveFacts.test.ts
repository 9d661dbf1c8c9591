import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Carriers } from '../carriers/carriers.ts'
import { exifBlock, iptcBlock, metadataOf, xmpPacket } from './fixtures/metadataBlocks.ts'

const described = (carriers: Partial<Carriers>, sidecar: string | null = null) =>
  metadataOf(carriers, sidecar).metadata.descriptive as Record<string, unknown> | undefined

const alt = (name: string, text: string) =>
  `<${name}><rdf:Alt><rdf:li xml:lang="x-default">${text}</rdf:li></rdf:Alt></${name}>`
const bag = (name: string, ...texts: string[]) =>
  `<${name}><rdf:Bag>${texts.map((text) => `<rdf:li>${text}</rdf:li>`).join('')}</rdf:Bag></${name}>`
const utf16 = (text: string) => ({ byte: Buffer.from(`${text}\0`, 'utf16le') })

describe('what people say about a picture', () => {
  it('is read from XMP', () => {
    const packet = xmpPacket(
      alt('dc:title', 'Harbour') +
        alt('dc:description', 'Boats &amp; gulls') +
        bag('dc:subject', 'sea', 'boat', 'sea') +
        bag('dc:creator', 'A. Painter', 'B. Painter') +
        alt('dc:rights', '© A. Painter') +
        '<xmp:Rating>4</xmp:Rating><xmp:Label>Red</xmp:Label><xmp:CreatorTool>Editor 3</xmp:CreatorTool>' +
        '<photoshop:Credit>Agency</photoshop:Credit><photoshop:City>Kiel</photoshop:City>' +
        '<photoshop:Country>Germany</photoshop:Country><Iptc4xmpCore:Location>Pier 3</Iptc4xmpCore:Location>' +
        '<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia</Iptc4xmpExt:DigitalSourceType>',
    )
    expect(described({ xmp: [packet] })).toEqual({
      title: 'Harbour',
      description: 'Boats & gulls',
      keywords: ['sea', 'boat'],
      creator: ['A. Painter', 'B. Painter'],
      copyright: '© A. Painter',
      credit: 'Agency',
      rating: 4,
      label: 'Red',
      location: { sublocation: 'Pier 3', city: 'Kiel', country: 'Germany' },
      creator_tool: 'Editor 3',
      digital_source_type: 'trainedAlgorithmicMedia',
    })
  })

  it('is read from IPTC', () => {
    const iptc = iptcBlock(
      [2, 5, 'Harbour'],
      [2, 25, 'sea'],
      [2, 25, 'boat'],
      [2, 80, 'A. Painter'],
      [2, 90, 'Kiel'],
      [2, 95, 'Holstein'],
      [2, 101, 'Germany'],
      [2, 110, 'Agency'],
      [2, 116, '© A. Painter'],
      [2, 120, 'Boats'],
    )
    expect(described({ iptc })).toEqual({
      title: 'Harbour',
      description: 'Boats',
      keywords: ['sea', 'boat'],
      creator: ['A. Painter'],
      copyright: '© A. Painter',
      credit: 'Agency',
      location: { city: 'Kiel', region: 'Holstein', country: 'Germany' },
    })
  })

  it('is read from EXIF, several creators parted by semicolons, photographer and editor by NUL', () => {
    const exif = exifBlock({
      main: {
        270: { ascii: 'Boats' },
        305: { ascii: 'Firmware 1.2' },
        315: { ascii: 'A. Painter; B. Painter' },
        33432: { ascii: '© A. Painter\0© Agency\0' },
        18246: { short: [3] },
      },
    })
    expect(described({ exif })).toEqual({
      description: 'Boats',
      creator: ['A. Painter', 'B. Painter'],
      copyright: '© A. Painter; © Agency',
      rating: 3,
      software: 'Firmware 1.2',
    })
  })

  it('is read from the other directory of EXIF too, where some cameras put it', () => {
    const misplaced = { exif: { 270: { ascii: 'Boats' } } }
    expect(described({ exif: exifBlock(misplaced) })).toEqual({ description: 'Boats' })
    const both = exifBlock({ ...misplaced, main: { 270: { ascii: 'Harbour' } } })
    expect(described({ exif: both })).toEqual({ description: 'Harbour' })
  })

  it('is read from the fields of Windows where nothing else says it', () => {
    const main = {
      40091: utf16('Hafen – überall'),
      40092: utf16('a comment'),
      40093: utf16('A. Painter;B. Painter'),
      40094: utf16('sea;boat; '),
    }
    const windows = { title: 'Hafen – überall', keywords: ['sea', 'boat'], creator: ['A. Painter', 'B. Painter'] }
    expect(described({ exif: exifBlock({ main }) })).toEqual({ ...windows, description: 'a comment' })
    expect(described({ exif: exifBlock({ main }, false) })).toMatchObject(windows)
    expect(described({ exif: exifBlock({ main }), xmp: [xmpPacket(alt('dc:title', 'Harbour'))] })?.title).toBe(
      'Harbour',
    )
  })

  it('is not what cameras and image generators write into the same fields', () => {
    const descriptionOf = (text: string) =>
      described({ exif: exifBlock({ main: { 270: { ascii: text } } }) })?.description
    for (const text of [
      'OLYMPUS DIGITAL CAMERA         ',
      'SONY DSC',
      'Exif_JPEG_PICTURE',
      'DCIM\\100MEDIA\\DJI_0001.JPG',
      'Workflow: {"nodes":[]}',
      'prompt:{"1":{}}',
      '{"prompt": "a cat"}',
    ]) {
      expect([text, descriptionOf(text)]).toEqual([text, undefined])
    }
    expect(descriptionOf('My Olympus digital camera')).toBe('My Olympus digital camera')
  })

  it.each([
    ['5', 5],
    ['-1', -1],
    ['3.0', 3],
    ['0', undefined],
    ['99', undefined],
    ['good', undefined],
  ])('rating %s', (written, stars) => {
    expect(described({ xmp: [xmpPacket(`<xmp:Rating>${written}</xmp:Rating>`)] })?.rating).toBe(stars)
  })
})

describe('of several sources', () => {
  const exif = exifBlock({ main: { 270: { ascii: 'by EXIF' } } })
  const iptc = iptcBlock([2, 120, 'by IPTC'], [2, 5, 'Title by IPTC'])
  const packet = (more = '') => xmpPacket(alt('dc:description', 'by XMP') + more)

  it('the sidecar goes before EXIF, EXIF before XMP, XMP before IPTC', () => {
    const sidecar = xmpPacket(alt('dc:description', 'by sidecar'))
    const of = (carriers: Partial<Carriers>, beside: string | null = null) => described(carriers, beside)?.description
    expect(of({ exif, iptc, xmp: [packet()] }, sidecar)).toBe('by sidecar')
    expect(of({ exif, iptc, xmp: [packet()] })).toBe('by EXIF')
    expect(of({ iptc, xmp: [packet()] })).toBe('by XMP')
    expect(of({ iptc })).toBe('by IPTC')
  })

  it('each says what the ones before it leave open', () => {
    expect(described({ exif, iptc, xmp: [packet()] })).toEqual({ title: 'Title by IPTC', description: 'by EXIF' })
  })

  it('IPTC goes before XMP if it was changed after XMP was made equal to it', () => {
    const digest = (block: Uint8Array) => createHash('md5').update(block).digest('hex').toUpperCase()
    const noted = (block: Uint8Array) =>
      packet(`<photoshop:LegacyIPTCDigest>${digest(block)}</photoshop:LegacyIPTCDigest>`)
    expect(described({ iptc, xmp: [noted(iptc)] })?.description).toBe('by XMP')
    expect(described({ iptc, xmp: [noted(iptcBlock([2, 120, 'older']))] })?.description).toBe('by IPTC')
  })

  it('XMP completes what IPTC had to cut off', () => {
    const short = iptcBlock([2, 120, 'by X'])
    const stale = packet(`<photoshop:LegacyIPTCDigest>${'0'.repeat(32)}</photoshop:LegacyIPTCDigest>`)
    expect(described({ iptc: short, xmp: [stale] })?.description).toBe('by XMP')
  })
})
