import { describe, expect, it } from 'vitest'
import { jpegSegment, makeJpeg } from './fixtures/makeJpeg.ts'
import { makeManifestStore } from './fixtures/makeManifestStore.ts'
import { makeTiff, textField } from './fixtures/makeTiff.ts'
import { carriersIn, expectToSurvive, textsIn } from './fixtures/survive.ts'

const APP1 = 0xe1
const packet = (attributes: string) =>
  `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description ${attributes}/></rdf:RDF></x:xmpmeta>`
const GUID = 'A'.repeat(32)

function extendedXmp(whole: string, offset: number, part: string): Buffer {
  const numbers = Buffer.alloc(8)
  numbers.writeUInt32BE(Buffer.byteLength(whole))
  numbers.writeUInt32BE(offset, 4)
  return jpegSegment(APP1, 'http://ns.adobe.com/xmp/extension/\0', GUID, numbers, part)
}

/** The boxes spread over segments, with their head in each. */
function jumbf(boxes: Buffer, partBytes: number): Buffer[] {
  const parts: Buffer[] = []
  for (let at = 8, number = 1; at < boxes.length; at += partBytes, number += 1) {
    const head = Buffer.from([0x4a, 0x50, 0, 1, 0, 0, 0, number])
    parts.push(jpegSegment(0xeb, head, boxes.subarray(0, 8), boxes.subarray(at, at + partBytes)))
  }
  return parts
}

const tiff = makeTiff([textField(0x0131, 'Program')])
const records = Buffer.from([0x1c, 2, 120, 0, 2, 0x68, 0x69])
const resources = Buffer.concat([Buffer.from('8BIM\x04\x04\0\0\0\0\0\x07', 'latin1'), records, Buffer.alloc(1)])
const everything = makeJpeg([
  jpegSegment(0xe0, 'JFIF\0'),
  jpegSegment(APP1, 'Exif\0\0', tiff),
  jpegSegment(APP1, 'http://ns.adobe.com/xap/1.0/\0', packet('xmp:CreatorTool="Draw"')),
  jpegSegment(0xed, 'Photoshop 3.0\0', resources),
  ...jumbf(makeManifestStore(), 300),
  jpegSegment(0xfe, 'a comment\0'),
])

describe('a JPEG', () => {
  it('gives EXIF, XMP, IPTC, content credentials and comments', () => {
    const { texts, exif, xmp, iptc, credentials } = carriersIn(everything)
    expect([exif, xmp, iptc]).toEqual([tiff, [packet('xmp:CreatorTool="Draw"')], records])
    expect(credentials).toEqual({
      claimGenerator: 'ChatGPT',
      softwareAgents: ['OpenAI API', 'GPT-4o'],
      digitalSourceTypes: ['trainedAlgorithmicMedia'],
    })
    expect(texts.map(({ carrier, key, text }) => [carrier, key, text])).toEqual([
      ['xmp', 'CreatorTool', 'Draw'],
      ['jpeg:COM', '', 'a comment'],
      ['exif', 'Software', 'Program'],
    ])
  })

  it('has extended XMP put together from parts in any order', () => {
    const whole = packet('exif:UserComment="one half and the other"')
    const at = 60
    const jpeg = makeJpeg([
      extendedXmp(whole, at, whole.slice(at)),
      extendedXmp(whole, 0, whole.slice(0, at)),
      jpegSegment(APP1, 'http://ns.adobe.com/xap/1.0/\0', packet('xmp:CreatorTool="Draw"')),
    ])
    expect(carriersIn(jpeg).xmp).toEqual([packet('xmp:CreatorTool="Draw"'), whole])
    expect(textsIn(jpeg)).toEqual({ CreatorTool: 'Draw', UserComment: 'one half and the other' })
  })

  it('leaves out extended XMP that misses a part', () => {
    const whole = packet('exif:UserComment="one half and the other"')
    expect(carriersIn(makeJpeg([extendedXmp(whole, 60, whole.slice(60))])).xmp).toEqual([])
  })

  it('has EXIF that fills one segment and goes on in the next', () => {
    const workflow = `workflow:${'x'.repeat(150_000)}`
    const large = makeTiff([textField(0x010f, workflow)])
    const parts = [0, 65_500, 131_000].map((at) => jpegSegment(APP1, 'Exif\0\0', large.subarray(at, at + 65_500)))
    expect(textsIn(makeJpeg(parts))).toEqual({ Make: workflow })
  })

  it('is read over fill bytes and garbage between segments, and behind something else', () => {
    const jpeg = makeJpeg([
      Buffer.from([0xff, 0xff, 0xff]),
      jpegSegment(0xfe, 'one'),
      Buffer.from('garbage'),
      Buffer.from([0xff, 0]),
      jpegSegment(APP1, 'Exif\0\0', tiff),
    ])
    expect(textsIn(Buffer.concat([Buffer.from('before'), jpeg]), 'image/jpeg')).toEqual({
      '': 'one',
      Software: 'Program',
    })
  })

  it('carries nothing behind its pixels that belongs to it', () => {
    expect(textsIn(Buffer.concat([makeJpeg([]), jpegSegment(0xfe, 'another file')]))).toEqual({})
  })
})

describe('a hostile JPEG', () => {
  it.each([
    ['a segment shorter than its length', Buffer.from([0xff, 0xfe, 0, 1, 0, 0])],
    ['a segment beyond the file', Buffer.from([0xff, 0xfe, 0xff, 0xff])],
    ['an empty EXIF block', jpegSegment(APP1, 'Exif\0\0')],
    ['JUMBF without a box', jpegSegment(0xeb, 'JP')],
    ['extended XMP of 4 GB', jpegSegment(APP1, 'http://ns.adobe.com/xmp/extension/\0', GUID, Buffer.alloc(8, 0xff))],
    ['only fill bytes', Buffer.alloc(200_000, 0xff)],
  ])('is read as far as it goes: %s', (_, segment) => {
    expect(textsIn(makeJpeg([jpegSegment(0xfe, 'before'), segment]))).toEqual({ '': 'before' })
  })

  it('is read whatever has happened to it', () => {
    expectToSurvive(everything)
  })
})
