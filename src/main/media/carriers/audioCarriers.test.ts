import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { makeManifestStore } from './fixtures/makeManifestStore.ts'
import { makeRiff, riffChunk } from './fixtures/makeRiff.ts'
import { carriersIn, expectToSurvive, textsIn } from './fixtures/survive.ts'

const latin1 = (text: string) => Buffer.from(text, 'latin1')
const uint32le = (value: number) => Buffer.from([value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24])
const uint32 = (value: number) => uint32le(value).reverse()
const synchsafe = (value: number) => Buffer.from([value >> 21, (value >> 14) & 127, (value >> 7) & 127, value & 127])
const packet =
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description xmp:CreatorTool="Draw"/></rdf:RDF></x:xmpmeta>'

function vorbisComment(...fields: string[]): Buffer {
  const parts = fields.map((field) => Buffer.concat([uint32le(Buffer.byteLength(field)), Buffer.from(field)]))
  return Buffer.concat([uint32le(4), Buffer.from('Lavf'), uint32le(fields.length), ...parts])
}

const comment = vorbisComment('prompt={"prompt":"猫"}', 'TITLE=A song', 'METADATA_BLOCK_PICTURE=AAAA', 'no field')
const fields = { prompt: '{"prompt":"猫"}', TITLE: 'A song' }

function flacBlock(type: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([type, 0, content.length >> 8, content.length & 255]), content])
}

const flac = Buffer.concat([
  Buffer.from('fLaC'),
  flacBlock(0, Buffer.alloc(34)),
  flacBlock(0x84, comment),
  Buffer.alloc(50),
])

/** Pages of one stream, one packet after the other, in parts of at most `most` segments. */
function ogg(packets: readonly Buffer[], serial = 1, most = 255): Buffer {
  const lengths = packets.flatMap((bytes) => [
    ...Array<number>(Math.floor(bytes.length / 255)).fill(255),
    bytes.length % 255,
  ])
  const content = Buffer.concat(packets)
  const pages: Buffer[] = []
  let at = 0
  for (let from = 0; from < lengths.length; from += most) {
    const part = lengths.slice(from, from + most)
    const size = part.reduce((sum, length) => sum + length, 0)
    const flags = from > 0 && lengths[from - 1] === 255 ? 1 : 0
    const head = Buffer.concat([
      Buffer.from(`OggS\0`),
      Buffer.from([flags]),
      Buffer.alloc(8),
      uint32le(serial),
      Buffer.alloc(8),
    ])
    pages.push(Buffer.concat([head, Buffer.from([part.length, ...part]), content.subarray(at, at + size)]))
    at += size
  }
  return Buffer.concat(pages)
}

const opus = (text: Buffer) => [latin1('OpusHead0000'), Buffer.concat([latin1('OpusTags'), text])]

function frame(id: string, content: Buffer | string, version: 2 | 3 | 4 = 3, flags = 0): Buffer {
  const bytes = Buffer.from(content)
  if (version === 2) return Buffer.concat([latin1(id), uint32(bytes.length).subarray(1), bytes])
  const length = version === 4 ? synchsafe(bytes.length) : uint32(bytes.length)
  return Buffer.concat([latin1(id), length, Buffer.from([0, flags]), bytes])
}

function id3(version: 2 | 3 | 4, frames: readonly Buffer[], flags = 0): Buffer {
  const content = Buffer.concat([...frames, Buffer.alloc(20)])
  return Buffer.concat([Buffer.from([0x49, 0x44, 0x33, version, 0, flags]), synchsafe(content.length), content])
}

const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')
const tagged = id3(3, [
  frame('TIT2', '\0A song\0'),
  frame('TXXX', Buffer.concat([Buffer.from([1]), utf16('prompt'), Buffer.alloc(2), utf16('{"prompt":"猫"}')])),
  frame('COMM', latin1('\0eng\0a comment')),
  frame('APIC', Buffer.alloc(500, 0xff)),
  frame('PRIV', Buffer.concat([Buffer.from('XMP\0'), Buffer.from(packet)])),
  frame('GEOB', Buffer.concat([latin1('\0application/x-c2pa-manifest-store\0c2pa\0c2pa\0'), makeManifestStore()])),
])

describe('a Vorbis comment', () => {
  it('is read from FLAC, with and without an ID3 tag before it', () => {
    expect(textsIn(flac)).toEqual(fields)
    expect(textsIn(Buffer.concat([id3(3, [frame('TIT2', '\0Tag')]), flac]))).toEqual({ title: 'Tag', ...fields })
  })

  it('is read from Ogg, over many pages, among several streams', () => {
    const long = vorbisComment(`workflow=${'x'.repeat(100_000)}`)
    expect(textsIn(ogg(opus(comment)))).toEqual(fields)
    expect(textsIn(ogg([latin1('\x01vorbis'), Buffer.concat([latin1('\x03vorbis'), comment])]))).toEqual(fields)
    expect(textsIn(ogg(opus(long), 1, 100))).toEqual({ workflow: 'x'.repeat(100_000) })
    expect(textsIn(Buffer.concat([ogg(opus(comment)), ogg(opus(vorbisComment('A=b')), 2)]))).toEqual(fields)
  })
})

describe('an ID3 tag', () => {
  it('gives texts by name, comments, XMP and content credentials', () => {
    expect(textsIn(tagged)).toEqual({
      title: 'A song',
      prompt: '{"prompt":"猫"}',
      comment: 'a comment',
      CreatorTool: 'Draw',
    })
    expect(carriersIn(tagged).credentials?.claimGenerator).toBe('ChatGPT')
  })

  it('is read in each version, and with lengths as iTunes wrote them', () => {
    const long = `\x03${'x'.repeat(300)}`
    expect(textsIn(id3(2, [frame('TT2', '\0A song', 2), frame('COM', '\0engkey\0text', 2)]))).toEqual({
      title: 'A song',
      key: 'text',
    })
    expect(textsIn(id3(4, [frame('TIT2', long, 4), frame('TPE1', '\x03猫', 4)]))).toEqual({
      title: 'x'.repeat(300),
      artist: '猫',
    })
    expect(textsIn(id3(4, [frame('TIT2', long, 3), frame('TPE1', '\x03猫', 3)]))).toEqual({
      title: 'x'.repeat(300),
      artist: '猫',
    })
  })

  it('is read where zeros were put in, and where frames are compressed', () => {
    const text = Buffer.from([0, 0x41, 0xff, 0x42])
    const stuffed = Buffer.from([0, 0x41, 0xff, 0, 0x42])
    const whole = id3(3, [Buffer.concat([latin1('TIT2'), uint32(text.length), Buffer.alloc(2), stuffed])], 0x80)
    expect(textsIn(whole)).toEqual({ title: 'AÿB' })
    expect(textsIn(id3(4, [frame('TIT2', stuffed, 4, 2)]))).toEqual({ title: 'AÿB' })
    const packed = Buffer.concat([synchsafe(7), deflateSync('\x03A song')])
    expect(textsIn(id3(4, [frame('TIT2', packed, 4, 9)]))).toEqual({ title: 'A song' })
  })

  it('is read from a WAV and an AIFF', () => {
    const chunk = Buffer.concat([Buffer.from('ID3 '), uint32(tagged.length), tagged, Buffer.alloc(tagged.length % 2)])
    const name = Buffer.concat([Buffer.from('NAME'), uint32(6), Buffer.from('A name')])
    const aiff = Buffer.concat([Buffer.from('FORM\0\0\0\0AIFF'), name, chunk])
    expect(textsIn(makeRiff('WAVE', [riffChunk('id3 ', tagged)])).prompt).toBe('{"prompt":"猫"}')
    expect(textsIn(aiff)).toMatchObject({ title: 'A song', prompt: '{"prompt":"猫"}' })
    expectToSurvive(aiff)
  })
})

describe('a hostile sound', () => {
  it.each([
    ['a frame beyond the tag', id3(3, [frame('TIT2', '\0A'), Buffer.from('TPE1\x7f\xff\xff\xff\0\0', 'latin1')])],
    ['an extended header beyond the tag', id3(3, [Buffer.alloc(4, 0xff)], 0x40)],
    ['a comment of 4 GB', Buffer.concat([Buffer.from('fLaC'), flacBlock(0x84, Buffer.alloc(12, 0xff))])],
    ['a stream without end', Buffer.concat(Array.from({ length: 500 }, (_, serial) => ogg([Buffer.alloc(0)], serial)))],
  ])('is read as far as it goes: %s', (_, bytes) => {
    expect(Object.keys(textsIn(bytes)).length).toBeLessThan(2)
  })

  it('is read whatever has happened to it', () => {
    expectToSurvive(flac)
    expectToSurvive(ogg(opus(comment), 1, 3))
    expectToSurvive(tagged)
    expectToSurvive(id3(4, [frame('TIT2', '\x03A song', 4)]))
  })
})
