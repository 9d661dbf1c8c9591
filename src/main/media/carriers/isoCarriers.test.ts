import { brotliCompressSync, constants } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { box, makeManifestStore } from './fixtures/makeManifestStore.ts'
import { makeTiff, textField } from './fixtures/makeTiff.ts'
import { carriersIn, expectToSurvive, textsIn } from './fixtures/survive.ts'

const packet =
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description xmp:CreatorTool="Draw"/></rdf:RDF></x:xmpmeta>'
const tiff = makeTiff([textField(0x0131, 'Program')])
const uint16 = (value: number) => Buffer.from([value >> 8, value & 255])
const uint32 = (value: number) => Buffer.concat([uint16(value >>> 16), uint16(value & 0xffff)])
const uuid = (hex: string, ...contents: (Buffer | string)[]) => box('uuid', Buffer.from(hex, 'hex'), ...contents)
const data = (type: number, value: string | Buffer) => box('data', uint32(type), uint32(0), value)
const latin1 = (text: string) => Buffer.from(text, 'latin1')

const ftyp = box('ftyp', 'isom', uint32(0))
const handler = box('hdlr', Buffer.alloc(8), 'mdir', Buffer.alloc(13))
const manifestBox = uuid(
  'd8fec3d61b0e483c92975828877ec481',
  uint32(0),
  'manifest\0',
  Buffer.alloc(8),
  makeManifestStore(),
)

/** Items at the end of the file (method 0) or in the `idat` box (method 1). */
function heif(method: 0 | 1): Buffer {
  const exifItem = Buffer.concat([uint32(6), Buffer.from('Exif\0\0'), tiff])
  const item = (id: number, type: string, rest = '') =>
    box('infe', Buffer.from([2, 0, 0, 0]), uint16(id), uint16(0), type, '\0', rest)
  const infos = box('iinf', uint32(0), uint16(2), item(1, 'Exif'), item(2, 'mime', 'application/rdf+xml\0'))
  const location = (id: number, offset: number, length: number) =>
    Buffer.concat([uint16(id), uint16(method), uint16(0), uint16(1), uint32(offset), uint32(length)])
  const meta = (start: number) =>
    box(
      'meta',
      uint32(0),
      handler,
      infos,
      box(
        'iloc',
        Buffer.from([1, 0, 0, 0, 0x44, 0]),
        uint16(2),
        location(1, start, exifItem.length),
        location(2, start + exifItem.length, packet.length),
      ),
      ...(method === 1 ? [box('idat', exifItem, packet)] : []),
    )
  const start = method === 1 ? 0 : ftyp.length + meta(0).length
  return Buffer.concat([ftyp, meta(start), ...(method === 1 ? [] : [exifItem, Buffer.from(packet)])])
}

const keys = ['prompt', 'com.apple.quicktime.comment'].map((name) =>
  Buffer.concat([uint32(8 + name.length), Buffer.from(`mdta${name}`)]),
)
const keyed = box(
  'meta',
  uint32(0),
  handler,
  box('keys', uint32(0), uint32(2), ...keys),
  box(
    'ilst',
    box('\0\0\0\x01', data(1, '{"3":{"class_type":"KSampler"}}')),
    box('\0\0\0\x02', data(2, Buffer.from('猫', 'utf16le').swap16())),
  ),
)
const itunes = box(
  'meta',
  uint32(0),
  handler,
  box(
    'ilst',
    box(
      '----',
      box('mean', uint32(0), 'com.apple.iTunes'),
      box('name', uint32(0), 'workflow'),
      data(1, '{"nodes":[]}'),
    ),
    Buffer.concat([uint32(8 + 8 + 8 + 2), latin1('©cmt'), data(1, 'hi')]),
    box('trkn', data(0, Buffer.from([0, 0, 0, 1]))),
    box('covr', data(13, Buffer.alloc(64, 0xff))),
  ),
)
const quickTimeText = Buffer.concat([
  uint32(8 + 4 + 6),
  latin1('©nam'),
  uint16(6),
  uint16(0x55c4),
  Buffer.from('a name'),
])
const threeGpp = box('dscp', uint32(0), uint16(0x15c7), 'described\0')
const movie = Buffer.concat([
  ftyp,
  box('mdat', Buffer.alloc(40)),
  box('moov', box('mvhd', Buffer.alloc(20)), keyed, box('udta', quickTimeText, threeGpp, itunes, uint32(0))),
  uuid('be7acfcb97a942e89c71999491e3afac', packet),
  manifestBox,
])

describe('an ISO media file', () => {
  it.each([0, 1] as const)(
    'gives the EXIF and XMP items of a HEIC or AVIF picture, by construction method %i',
    (method) => {
      const { exif, xmp, texts } = carriersIn(heif(method))
      expect([exif, xmp]).toEqual([tiff, [packet]])
      expect(texts.map(({ key }) => key)).toEqual(['Software', 'CreatorTool'])
    },
  )

  it('gives the tags of a movie in every way to write them', () => {
    expect(textsIn(movie)).toEqual({
      prompt: '{"3":{"class_type":"KSampler"}}',
      'com.apple.quicktime.comment': '猫',
      title: 'a name',
      description: 'described',
      workflow: '{"nodes":[]}',
      comment: 'hi',
      CreatorTool: 'Draw',
    })
  })

  it('gives content credentials', () => {
    expect(carriersIn(movie).credentials?.claimGenerator).toBe('ChatGPT')
  })

  it('gives what a JPEG XL carries, compressed or not', () => {
    const head = Buffer.concat([box('JXL ', '\r\n\x87\n'), ftyp])
    const exif = Buffer.concat([uint32(0), tiff])
    const plain = Buffer.concat([head, box('Exif', exif), box('xml ', packet), makeManifestStore()])
    const brotli = (type: string, content: string | Buffer) => box('brob', type, brotliCompressSync(content))
    const packed = Buffer.concat([head, brotli('Exif', exif), brotli('xml ', packet), brotli('comf', '{"prompt":{}}')])
    expect(carriersIn(plain)).toMatchObject({ exif: tiff, xmp: [packet], credentials: { claimGenerator: 'ChatGPT' } })
    expect(carriersIn(packed)).toMatchObject({ exif: tiff, xmp: [packet] })
    expect(carriersIn(packed).texts.at(-1)).toMatchObject({ carrier: 'mp4:comf', text: '{"prompt":{}}' })
  })

  it('gives EXIF and IPTC of a JPEG 2000', () => {
    const jp2 = Buffer.concat([
      box('jP  ', '\r\n\x87\n'),
      uuid(latin1('JpgTiffExif->JP2').toString('hex'), tiff),
      uuid('33c7a4d2b81d4723a0baf1a3e097ad38', Buffer.from([0x1c, 2, 0, 0, 0])),
      box('xml ', '<gml:other/>'),
    ])
    expect(carriersIn(jp2)).toMatchObject({ exif: tiff, iptc: Buffer.from([0x1c, 2, 0, 0, 0]), xmp: [] })
  })

  it('puts the EXIF of a CR3 together', () => {
    const part = (text: string) => makeTiff([textField(0x9003, text)])
    const canon = uuid(
      '85c0b687820f11e08111f4ce462b6a48',
      box('CMT1', makeTiff([textField(0x0110, 'Canon EOS R6')])),
      box('CMT2', part('2026:01:02 03:04:05')),
    )
    const { exif, texts } = carriersIn(Buffer.concat([ftyp, box('moov', canon)]))
    expect(Buffer.from(exif ?? []).includes('2026:01:02 03:04:05')).toBe(true)
    expect(texts.map(({ text }) => text)).toEqual(['Canon EOS R6'])
  })
})

describe('a hostile ISO media file', () => {
  const fast = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }
  it.each([
    ['a box of no length', Buffer.from('\0\0\0\x04moov')],
    ['a box beyond the file', box('moov', keyed).fill(0x7f, 0, 4)],
    ['a box of 2^64 bytes', Buffer.concat([uint32(1), Buffer.from('moov'), Buffer.alloc(8, 0xff)])],
    ['boxes in boxes', Array.from({ length: 50 }).reduce<Buffer>((inner) => box('moov', inner), Buffer.alloc(0))],
    ['items without places', box('meta', uint32(0), handler, box('iinf', uint32(0), uint16(0xffff)), box('iloc'))],
    ['keys without end', box('moov', box('meta', uint32(0), handler, box('keys', uint32(0), uint32(0x7fffffff))))],
  ])('is read as far as it goes: %s', (_, bytes) => {
    const texts = textsIn(Buffer.concat([ftyp, uuid('be7acfcb97a942e89c71999491e3afac', packet), bytes]))
    expect(texts.CreatorTool).toBe('Draw')
  })

  it('loses what is packed a thousand to one', () => {
    const bomb = box('brob', 'xml ', brotliCompressSync(Buffer.alloc(33 * 1024 ** 2), fast))
    expect(carriersIn(Buffer.concat([ftyp, bomb])).dropped).toEqual([
      { carrier: 'brob', key: 'xml ', reason: 'too_large' },
    ])
  })

  it('is read whatever has happened to it', () => {
    expectToSurvive(movie)
    expectToSurvive(heif(0))
    expectToSurvive(heif(1))
  })
})
