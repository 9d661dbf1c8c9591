import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { bufferSource } from './byteSource.ts'
import { compactTiff, tiffParts } from './compactTiff.ts'
import { jpegSegment, makeJpeg } from './fixtures/makeJpeg.ts'
import { makeManifestStore } from './fixtures/makeManifestStore.ts'
import { makeTiff, type TiffOptions, textField } from './fixtures/makeTiff.ts'
import { carriersIn, expectToSurvive, textsIn } from './fixtures/survive.ts'
import { firstNumber, readDirectory, readTiffHeader } from './tiffDirectory.ts'

const packet =
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description xmp:CreatorTool="Draw"/></rdf:RDF></x:xmpmeta>'
const records = Buffer.from([0x1c, 2, 120, 0, 2, 0x68, 0x69])
const uint32 = (value: number) => Buffer.from([value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255])
const tiff = makeTiff([textField(0x0131, 'Program')])

describe('a TIFF file', () => {
  const layouts: TiffOptions[] = [
    {},
    { littleEndian: false },
    { big: true },
    { big: true, littleEndian: false },
    { directoryLast: true },
  ]

  it.each(layouts)('gives texts, XMP, IPTC and a small EXIF block: %j', (options) => {
    const short = Buffer.from(options.littleEndian === false ? [0, 6] : [6, 0])
    const whole = makeTiff(
      [
        textField(0x010e, 'parameters'),
        { tag: 0x0112, type: 3, value: short },
        { tag: 273, type: 4, value: Buffer.alloc(8) },
        { tag: 700, type: 1, value: Buffer.from(packet) },
        { tag: 33723, type: 7, value: records },
      ],
      [textField(0x9286, 'ASCII\0\0\0a comment', 7), { tag: 0x9000, type: 7, value: Buffer.from('0232') }],
      options,
    )
    const { exif, xmp, iptc, texts } = carriersIn(whole)
    expect([xmp, iptc]).toEqual([[packet], records])
    expect(texts.map(({ key, text }) => [key, text])).toEqual([
      ['ImageDescription', 'parameters'],
      ['UserComment', 'a comment'],
      ['CreatorTool', 'Draw'],
    ])
    const small = bufferSource(exif ?? Buffer.alloc(0))
    const header = readTiffHeader(small)!
    const main = readDirectory(small, header, header.first)
    const number = (tag: number) => firstNumber(small, header, main.find((entry) => entry.tag === tag)!)
    expect(main.map(({ tag }) => tag)).toEqual([0x010e, 0x0112, 0x8769])
    expect(number(0x0112)).toBe(6)
    expect(readDirectory(small, header, number(0x8769)!).map(({ tag }) => tag)).toEqual([0x9000, 0x9286])
  })

  it('has a small EXIF block however large it is', () => {
    const large = makeTiff([textField(0x0131, 'Program'), { tag: 0xc62f, type: 7, value: Buffer.alloc(200_000) }])
    expect(compactTiff(tiffParts(bufferSource(large))!)?.length).toBeLessThan(100)
  })

  it('gives content credentials', () => {
    expect(carriersIn(makeTiff([{ tag: 52545, type: 7, value: makeManifestStore() }])).credentials).not.toBeNull()
  })

  it('may be a JPEG with a camera’s head before it', () => {
    const head = Buffer.concat([Buffer.from('FUJIFILMCCD-RAW '), Buffer.alloc(68), uint32(88)])
    expect(carriersIn(Buffer.concat([head, makeJpeg([jpegSegment(0xe1, 'Exif\0\0', tiff)])])).exif).toEqual(tiff)
  })

  it('is read whatever has happened to it', () => {
    for (const options of layouts) {
      expectToSurvive(
        makeTiff(
          [textField(0x010e, 'text of it'), { tag: 700, type: 1, value: Buffer.from(packet) }],
          [textField(0x9286, 'comment', 7)],
          options,
        ),
      )
    }
  })
})

describe('a GIF', () => {
  const blocks = (content: Buffer) => {
    const parts: Buffer[] = []
    for (let at = 0; at < content.length; at += 255) {
      const part = content.subarray(at, at + 255)
      parts.push(Buffer.from([part.length]), part)
    }
    return Buffer.concat([...parts, Buffer.from([0])])
  }
  const trailer = Buffer.from([1, ...Array.from({ length: 256 }, (_, index) => 255 - index), 0])
  const gif = Buffer.concat([
    Buffer.from('GIF89a'),
    Buffer.from([1, 0, 1, 0, 0x80, 0, 0]),
    Buffer.alloc(6),
    Buffer.from([0x21, 0xfe]),
    blocks(Buffer.from(`a long comment ${'x'.repeat(400)}`)),
    Buffer.from([0x21, 0xff, 11]),
    Buffer.from('XMP DataXMP'),
    Buffer.from(packet),
    trailer,
    Buffer.from([0x21, 0xff, 11]),
    Buffer.from('C2PA_GIF\x01\0\0', 'latin1'),
    blocks(makeManifestStore()),
    Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4c, 1, 0]),
    Buffer.from([0x21, 0xfe]),
    blocks(Buffer.from('behind the pixels')),
    Buffer.from(';'),
  ])

  it('gives comments before and behind its pixels, XMP and content credentials', () => {
    const { texts, xmp, credentials } = carriersIn(gif)
    expect(texts.map(({ text }) => text)).toEqual([`a long comment ${'x'.repeat(400)}`, 'Draw', 'behind the pixels'])
    expect([xmp, credentials?.claimGenerator]).toEqual([[packet], 'ChatGPT'])
  })

  it('is read whatever has happened to it', () => {
    expectToSurvive(gif)
  })
})

describe('a Photoshop document', () => {
  const resource = (id: number, content: Buffer) =>
    Buffer.concat([
      Buffer.from('8BIM'),
      Buffer.from([id >> 8, id & 255, 0, 0]),
      uint32(content.length),
      content,
      Buffer.alloc(content.length % 2),
    ])
  const resources = Buffer.concat([
    resource(0x0404, records),
    resource(0x0422, tiff),
    resource(0x03ed, Buffer.alloc(16)),
    resource(0x0424, Buffer.from(packet)),
  ])
  const psd = Buffer.concat([
    Buffer.from('8BPS\0\x01'),
    Buffer.alloc(20),
    uint32(0),
    uint32(resources.length),
    resources,
    Buffer.alloc(20),
  ])

  it('gives IPTC, EXIF and XMP', () => {
    expect(carriersIn(psd)).toMatchObject({ iptc: records, exif: tiff, xmp: [packet] })
    expect(textsIn(psd)).toEqual({ Software: 'Program', CreatorTool: 'Draw' })
  })

  it('is read whatever has happened to it', () => {
    expectToSurvive(psd)
  })
})

describe('a document with XMP in it', () => {
  const wrapped = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>${packet}<?xpacket end="w"?>`

  it('is searched at its start and its end: PDF, EPS, Illustrator', () => {
    const filler = Buffer.alloc(9 * 1024 ** 2, ' ')
    expect(carriersIn(Buffer.from(`%PDF-1.7\n${wrapped}\n%%EOF`)).xmp).toEqual([wrapped])
    expect(carriersIn(Buffer.concat([Buffer.from('%!PS-Adobe'), filler, Buffer.from(wrapped)])).xmp).toEqual([wrapped])
    expect(carriersIn(Buffer.from(`junk %PDF ${wrapped}`), 'application/pdf').xmp).toEqual([wrapped])
    expect(carriersIn(Buffer.from('%PDF <?xpacket begin never ends')).xmp).toEqual([])
  })

  it('is a drawing, compressed or not', () => {
    const store = makeManifestStore().toString('base64')
    const svg = `<svg><metadata><c2pa:manifest>${store}</c2pa:manifest>${packet}</metadata></svg>`
    for (const bytes of [Buffer.from(svg), gzipSync(svg)]) {
      expect(textsIn(bytes, 'image/svg+xml')).toEqual({ CreatorTool: 'Draw' })
      expect(carriersIn(bytes, 'image/svg+xml').credentials?.claimGenerator).toBe('ChatGPT')
    }
    expectToSurvive(Buffer.from(svg), 'image/svg+xml')
  })
})
