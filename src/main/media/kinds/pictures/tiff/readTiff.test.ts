import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { quarterPixels } from '../../../../../../test/fixtures/pictures/quarters.ts'
import { drawn, fixtureReader, quartersOf } from '../../../../../../test/fixtures/pictures/readFixture.ts'
import { type TiffField, tiffFile } from '../../../../../../test/fixtures/pictures/tiffFile.ts'
import { PixelLimitError } from '../../kindReader.ts'
import { readTiff } from './readTiff.ts'

const read = fixtureReader(readTiff, 'image/tiff')
const picture = () => sharp(quarterPixels(64, 48), { raw: { width: 64, height: 48, channels: 3 } })
/** A TIFF of one strip. */
const plain = (fields: readonly TiffField[], data: Buffer, [width, height] = [64, 48]) =>
  tiffFile([
    [
      [0x100, { long: [width] }],
      [0x101, { long: [height] }],
      [0x103, { short: [1] }],
      [0x111, { offsetOf: data }],
      [0x116, { long: [height] }],
      [0x117, { long: [data.length] }],
      ...fields,
    ],
  ])
const floats = (values: number[]) => Buffer.from(new Float32Array(values).buffer)

describe('a TIFF picture', () => {
  it.each([
    ['8 bits', () => picture().tiff({ compression: 'lzw' }).toBuffer()],
    ['BigTIFF', () => picture().tiff({ bigtiff: true, compression: 'deflate' }).toBuffer()],
    ['16 bits', () => picture().toColourspace('rgb16').tiff({ compression: 'none' }).toBuffer()],
    ['JPEG inside', () => picture().tiff({ compression: 'jpeg', quality: 95 }).toBuffer()],
    ['Lab', () => picture().toColourspace('lab').tiff({ compression: 'none' }).toBuffer()],
    ['a pyramid of tiles', () => picture().tiff({ tile: true, pyramid: true, compression: 'none' }).toBuffer()],
  ])('is drawn in its colours: %s', async (_name, make) => {
    const facts = await read(await make())
    expect([facts.width, facts.height, facts.metadata.format, facts.problem]).toEqual([64, 48, 'tiff', null])
    expect(await quartersOf(facts)).toBe('rgby')
  })

  it('of 16 bits in Display P3 is brought to sRGB', async () => {
    const deep = sharp(await picture().png().toBuffer())
      .toColourspace('rgb16')
      .withIccProfile('p3')
    const profile = (await sharp(await deep.png().toBuffer()).metadata()).icc
    const { data } = await deep.raw({ depth: 'ushort' }).toBuffer({ resolveWithObject: true })
    const fields: TiffField[] = [
      [0x102, { short: [16, 16, 16] }],
      [0x106, { short: [2] }],
      [0x115, { short: [3] }],
      [0x8773, { bytes: profile ?? Buffer.alloc(0) }],
    ]
    const facts = await read(plain(fields, data))
    expect(facts.metadata).toMatchObject({ image: { space: 'rgb16', hasProfile: true } })
    expect(await quartersOf(facts)).toBe('rgby')
  })

  it('of floating point is drawn: greys and colours', async () => {
    const half = (pixel: number[], other: number[]) =>
      Array.from({ length: 64 * 48 }, (_, at) => (at % 64 < 32 ? pixel : other)).flat()
    const float: TiffField = [0x153, { short: [3] }]
    const grey = await drawn(
      await read(
        plain(
          [[0x102, { short: [32] }], [0x106, { short: [1] }], [0x115, { short: [1] }], float],
          floats(half([1], [0.25])),
        ),
      ),
    )
    expect(grey?.at(0.25, 0.5)[0]).toBeGreaterThan(240)
    expect(grey?.at(0.75, 0.5)[0]).toBeGreaterThan(40)
    expect(grey?.at(0.75, 0.5)[0]).toBeLessThan(200)
    const color = await drawn(
      await read(
        plain(
          [
            [0x102, { short: [32, 32, 32] }],
            [0x106, { short: [2] }],
            [0x115, { short: [3] }],
            [0x153, { short: [3, 3, 3] }],
          ],
          floats(half([1, 0, 0], [0, 1, 0])),
        ),
      ),
    )
    expect(color?.at(0.25, 0.5).slice(0, 3)).toEqual([
      expect.closeTo(255, -1),
      expect.closeTo(0, -1),
      expect.closeTo(0, -1),
    ])
    expect(color?.at(0.75, 0.5).slice(0, 3)).toEqual([
      expect.closeTo(0, -1),
      expect.closeTo(255, -1),
      expect.closeTo(0, -1),
    ])
  })

  it('tells its pages and shows the first', async () => {
    const rgb: TiffField[] = [
      [0x102, { short: [8, 8, 8] }],
      [0x103, { short: [1] }],
      [0x106, { short: [2] }],
      [0x115, { short: [3] }],
      [0x100, { long: [64] }],
      [0x101, { long: [48] }],
      [0x116, { long: [48] }],
      [0x117, { long: [64 * 48 * 3] }],
    ]
    const pages = [quarterPixels(64, 48), Buffer.alloc(64 * 48 * 3)].map((data): TiffField[] => [
      ...rgb,
      [0x111, { offsetOf: data }],
    ])
    const facts = await read(tiffFile(pages))
    expect([facts.width, facts.height, facts.frames, facts.metadata.pages]).toEqual([64, 48, null, 2])
    expect(await quartersOf(facts)).toBe('rgby')

    const readPage = (page: number) =>
      fixtureReader((source) => readTiff({ ...source, page }), 'image/tiff')(tiffFile(pages))
    const second = await drawn(await readPage(1))
    expect(second?.at(0.5, 0.5).slice(0, 3)).toEqual([0, 0, 0])
    expect(await readPage(2)).toMatchObject({ picture: null, problem: { message: 'This file has no page 3.' } })
  })

  it('stands upright', async () => {
    const rgb: TiffField[] = [
      [0x102, { short: [8, 8, 8] }],
      [0x106, { short: [2] }],
      [0x115, { short: [3] }],
    ]
    const facts = await read(plain([...rgb, [0x112, { short: [6] }]], quarterPixels(64, 48)))
    expect([facts.width, facts.height, await quartersOf(facts)]).toEqual([48, 64, 'bryg'])
  })

  it('of a declared size over the limit is refused before anything is decoded', async () => {
    const rgb: TiffField[] = [
      [0x102, { short: [8, 8, 8] }],
      [0x106, { short: [2] }],
      [0x115, { short: [3] }],
    ]
    await expect(read(plain(rgb, Buffer.alloc(100), [65_500, 65_500]))).rejects.toThrow(
      new PixelLimitError(65_500, 65_500),
    )
  })

  it('that is damaged is an answer, not an exception', async () => {
    const whole = await picture().tiff({ compression: 'none' }).toBuffer()
    for (const length of [0, 4, 8, 100, 5000, whole.length - 20]) {
      const facts = await read(whole.subarray(0, length))
      expect(facts.problem !== null || facts.picture !== null).toBe(true)
    }
    const unknown = await read(
      plain(
        [
          [0x103, { short: [61_000] }],
          [0x106, { short: [2] }],
        ],
        Buffer.alloc(100),
      ),
    )
    expect([unknown.width, unknown.picture === null ? unknown.problem?.code : 'encoded']).toEqual([
      64,
      expect.any(String),
    ])
  })
})
