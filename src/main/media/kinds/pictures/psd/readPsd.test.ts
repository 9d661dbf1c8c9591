import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { psdFile, rgbPlanes } from '../../../../../../test/fixtures/pictures/psdFile.ts'
import { quarterPixels } from '../../../../../../test/fixtures/pictures/quarters.ts'
import { drawn, fixtureReader, quartersOf } from '../../../../../../test/fixtures/pictures/readFixture.ts'
import { bufferSource } from '../../../carriers/byteSource.ts'
import { PixelLimitError } from '../../kindReader.ts'
import { readPsdLayout } from './psdLayout.ts'
import { readPsd } from './readPsd.ts'

const read = fixtureReader(readPsd, 'image/vnd.adobe.photoshop')
const plane = (value: number) => Buffer.alloc(64 * 48, value)
const withoutComposite = [1057, Buffer.from([0, 0, 0, 1, 0])] as const

describe('a Photoshop document', () => {
  it.each([
    ['PSD', {}],
    ['PSD, compressed', { isCompressed: true }],
    ['PSB', { isLarge: true }],
    ['PSB, compressed', { isLarge: true, isCompressed: true }],
    ['with layers', { layers: ['Background', 'Sky'], isCompressed: true }],
    [
      'with layers and masks',
      { layers: ['Background'], planes: [...rgbPlanes(64, 48), plane(0), plane(0)], isCompressed: true },
    ],
  ])('shows its merged picture: %s', async (_name, options) => {
    const facts = await read(psdFile(options))
    expect([facts.width, facts.height, facts.problem]).toEqual([64, 48, null])
    expect(await quartersOf(facts)).toBe('rgby')
  })

  it('of 16 bits, too', async () => {
    const planes = rgbPlanes(64, 48).map((bytes) => Buffer.from([...bytes].flatMap((value) => [value, value])))
    const facts = await read(psdFile({ planes, depth: 16 }))
    expect(facts.metadata).toMatchObject({ image: { depth: 'ushort', space: 'srgb' } })
    expect(await quartersOf(facts)).toBe('rgby')
  })

  it('tells its layers, groups counted once', async () => {
    const facts = await read(psdFile({ layers: ['Background', '<', 'Tree', 'Bird', '>Garden'] }))
    expect(facts.metadata).toMatchObject({ format: 'psd', layers: 4 })
    expect((await read(psdFile({ isLarge: true, layers: ['One'] }))).metadata).toMatchObject({
      format: 'psb',
      layers: 1,
    })
    expect((await read(psdFile())).metadata).toMatchObject({ layers: 0 })
  })

  it('keeps the transparency of the merged picture, and takes no mask for it', async () => {
    const planes = [...rgbPlanes(64, 48), plane(0)]
    const clear = await drawn(await read(psdFile({ planes, layers: ['Layer'], hasTransparency: true })))
    expect(clear?.at(0.5, 0.5)[3]).toBe(0)
    const masked = await read(psdFile({ planes, layers: ['Layer'] }))
    expect(await quartersOf(masked)).toBe('rgby')
  })

  it('in inks looks as it would be printed', async () => {
    // Stored inverted: 255 is no ink.
    const cyan = await drawn(await read(psdFile({ mode: 4, planes: [plane(0), plane(255), plane(255), plane(255)] })))
    const [red = 0, green = 0, blue = 0] = cyan?.at(0.5, 0.5) ?? []
    expect(red).toBeLessThan(80)
    expect(green).toBeGreaterThan(120)
    expect(blue).toBeGreaterThan(180)
    const black = await drawn(await read(psdFile({ mode: 4, planes: [plane(255), plane(255), plane(255), plane(0)] })))
    expect(Math.max(...(black?.at(0.5, 0.5).slice(0, 3) ?? [255]))).toBeLessThan(70)
  })

  it('of indexed colours, greys and Lab looks right', async () => {
    const colorTable = Buffer.alloc(768)
    colorTable[7] = 200
    colorTable[256 + 7] = 100
    colorTable[512 + 7] = 50
    const indexed = await drawn(await read(psdFile({ mode: 2, planes: [plane(7)], colorTable })))
    expect(indexed?.at(0.5, 0.5)).toEqual([expect.closeTo(200, -1), expect.closeTo(100, -1), expect.closeTo(50, -1)])
    const grey = await drawn(await read(psdFile({ mode: 1, planes: [plane(90)] })))
    expect(grey?.at(0.5, 0.5)).toEqual([90, 90, 90])
    const lab = await drawn(await read(psdFile({ mode: 9, planes: [plane(137), plane(128), plane(128)] })))
    const [red = 0, green = 0, blue = 0] = lab?.at(0.5, 0.5) ?? []
    expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(12)
    expect(red).toBeGreaterThan(100)
    expect(red).toBeLessThan(160)
  })
})

describe('a document without a merged picture', () => {
  it('shows the small one for file browsers', async () => {
    const jpeg = await sharp(quarterPixels(64, 48), { raw: { width: 64, height: 48, channels: 3 } })
      .jpeg({ quality: 95 })
      .toBuffer()
    const head = Buffer.alloc(28)
    head.writeUInt32BE(1)
    const resources = [withoutComposite, [1036, Buffer.concat([head, jpeg])]] as const
    const facts = await read(psdFile({ width: 6400, height: 4800, planes: [], resources }))
    expect([facts.width, facts.problem]).toEqual([6400, null])
    expect(await quartersOf(facts)).toBe('rgby')
    const [red, green, blue] = rgbPlanes(64, 48)
    const swapped = Buffer.from(Array.from({ length: 64 * 48 }, (_, at) => [blue![at]!, green![at]!, red![at]!]).flat())
    const old = await sharp(swapped, { raw: { width: 64, height: 48, channels: 3 } })
      .jpeg({ quality: 95 })
      .toBuffer()
    const oldFacts = await read(psdFile({ resources: [withoutComposite, [1033, Buffer.concat([head, old])]] }))
    expect(await quartersOf(oldFacts)).toBe('rgby')
  })

  it('and without a small one says why there is no preview', async () => {
    const facts = await read(psdFile({ resources: [withoutComposite] }))
    expect([facts.width, facts.picture, facts.problem?.code]).toEqual([64, null, 'unsupported_type'])
    expect(facts.problem?.message).toContain('Maximise compatibility')
  })
})

describe('what is wrong with a document', () => {
  it('a declared size over the limit is refused before anything is decoded', async () => {
    const file = psdFile({ width: 65_500, height: 65_500, isLarge: true, planes: [] })
    await expect(read(file)).rejects.toThrow(new PixelLimitError(65_500, 65_500))
  })

  it('a file cut short anywhere is an answer, not an exception', async () => {
    const whole = psdFile({ layers: ['One', 'Two'], isCompressed: true, resources: [[1005, Buffer.alloc(16, 1)]] })
    for (let length = 0; length < 400; length += 1) {
      const { picture, problem } = await read(whole.subarray(0, length))
      expect([picture, problem?.code]).toEqual([null, 'decode_failed'])
    }
  })

  it('altered bytes are an answer, not an exception', async () => {
    const whole = psdFile({
      layers: ['One', '>Group', '<'],
      isCompressed: true,
      resources: [[1005, Buffer.alloc(16, 1)]],
    })
    const change = fc.tuple(fc.oneof(fc.nat(400), fc.nat(whole.length - 1)), fc.nat(255))
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const bytes = Buffer.from(whole)
        for (const [at, value] of changes) bytes[at] = value
        await expect(read(bytes).catch(pixelLimit)).resolves.toBeDefined()
      }),
      { numRuns: 100 },
    )
  })

  it('any bytes have a layout or none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const file = Buffer.concat([psdFile({ planes: [] }).subarray(0, 26), Buffer.from(bytes)])
        expect(() => readPsdLayout(bufferSource(file))).not.toThrow()
      }),
    )
  })
})

function pixelLimit(error: unknown): string {
  if (error instanceof PixelLimitError) return 'too many pixels'
  throw error
}
