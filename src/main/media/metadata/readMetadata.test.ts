import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exifBlock, type FieldValue, iptcBlock, metadataOf, xmpPacket } from './fixtures/metadataBlocks.ts'

const exifOf = (main: Record<number, FieldValue>, exif: Record<number, FieldValue> = {}) =>
  metadataOf({ exif: exifBlock({ main, exif }) }).metadata.exif as Record<string, unknown> | undefined

describe('EXIF as it stands in the file', () => {
  it('is plain JSON: dates in ISO form, codes in words, bytes left out', () => {
    const exif = exifOf(
      {
        271: { ascii: 'Camera\0\0' },
        274: { short: [6] },
        306: { ascii: '2024:07:01 12:00:00' },
        273: { long: [8] },
        50341: { undefined: Buffer.from('PrintIM\0') },
      },
      {
        33437: { rational: [[28, 10]] },
        37510: { undefined: Buffer.from('ASCII\0\0\0a comment') },
        37500: { undefined: Buffer.alloc(100, 7) },
        41728: { undefined: Buffer.from([3]) },
        41994: { short: [0] },
        42034: {
          rational: [
            [24, 1],
            [70, 1],
            [28, 10],
            [1, 0],
          ],
        },
      },
    )
    expect(exif).toEqual({
      Make: 'Camera',
      Orientation: 'Rotate 90 CW',
      ModifyDate: '2024-07-01T12:00:00',
      FNumber: 2.8,
      FileSource: 'Digital Camera',
      Sharpness: 'Normal',
      LensInfo: [24, 70, 2.8],
    })
  })

  it('tells the orientation as a number too', () => {
    expect(metadataOf({ exif: exifBlock({ main: { 274: { short: [6] } } }) }).metadata.orientation).toBe(6)
    expect(metadataOf({ exif: exifBlock({ main: { 274: { short: [9] } } }) }).metadata).not.toHaveProperty(
      'orientation',
    )
  })

  it.each([
    ['ASCII', { ascii: 'Boats' }, 'Boats'],
    ['UTF-8 in an ASCII field', { ascii: 'Zürich 東京' }, 'Zürich 東京'],
    ['Latin-1 in an ASCII field', { ascii: Buffer.from('Z\xfcrich', 'latin1') }, 'Zürich'],
    ['the UTF-8 type of Exif 3', { utf8: 'Zürich 東京' }, 'Zürich 東京'],
    ['padding after the end', { ascii: 'Boats\0\0old text' }, 'Boats'],
  ])('reads %s', (_, value, text) => {
    expect(exifOf({ 315: value })?.Artist).toBe(text)
  })

  it('has the comment as the reader of the carriers decoded it', () => {
    const comment = { carrier: 'exif', key: 'UserComment', text: 'コメント\0', bytes: new Uint8Array(8) }
    expect(metadataOf({ texts: [comment] }).metadata.exif).toEqual({ UserComment: 'コメント' })
    expect(metadataOf({ texts: [{ ...comment, text: 'x'.repeat(5000) }] }).metadata).toEqual({})
  })

  it('reads on after a field that is damaged', () => {
    const sound = { ascii: 'Boats and gulls' }
    const damaged = [
      { type: 99, count: 5, raw: Buffer.alloc(4) },
      { type: 2, count: 0xffffffff, raw: Buffer.alloc(8) },
      { type: 12, count: 0xffffffff, raw: Buffer.alloc(8) },
      { type: 0, count: 1, raw: Buffer.alloc(4) },
    ]
    for (const field of damaged) expect(exifOf({ 270: field, 315: sound })).toEqual({ Artist: 'Boats and gulls' })
  })

  it('leaves out texts that are no facts, by their length', () => {
    expect(exifOf({ 270: { ascii: 'x'.repeat(4097) }, 315: { ascii: 'x'.repeat(4096) } })).toEqual({
      Artist: 'x'.repeat(4096),
    })
  })
})

describe('IPTC', () => {
  const latin = Buffer.from('Z\xfcrich', 'latin1')

  it.each([
    ['declared as UTF-8', [1, 90, '\x1b%G'], Buffer.from('Zürich'), 'Zürich'],
    ['UTF-8 without a word', null, Buffer.from('Zürich'), 'Zürich'],
    ['declared as UTF-8, but Latin-1', [1, 90, '\x1b%G'], latin, 'Zürich'],
    ['Latin-1 without a word', null, latin, 'Zürich'],
    ['declared as Latin-1', [1, 90, '\x1b.A'], Buffer.from('Ã¼ber', 'latin1'), 'Ã¼ber'],
    ['cut off within a character', [1, 90, '\x1b%G'], Buffer.from('Zürich ü').subarray(0, -1), 'Zürich'],
  ] as const)('is read if it is %s', (_, declared, city, text) => {
    const block = declared === null ? iptcBlock([2, 90, city]) : iptcBlock(declared, [2, 90, city])
    expect(metadataOf({ iptc: block }).metadata.iptc).toEqual({ city: text })
  })

  it('ends where it is damaged', () => {
    const sound = iptcBlock([2, 90, 'Kiel'], [2, 101, 'Germany'])
    expect(metadataOf({ iptc: sound.subarray(0, -1) }).metadata.iptc).toEqual({ city: 'Kiel' })
  })

  it('may have datasets of any length', () => {
    const extended = Buffer.concat([Buffer.from([0x1c, 2, 90, 0x80, 4, 0, 0, 0, 4]), Buffer.from('Kiel')])
    const endless = Buffer.from([0x1c, 2, 101, 0x80, 4, 0xff, 0xff, 0xff, 0xff, 65])
    expect(metadataOf({ iptc: Buffer.concat([extended, endless]) }).metadata.iptc).toEqual({ city: 'Kiel' })
  })
})

describe('XMP as it stands in the file', () => {
  it('is told by the usual names, the sidecar before the packet, without what editors note for themselves', () => {
    const packet = xmpPacket(
      '<p:subject xmlns:p="http://purl.org/dc/elements/1.1/"><rdf:Bag><rdf:li>a</rdf:li><rdf:li>b</rdf:li></rdf:Bag></p:subject>' +
        '<xmp:Label>Red</xmp:Label><xmpMM:DocumentID>xmp.did:1</xmpMM:DocumentID><q:x xmlns:q="urn:q">1</q:x>',
    )
    expect(metadataOf({ xmp: [packet] }, xmpPacket('<xmp:Label>Green</xmp:Label>')).metadata.xmp).toEqual({
      'dc:subject': ['a', 'b'],
      'xmp:Label': 'Green',
    })
  })
})

/** Whatever is found is JSON, in bounds, and fit for the catalogue. */
function expectSound(carriers: Parameters<typeof metadataOf>[0], sidecar: string | null = null): void {
  const { capturedAt, gps, metadata } = metadataOf(carriers, sidecar)
  expect(JSON.parse(JSON.stringify(metadata))).toEqual(metadata)
  expect(capturedAt === null || Number.isInteger(capturedAt)).toBe(true)
  expect(gps === null || (Math.abs(gps.latitude) <= 90 && Math.abs(gps.longitude) <= 180)).toBe(true)
  JSON.stringify(metadata, (_, value: unknown) => {
    if (typeof value === 'string' && value.length > 4096) throw new Error('a text that is too long')
    if (Array.isArray(value) && value.length > 200) throw new Error('a list that is too long')
    return value
  })
}

describe('bytes of any kind', () => {
  const exif = exifBlock({
    main: { 270: { ascii: 'Zürich' }, 274: { short: [6] }, 40091: { byte: Buffer.from('Hafen\0', 'utf16le') } },
    exif: {
      33434: { rational: [[1, 250]] },
      34855: { short: [400] },
      36867: { ascii: '2024:07:01 12:00:00' },
      36881: { ascii: '+02:00' },
      42034: {
        rational: [
          [24, 1],
          [70, 1],
          [28, 10],
          [4, 1],
        ],
      },
    },
    gps: {
      1: { ascii: 'N' },
      2: {
        rational: [
          [51, 1],
          [45, 1],
          [4467, 100],
        ],
      },
      3: { ascii: 'W' },
      4: {
        rational: [
          [0, 1],
          [19, 1],
          [441, 100],
        ],
      },
      7: {
        rational: [
          [10, 1],
          [0, 1],
          [0, 1],
        ],
      },
      29: { ascii: '2024:07:01' },
    },
  })
  const iptc = iptcBlock(
    [1, 90, '\x1b%G'],
    [2, 25, 'sea'],
    [2, 55, '20240701'],
    [2, 60, '120000+0200'],
    [2, 120, 'Zürich'],
  )
  const xmp = xmpPacket(
    '<exif:GPSLatitude>51,45.7N</exif:GPSLatitude><exif:DateTimeOriginal>2024-07-01</exif:DateTimeOriginal>',
  )

  it('say nothing if they are empty', () => {
    expect(metadataOf({})).toEqual({ capturedAt: null, gps: null, metadata: {} })
    expect(metadataOf({ exif: new Uint8Array(), iptc: new Uint8Array(), xmp: [''] }, '').metadata).toEqual({})
  })

  it('are read as far as they go when they are cut off', () => {
    for (let length = 0; length < exif.length; length++) expectSound({ exif: exif.subarray(0, length) })
    for (let length = 0; length < iptc.length; length++) expectSound({ iptc: iptc.subarray(0, length) })
    for (let length = 0; length < xmp.length; length++) expectSound({ xmp: [xmp.slice(0, length)] }, xmp.slice(length))
  })

  it('never fail, random or changed in places', () => {
    const changed = (sound: Uint8Array) =>
      fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { maxLength: 12 }).map((changes) => {
        const bytes = Uint8Array.from(sound)
        for (const [at, byte] of changes) bytes[at] = byte
        return bytes
      })
    const blocks = fc.record({
      exif: fc.oneof(changed(exif), fc.uint8Array({ maxLength: 300 })),
      iptc: fc.oneof(changed(iptc), fc.uint8Array({ maxLength: 300 })),
      xmp: fc.array(
        fc.oneof(
          changed(Buffer.from(xmp)).map((bytes) => Buffer.from(bytes).toString()),
          fc.string(),
        ),
      ),
    })
    fc.assert(
      fc.property(blocks, fc.string(), (carriers, sidecar) => expectSound(carriers, sidecar)),
      { numRuns: 300 },
    )
  })

  it('cost little however much they claim', () => {
    // 2,000 fields, all of them the same 16 MB of numbers and texts.
    const block = Buffer.alloc(16 * 1024 ** 2, 0xe9)
    block.write('II*\0\x08\0\0\0', 'latin1')
    block.writeUInt16LE(2000, 8)
    for (let index = 0; index < 2000; index++) {
      const at = 10 + index * 12
      block.writeUInt16LE(0x100 + index * 31, at)
      block.writeUInt16LE([2, 3, 5, 12][index % 4]!, at + 2)
      block.writeUInt32LE([15_000_000, 7_000_000, 1_900_000, 1_900_000][index % 4]!, at + 4)
      block.writeUInt32LE(100_000, at + 8)
    }
    expect(metadataOf({ exif: block }).metadata).toEqual({})
  })
})
