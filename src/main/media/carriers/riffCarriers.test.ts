import { describe, expect, it } from 'vitest'
import { makeManifestStore } from './fixtures/makeManifestStore.ts'
import { makeRiff, riffChunk } from './fixtures/makeRiff.ts'
import { makeTiff, textField } from './fixtures/makeTiff.ts'
import { carriersIn, expectToSurvive, textsIn } from './fixtures/survive.ts'

const packet =
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description xmp:CreatorTool="Draw"/></rdf:RDF></x:xmpmeta>'
const tiff = makeTiff([textField(0x0110, 'prompt:{}')])
const webp = makeRiff('WEBP', [
  riffChunk('XMP ', packet),
  riffChunk('VP8 ', Buffer.alloc(101)),
  riffChunk('EXIF', tiff),
  riffChunk('C2PA', makeManifestStore()),
])
const wav = makeRiff('WAVE', [
  riffChunk('fmt ', Buffer.alloc(16)),
  riffChunk('LIST', 'INFO', riffChunk('ICMT', '{"prompt":"猫"}\0'), riffChunk('ISFT', 'Lavf\0')),
  riffChunk('data', Buffer.alloc(64)),
])

describe('a RIFF file', () => {
  it('gives EXIF, XMP and content credentials of a WebP in any order', () => {
    const { exif, xmp, credentials } = carriersIn(webp)
    expect([exif, xmp, credentials?.claimGenerator]).toEqual([tiff, [packet], 'ChatGPT'])
    expect(textsIn(webp)).toEqual({ CreatorTool: 'Draw', Model: 'prompt:{}' })
  })

  it('may have the prefix of JPEG before its EXIF', () => {
    expect(carriersIn(makeRiff('WEBP', [riffChunk('EXIF', 'Exif\0\0', tiff)])).exif).toEqual(tiff)
  })

  it('is read where a writer forgot the padding, and the new length of the whole', () => {
    const unpadded = riffChunk('VP8 ', Buffer.alloc(101, 7)).subarray(0, -1)
    const bytes = makeRiff('WEBP', [unpadded, riffChunk('EXIF', tiff)])
    bytes.writeUInt32LE(50, 4)
    expect(carriersIn(bytes).exif).toEqual(tiff)
  })

  it('gives the texts of a WAV or AVI by their usual names', () => {
    expect(textsIn(wav)).toEqual({ comment: '{"prompt":"猫"}', software: 'Lavf' })
  })
})

describe('a hostile RIFF file', () => {
  it.each([
    ['a chunk beyond the file', riffChunk('EXIF', tiff).fill(0xff, 4, 8)],
    ['an empty EXIF block', riffChunk('EXIF')],
    ['a list beyond the file', riffChunk('LIST', 'INFO', riffChunk('ICMT', 'x').fill(0xff, 4, 8)).fill(0xff, 4, 8)],
    ['zeros', Buffer.alloc(100)],
  ])('is read as far as it goes: %s', (_, chunk) => {
    expect(textsIn(makeRiff('WEBP', [riffChunk('XMP ', packet), chunk]))).toEqual({ CreatorTool: 'Draw' })
  })

  it('is read whatever has happened to it', () => {
    expectToSurvive(webp)
    expectToSurvive(wav)
  })
})
