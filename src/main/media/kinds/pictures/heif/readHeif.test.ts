import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { hevcQuarters, hevcQuarters10Bit } from '../../../../../../test/fixtures/pictures/encodedQuarters.ts'
import {
  box,
  fullBox,
  heifFile,
  hevcItem,
  imir,
  irot,
  ispe,
  u16,
  u32,
} from '../../../../../../test/fixtures/pictures/heifFile.ts'
import { quarterPixels } from '../../../../../../test/fixtures/pictures/quarters.ts'
import { drawn, fixtureReader, nameOf, quartersOf } from '../../../../../../test/fixtures/pictures/readFixture.ts'
import { bufferSource } from '../../../carriers/byteSource.ts'
import { PixelLimitError } from '../../kindReader.ts'
import { countFrames } from './countFrames.ts'
import { readHeifPrimary } from './heifItems.ts'
import { readHeif } from './readHeif.ts'

const read = fixtureReader(readHeif, 'image/heic')
const still = (...properties: readonly Buffer[]) => heifFile([hevcItem(hevcQuarters, 8, ispe(64, 48), ...properties)])

describe('a HEIC picture', () => {
  it('is drawn in its colours', async () => {
    const facts = await read(still())
    expect([facts.width, facts.height, facts.frames, facts.problem]).toEqual([64, 48, null, null])
    expect(facts.metadata).toMatchObject({
      format: 'heic',
      image: { hasAlpha: false, depth: 'uchar', compression: 'hevc' },
    })
    expect(await quartersOf(facts)).toBe('rgby')
  })

  it('of ten bits is drawn, too', async () => {
    const facts = await read(heifFile([hevcItem(hevcQuarters10Bit, 10, ispe(64, 48))]))
    expect(facts.metadata).toMatchObject({ image: { depth: 'ushort' } })
    expect(await quartersOf(facts)).toBe('rgby')
  })

  it.each([
    ['a quarter against the clock', [irot(1)], [48, 64], 'gyrb'],
    ['half', [irot(2)], [64, 48], 'ybgr'],
    ['a quarter with the clock', [irot(3)], [48, 64], 'bryg'],
    ['mirrored left to right', [imir(1)], [64, 48], 'gryb'],
    ['mirrored top to bottom', [imir(0)], [64, 48], 'byrg'],
  ])('is turned as the file says: %s', async (_name, properties, size, expected) => {
    const facts = await read(still(...properties))
    expect([facts.width, facts.height]).toEqual(size)
    expect(await quartersOf(facts)).toBe(expected)
  })

  it('made of tiles is put together', async () => {
    const tile = { ...hevcItem(hevcQuarters, 8, ispe(64, 48)), hidden: true }
    const grid = { type: 'grid', data: Buffer.from([0, 0, 0, 1, 0, 128, 0, 48]), properties: [ispe(128, 48)] }
    const facts = await read(heifFile([grid, tile, tile], { references: [{ type: 'dimg', from: 1, to: [2, 3] }] }))
    expect([facts.width, facts.height]).toEqual([128, 48])
    expect(facts.metadata).not.toHaveProperty('pages')
    const picture = await drawn(facts)
    const colors = [0.125, 0.375, 0.625, 0.875].map((x) => nameOf(picture?.at(x, 0.25) ?? []))
    expect(colors).toEqual(['r', 'g', 'r', 'g'])
  })

  it('that is not the first of several is the one shown', async () => {
    const [first, second] = [hevcItem(hevcQuarters, 8, ispe(64, 48), irot(2)), hevcItem(hevcQuarters, 8, ispe(64, 48))]
    const facts = await read(heifFile([first, second], { primary: 2 }))
    expect(facts.metadata).toMatchObject({ pages: 2 })
    expect(await quartersOf(facts)).toBe('rgby')
  })

  it('with AV1 inside is drawn by libvips', async () => {
    const pixels = sharp(quarterPixels(64, 48), { raw: { width: 64, height: 48, channels: 3 } })
    const avif = await pixels.avif({ quality: 90, effort: 0 }).toBuffer()
    const facts = await read(avif, { mimeType: 'image/heif' })
    expect(facts.metadata).toMatchObject({ format: 'avif' })
    expect(await quartersOf(facts)).toBe('rgby')
  })

  it('is not decoded where no thumbnail is wanted', async () => {
    expect(await read(still(), { side: 0 })).toMatchObject({ width: 64, picture: null, problem: null })
  })
})

describe('a HEIC picture that is too large', () => {
  const master = hevcItem(hevcQuarters, 8, ispe(16_000, 12_000))
  const small = hevcItem(hevcQuarters, 8, ispe(64, 48))

  it('is refused by its declared size, before anything is decoded', async () => {
    const file = heifFile([hevcItem(hevcQuarters, 8, ispe(65_500, 65_500))])
    await expect(read(file)).rejects.toThrow(new PixelLimitError(65_500, 65_500))
  })

  it('for memory shows the small copy in the file', async () => {
    const facts = await read(heifFile([master, small], { references: [{ type: 'thmb', from: 2, to: [1] }] }))
    expect([facts.width, facts.height, facts.problem]).toEqual([16_000, 12_000, null])
    expect(await quartersOf(facts)).toBe('rgby')
  })

  it('for memory and without a small copy says so', async () => {
    expect((await read(heifFile([master]))).problem?.code).toBe('file_too_large')
  })
})

describe('what is wrong with a HEIC file', () => {
  it('a sequence without a still picture is told apart from damage', async () => {
    const stsz = fullBox('stsz', 0, u32(0), u32(7))
    const track = box('trak', box('mdia', box('minf', box('stbl', stsz))))
    const facts = await read(Buffer.concat([box('ftyp', Buffer.from('hevc\0\0\0\0')), box('moov', track)]))
    expect([facts.frames, facts.problem?.code]).toEqual([7, 'unsupported_type'])
  })

  it('a file cut short anywhere is an answer, not an exception', async () => {
    const whole = still()
    for (let length = 0; length < whole.length; length += 23) {
      const facts = await read(whole.subarray(0, length))
      expect([facts.picture !== null, facts.problem?.code ?? null]).toContainEqual(
        facts.picture === null ? 'decode_failed' : null,
      )
    }
  })

  it('altered bytes are an answer, not an exception, and the next sound file is drawn', async () => {
    const whole = still()
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255))
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const bytes = Buffer.from(whole)
        for (const [at, value] of changes) bytes[at] = value
        await expect(read(bytes).catch(pixelLimit)).resolves.toBeDefined()
      }),
      { numRuns: 150 },
    )
    expect(await quartersOf(await read(still()))).toBe('rgby')
  })

  it('any bytes have a directory or none', () => {
    const boxes = fc.array(
      fc.tuple(
        fc.constantFrom('meta', 'pitm', 'iinf', 'iref', 'iprp', 'ipco', 'ipma', 'moov', 'trak'),
        fc.uint8Array({ maxLength: 40 }),
      ),
    )
    fc.assert(
      fc.property(boxes, (parts) => {
        const inner = parts.map(([type, bytes]) => box(type, Buffer.from(bytes)))
        const source = bufferSource(Buffer.concat([fullBox('meta', 0, fullBox('pitm', 0, u16(1)), ...inner), ...inner]))
        expect(() => [readHeifPrimary(source), countFrames(source)]).not.toThrow()
      }),
    )
  })
})

function pixelLimit(error: unknown): string {
  if (error instanceof PixelLimitError) return 'too many pixels'
  throw error
}
