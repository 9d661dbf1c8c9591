import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { makeManifestStore } from './fixtures/makeManifestStore.ts'
import { internationalText, makePng, pngChunk } from './fixtures/makePng.ts'
import { makeTiff, textField } from './fixtures/makeTiff.ts'
import { carriersIn, expectToSurvive, textsIn } from './fixtures/survive.ts'

const packet =
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description xmp:CreatorTool="Draw"/></rdf:RDF></x:xmpmeta>'

function profile(name: string, bytes: Buffer, title = name): Buffer {
  const lines = bytes.toString('hex').replace(/.{72}/g, '$&\n')
  const text = `\n${title}\n${String(bytes.length).padStart(8)}\n${lines}\n`
  return pngChunk('zTXt', Buffer.concat([Buffer.from(`Raw profile type ${name}\0\0`), deflateSync(text)]))
}

const everything = makePng(
  [
    pngChunk('tEXt', 'parameters\0a cat\nSteps: 20'),
    pngChunk('zTXt', Buffer.concat([Buffer.from('Comment\0\0'), deflateSync('{"seed":1}')])),
    internationalText('invokeai_metadata', '{"positive_prompt":"猫"}'),
    internationalText('XML:com.adobe.xmp', packet, true),
    pngChunk('eXIf', makeTiff([textField(0x0131, 'Program')])),
    pngChunk('caBX', makeManifestStore()),
  ],
  [pngChunk('tEXt', 'after\0text behind the pixels'), pngChunk('comf', 'workflow\0{"nodes":[]}')],
)

describe('a PNG', () => {
  it('gives its texts in their order, of all kinds, before and behind the pixels', () => {
    expect(carriersIn(everything).texts.map(({ carrier, key, text }) => [carrier, key, text])).toEqual([
      ['png:tEXt', 'parameters', 'a cat\nSteps: 20'],
      ['png:zTXt', 'Comment', '{"seed":1}'],
      ['png:iTXt', 'invokeai_metadata', '{"positive_prompt":"猫"}'],
      ['xmp', 'CreatorTool', 'Draw'],
      ['exif', 'Software', 'Program'],
      ['png:tEXt', 'after', 'text behind the pixels'],
      ['png:comf', 'workflow', '{"nodes":[]}'],
    ])
  })

  it('gives EXIF, XMP and content credentials', () => {
    const { exif, xmp, credentials } = carriersIn(everything)
    expect(exif).toEqual(makeTiff([textField(0x0131, 'Program')]))
    expect(xmp).toEqual([packet])
    expect(credentials?.claimGenerator).toBe('ChatGPT')
  })

  it('keeps the bytes of a text as they stand there', () => {
    const bytes = Buffer.from('naïve', 'latin1')
    const png = makePng([pngChunk('tEXt', Buffer.concat([Buffer.from('Title\0'), bytes]))])
    expect(carriersIn(png).texts).toEqual([{ carrier: 'png:tEXt', key: 'Title', text: 'naïve', bytes }])
  })

  it('reads a tEXt that is really UTF-8 as such', () => {
    expect(textsIn(makePng([pngChunk('tEXt', 'parameters\0猫, naïve')]))).toEqual({ parameters: '猫, naïve' })
  })

  it('has no NUL at the end of a text, though it is among the bytes', () => {
    const [text] = carriersIn(makePng([pngChunk('tEXt', 'generation_data\0{}\0')])).texts
    expect(text).toMatchObject({ text: '{}', bytes: Buffer.from('{}\0') })
  })

  it('has EXIF, IPTC and XMP in profiles that ImageMagick wrote as hexadecimal text', () => {
    const tiff = makeTiff([textField(0x0131, 'Program')])
    const records = Buffer.from([0x1c, 2, 120, 0, 2, 0x68, 0x69])
    const resources = Buffer.concat([Buffer.from('8BIM\x04\x04\0\0\0\0\0\x07', 'latin1'), records, Buffer.alloc(1)])
    const png = makePng([
      profile('exif', Buffer.concat([Buffer.from('Exif\0\0'), tiff])),
      profile('iptc', resources, 'IPTC profile'),
      profile('xmp', Buffer.from(packet)),
    ])
    const { exif, iptc, xmp, texts } = carriersIn(png)
    expect([exif, iptc, xmp]).toEqual([tiff, records, [packet]])
    expect(texts.map(({ key }) => key)).toEqual(['Software', 'CreatorTool'])
  })

  it('has XMP and EXIF in a profile named APP1', () => {
    const xmp = Buffer.concat([Buffer.from('http://ns.adobe.com/xap/1.0/\0'), Buffer.from(packet)])
    expect(carriersIn(makePng([profile('APP1', xmp)])).xmp).toEqual([packet])
  })

  it('is found behind something else, and ends where it ends', () => {
    const wrapped = Buffer.concat([
      Buffer.from('HTTP/1.1 200 OK\r\n\r\n'),
      everything,
      pngChunk('tEXt', 'no\0part of it'),
    ])
    expect(textsIn(wrapped, 'image/png')).toEqual(textsIn(everything))
  })
})

describe('a hostile PNG', () => {
  it('loses a text that grows beyond the limit, and nothing else', () => {
    const bomb = deflateSync(Buffer.alloc(33 * 1024 ** 2, 'a'))
    const png = makePng([
      pngChunk('zTXt', Buffer.concat([Buffer.from('parameters\0\0'), bomb])),
      pngChunk('iTXt', Buffer.concat([Buffer.from('workflow\0\x01\0\0\0'), bomb])),
      pngChunk('tEXt', 'Title\0here'),
    ])
    const { texts, dropped } = carriersIn(png)
    expect(texts.map(({ key }) => key)).toEqual(['Title'])
    expect(dropped).toEqual([
      { carrier: 'png:zTXt', key: 'parameters', reason: 'too_large' },
      { carrier: 'png:iTXt', key: 'workflow', reason: 'too_large' },
    ])
  })

  it('does not make up for the limit by many texts below it', () => {
    const half = deflateSync(Buffer.alloc(20 * 1024 ** 2, 'a'))
    const chunk = pngChunk('zTXt', Buffer.concat([Buffer.from('a\0\0'), half]))
    const { texts, dropped } = carriersIn(makePng(Array.from({ length: 10 }, () => chunk)))
    expect(texts.length).toBe(3)
    expect(dropped.length).toBe(7)
  })

  it('notes a text that is cut off or broken', () => {
    const broken = makePng([pngChunk('zTXt', 'broken\0\0no deflate'), internationalText('cut', 'x').subarray(0, -5)])
    expect(carriersIn(broken).dropped[0]).toEqual({ carrier: 'png:zTXt', key: 'broken', reason: 'damaged' })
    expect(carriersIn(everything.subarray(0, 60)).dropped).toEqual([
      { carrier: 'png:tEXt', key: 'parameters', reason: 'damaged' },
    ])
  })

  it.each([
    ['a length beyond the file', pngChunk('tEXt', 'a\0b').fill(0xff, 0, 4)],
    ['a negative length', pngChunk('tEXt', 'a\0b').fill(0x80, 0, 1)],
    ['a text without a keyword', pngChunk('tEXt', 'abc')],
    ['an empty text', pngChunk('tEXt', '')],
    ['an iTXt that ends early', pngChunk('iTXt', 'key\0\0')],
    ['an empty EXIF block', pngChunk('eXIf', '')],
    ['no chunk', Buffer.from('garbage garbage')],
  ])('is read as far as it goes: %s', (_, chunk) => {
    const { texts } = carriersIn(makePng([pngChunk('tEXt', 'before\0text'), chunk]))
    expect(texts.map(({ key }) => key)).toEqual(['before'])
  })

  it('is read whatever has happened to it', () => {
    expectToSurvive(everything)
  })
})
