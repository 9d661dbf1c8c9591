import fc from 'fast-check'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { box, fullBox, u32 } from '../../../../../../test/fixtures/pictures/heifFile.ts'
import { quarterPixels } from '../../../../../../test/fixtures/pictures/quarters.ts'
import { drawn, fixtureReader, quartersOf } from '../../../../../../test/fixtures/pictures/readFixture.ts'
import { type TiffField, tiffFile } from '../../../../../../test/fixtures/pictures/tiffFile.ts'
import { PixelLimitError } from '../../kindReader.ts'
import { readTiff } from '../tiff/readTiff.ts'
import { readRaw } from './readRaw.ts'

const read = fixtureReader(readRaw)
const readAsTiff = fixtureReader(readTiff, 'image/tiff')
/** Photometric interpretation of a sensor's picture. */
const CFA = 32_803

/** Previews of three sizes, all of the same picture, so that the size tells which one was taken. */
let tiny: Buffer
let middle: Buffer
let full: Buffer
const jpeg = (width: number, height: number) =>
  sharp(quarterPixels(width, height), { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 95 })
    .toBuffer()

beforeAll(async () => {
  tiny = await jpeg(120, 80)
  middle = await jpeg(660, 440)
  full = await jpeg(1200, 800)
})

const size = (width: number, height: number): TiffField[] => [
  [0x100, { long: [width] }],
  [0x101, { long: [height] }],
]
const embedded = (bytes: Buffer): TiffField[] => [
  [0x201, { offsetOf: bytes }],
  [0x202, { long: [bytes.length] }],
]
const strip = (bytes: Buffer, compression: number): TiffField[] => [
  [0x103, { short: [compression] }],
  [0x111, { offsetOf: bytes }],
  [0x117, { long: [bytes.length] }],
]
const orientation = (value: number): TiffField => [0x112, { short: [value] }]
/** Sensor data as most cameras have it: a lossless JPEG, which must not be taken for a preview. */
const lossless = Buffer.from('ffd8ffc3000b080fa01770010011 00ffd9'.replaceAll(' ', ''), 'hex')
const sensor = (width = 6000, height = 4000): TiffField[] => [
  [0xfe, { long: [0] }],
  ...size(width, height),
  [0x106, { short: [CFA] }],
  ...strip(lossless, 7),
]
const width = async (facts: Parameters<typeof drawn>[0]) =>
  (await sharp((facts.picture as { input: Buffer }).input).metadata()).width

describe('a raw picture', () => {
  it('shows the smallest preview that is large enough, in the size of what the sensor saw', async () => {
    const nef = tiffFile([
      [...size(160, 120), orientation(1), [0x14a, { directories: [embedded(full), sensor(), embedded(middle)] }]],
      embedded(tiny),
    ])
    const facts = await read(nef, { mimeType: 'image/x-nikon-nef' })
    expect([facts.width, facts.height, facts.problem]).toEqual([6000, 4000, null])
    expect(facts.metadata).toMatchObject({ format: 'nef', preview: { width: 1200, height: 800 } })
    expect(await width(facts)).toBe(660)
    expect(await quartersOf(facts)).toBe('rgby')
    expect(await width(await read(nef, { mimeType: 'image/x-nikon-nef', side: 100 }))).toBe(120)
    expect(await width(await read(nef, { mimeType: 'image/x-nikon-nef', side: 4000 }))).toBe(1200)
  })

  it.each([
    [3, [6000, 4000], 'ybgr'],
    [6, [4000, 6000], 'bryg'],
    [8, [4000, 6000], 'gyrb'],
  ])('that was held another way stands upright: orientation %i', async (value, sides, expected) => {
    const file = tiffFile([[...embedded(full), orientation(value), [0x14a, { directories: [sensor()] }]]])
    const facts = await read(file, { mimeType: 'image/x-sony-arw' })
    expect([facts.width, facts.height]).toEqual(sides)
    expect(await quartersOf(facts)).toBe(expected)
  })

  it('whose preview says itself how it was held, or has been turned by the camera, is not turned twice', async () => {
    const pixels = sharp(full).rotate(180)
    const told = await pixels.withMetadata({ orientation: 3 }).jpeg({ quality: 95 }).toBuffer()
    const own = tiffFile([[...embedded(told), orientation(6), [0x14a, { directories: [sensor()] }]]])
    expect(await quartersOf(await read(own))).toBe('rgby')
    const upright = await jpeg(800, 1200)
    const turned = tiffFile([[...embedded(upright), orientation(6), [0x14a, { directories: [sensor()] }]]])
    expect(await quartersOf(await read(turned))).toBe('rgby')
  })

  it('of Canon (CR2): a strip of old JPEG, the size in the EXIF directory', async () => {
    const exif: TiffField[] = [
      [0xa002, { long: [5184] }],
      [0xa003, { long: [3456] }],
    ]
    const cr2 = tiffFile([
      [...strip(full, 6), orientation(6), [0x8769, { directories: [exif] }]],
      embedded(tiny),
      strip(lossless, 6),
    ])
    const facts = await read(cr2, { mimeType: 'image/x-canon-cr2' })
    expect([facts.metadata.format, facts.width, facts.height]).toEqual(['cr2', 3456, 5184])
    expect(await quartersOf(facts)).toBe('bryg')
  })

  it('of Adobe (DNG): previews below the first directory, the crop that is meant to be seen', async () => {
    const raw: TiffField[] = [...sensor(6010, 4010), [0xc620, { long: [6000, 4000] }]]
    const dng = tiffFile([
      [
        [0xc612, { bytes: Buffer.from([1, 4, 0, 0]) }],
        [0x14a, { directories: [raw, strip(full, 7)] }],
      ],
    ])
    const facts = await read(dng, { mimeType: 'image/x-adobe-dng' })
    expect([facts.metadata.format, facts.width, facts.height]).toEqual(['dng', 6000, 4000])
    expect(await quartersOf(facts)).toBe('rgby')
  })

  it('of Panasonic (RW2): the whole JPEG in a field, the size by the borders of the sensor', async () => {
    const borders: TiffField[] = [4, 5, 6, 7].map((tag, index) => [tag, { short: [[8, 12, 4008, 6012][index]!] }])
    const rw2 = tiffFile([[...borders, orientation(8), [0x2e, { bytes: full }]]], { magic: 0x55 })
    const facts = await read(rw2, { mimeType: 'image/x-panasonic-rw2' })
    expect([facts.width, facts.height]).toEqual([4000, 6000])
    expect(await quartersOf(facts)).toBe('gyrb')
  })

  it('of Olympus (ORF): the preview in the maker note', async () => {
    const entry = (tag: number, value: number) => {
      const bytes = Buffer.alloc(12)
      bytes.writeUInt16LE(tag)
      bytes.writeUInt16LE(4, 2)
      bytes.writeUInt32LE(1, 4)
      bytes.writeUInt32LE(value, 8)
      return bytes
    }
    const directory = (...entries: Buffer[]) =>
      Buffer.concat([Buffer.from([entries.length, 0]), ...entries, Buffer.alloc(4)])
    const settings = directory(entry(0x101, 60), entry(0x102, full.length))
    const note = Buffer.concat([
      Buffer.from('OLYMPUS\0II\x03\0', 'latin1'),
      directory(entry(0x2020, 30)),
      settings,
      full,
    ])
    const orf = tiffFile(
      [[...size(4640, 3472), orientation(1), [0x8769, { directories: [[[0x927c, { bytes: note }]]] }]]],
      { magic: 0x4f52 },
    )
    const facts = await read(orf, { mimeType: 'image/x-olympus-orf' })
    expect([facts.width, facts.height]).toEqual([4640, 3472])
    expect(await quartersOf(facts)).toBe('rgby')
  })

  it('of an older Nikon: the preview in the maker note', async () => {
    const inner = tiffFile([[[0x11, { directories: [embedded(full)] }]]], { littleEndian: false })
    const note = Buffer.concat([Buffer.from('Nikon\0\x02\x10\0\0', 'latin1'), inner])
    const nef = tiffFile([[...size(3008, 2000), [0x8769, { directories: [[[0x927c, { bytes: note }]]] }]]], {
      littleEndian: false,
    })
    const facts = await read(nef, { mimeType: 'image/x-nikon-nef' })
    expect([facts.width, await quartersOf(facts)]).toEqual([3008, 'rgby'])
  })

  it('of Fujifilm (RAF): the preview and the size behind its own header', async () => {
    const head = Buffer.alloc(160)
    head.write('FUJIFILMCCD-RAW ', 'latin1')
    head.writeUInt32BE(160, 84)
    head.writeUInt32BE(full.length, 88)
    head.writeUInt32BE(120, 92)
    head.writeUInt32BE(1, 120)
    head.writeUInt16BE(0x111, 124)
    head.writeUInt16BE(4, 126)
    head.writeUInt16BE(3264, 128)
    head.writeUInt16BE(4896, 130)
    const facts = await read(Buffer.concat([head, full]), { mimeType: 'image/x-fujifilm-raf' })
    expect([facts.metadata.format, facts.width, facts.height]).toEqual(['raf', 4896, 3264])
    expect(await quartersOf(facts)).toBe('rgby')
  })

  it('of Canon (CR3): the preview in a box of its own, the whole picture in a track', async () => {
    const cmt1 = box('CMT1', tiffFile([[...size(6000, 4000), orientation(6)]]))
    const metadata = box('uuid', Buffer.from('85c0b687820f11e08111f4ce462b6a48', 'hex'), cmt1)
    const preview = (bytes: Buffer) =>
      box(
        'uuid',
        Buffer.from('eaf42b5e1c984b88b9fbb7dc406e4d16', 'hex'),
        Buffer.alloc(8),
        box('PRVW', Buffer.alloc(16), bytes),
      )
    const ftyp = box('ftyp', Buffer.from('crx \0\0\0\x01crx isom', 'latin1'))
    const movie = (at: number) => {
      const offsets = fullBox('co64', 0, u32(1), u32(0), u32(at))
      const sizes = fullBox('stsz', 0, u32(full.length), u32(1))
      return box('moov', metadata, box('trak', box('mdia', box('minf', box('stbl', sizes, offsets)))))
    }
    const before = ftyp.length + movie(0).length + preview(middle).length
    const cr3 = Buffer.concat([ftyp, movie(before + 8), preview(middle), box('mdat', full)])
    const facts = await read(cr3, { mimeType: 'image/x-canon-cr3' })
    expect([facts.metadata.format, facts.width, facts.height]).toEqual(['cr3', 4000, 6000])
    expect(await width(facts)).toBe(660)
    expect(await quartersOf(facts)).toBe('bryg')
    expect(await width(await read(cr3, { side: 1000 }))).toBe(1200)
  })
})

describe('a raw picture without a preview', () => {
  it('is developed', async () => {
    const facts = await read(bareDng(96, 64), { mimeType: 'image/x-adobe-dng' })
    expect([facts.width, facts.height, facts.problem]).toEqual([96, 64, null])
    const [red = 0, green = 0, blue = 0] = (await drawn(facts))?.at(0.5, 0.5) ?? []
    expect(red).toBeGreaterThan(150)
    expect(Math.max(green, blue)).toBeLessThan(red / 2)
  })

  it('says so where it can’t be developed', async () => {
    const facts = await read(tiffFile([sensor()]), { mimeType: 'image/x-nikon-nef' })
    expect([facts.width, facts.picture, facts.problem?.code]).toEqual([6000, null, 'unsupported_type'])
  })
})

describe('what only looks like a raw picture', () => {
  const tiff = () =>
    sharp(quarterPixels(64, 48), { raw: { width: 64, height: 48, channels: 3 } })
      .tiff()
      .toBuffer()

  it('is drawn as the TIFF that it is', async () => {
    const facts = await read(await tiff(), { mimeType: 'image/x-nikon-nef' })
    expect([facts.width, facts.problem]).toEqual([64, null])
    expect(await quartersOf(facts)).toBe('rgby')
  })

  it('and raw data in a file called TIFF is read as raw', async () => {
    const facts = await readAsTiff(tiffFile([[...embedded(full), [0x14a, { directories: [sensor()] }]]]))
    expect([facts.width, facts.metadata.format, await quartersOf(facts)]).toEqual([6000, 'raw', 'rgby'])
  })
})
describe('what is wrong with a raw file', () => {
  it('a declared size over the limit is refused before anything is decoded', async () => {
    const file = tiffFile([[...embedded(full), [0x14a, { directories: [sensor(65_500, 65_500)] }]]])
    await expect(read(file)).rejects.toThrow(new PixelLimitError(65_500, 65_500))
  })

  it('directories that lead back to themselves come to an end', async () => {
    const file = tiffFile([[...embedded(tiny), [0x14a, { long: [8] }], [0x8769, { long: [8] }]]])
    expect((await read(file)).width).toBe(120)
  })

  it('a file cut short or altered is an answer, not an exception', async () => {
    const whole = tiffFile([
      [...size(160, 120), orientation(6), [0x14a, { directories: [embedded(tiny), sensor()] }]],
      embedded(tiny),
    ])
    const tail = whole.length - 400
    const change = fc.tuple(fc.integer({ min: tail, max: whole.length - 1 }), fc.nat(255))
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 6 }), fc.nat(whole.length), async (changes, length) => {
        const bytes = Buffer.from(whole)
        for (const [at, value] of changes) bytes[at] = value
        for (const part of [bytes, bytes.subarray(0, length)]) {
          await expect(read(part).catch(pixelLimit)).resolves.toBeDefined()
        }
      }),
      { numRuns: 60 },
    )
  })
})

function pixelLimit(error: unknown): string {
  if (error instanceof PixelLimitError) return 'too many pixels'
  throw error
}

/** The least that LibRaw develops: red light on a sensor with a Bayer pattern, 16 bits, uncompressed. */
function bareDng(width: number, height: number): Buffer {
  const data = Buffer.alloc(width * height * 2)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1)
      data.writeUInt16LE(x % 2 === 0 && y % 2 === 0 ? 50_000 : 2_000, (y * width + x) * 2)
  }
  return tiffFile([
    [
      [0xfe, { long: [0] }],
      ...size(width, height),
      [0x102, { short: [16] }],
      [0x103, { short: [1] }],
      [0x106, { short: [CFA] }],
      [0x10f, { bytes: Buffer.from('Vitrine\0') }],
      [0x111, { offsetOf: data }],
      [0x115, { short: [1] }],
      [0x116, { long: [height] }],
      [0x117, { long: [data.length] }],
      [0x828d, { short: [2, 2] }],
      [0x828e, { bytes: Buffer.from([0, 1, 1, 2]) }],
      [0xc612, { bytes: Buffer.from([1, 4, 0, 0]) }],
      [0xc614, { bytes: Buffer.from('Vitrine\0') }],
    ],
  ])
}
