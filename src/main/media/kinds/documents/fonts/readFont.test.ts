import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { brotliCompressSync, constants } from 'node:zlib'
import fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import type { KindFacts } from '../../kindReader.ts'
import { type GlyphDraft, makeFont } from '../fixtures/makeFont.ts'
import { TemporarySources } from '../fixtures/temporarySource.ts'
import { readFont } from './readFont.ts'

const files = new TemporarySources()
afterAll(() => files.remove())
const read = (bytes: Uint8Array, side = 600) => readFont(files.of(bytes, 'font/ttf', side))
const inter = (subset: string) =>
  readFileSync(
    createRequire(import.meta.url).resolve(`@fontsource-variable/inter/files/inter-${subset}-wght-normal.woff2`),
  )
const triangle: GlyphDraft = { kind: 'triangle' }

/** Part of the specimen's large field that is ink. */
async function ink({ picture }: KindFacts): Promise<number> {
  if (picture?.kind !== 'encoded' || !picture.vector) throw new Error('no drawing')
  const { data } = await sharp(picture.input)
    .extract({ left: 0, top: 0, width: 600, height: 420 })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return data.reduce((count, value) => count + (value < 128 ? 1 : 0), 0) / data.length
}

describe('a font', () => {
  it('shows two of its letters, and tells what it is', async () => {
    const facts = await read(inter('latin'))
    expect(await ink(facts)).toBeGreaterThan(0.05)
    expect(facts).toMatchObject({ width: null, height: null, problem: null, symbolic: true })
    expect(facts.metadata).toMatchObject({
      format: 'woff2',
      family: 'Inter',
      style: 'Regular',
      weight: 400,
      axes: [{ tag: 'wght', name: 'Weight', min: 100, default: 400, max: 900 }],
      scripts: ['Latin'],
    })
    expect(facts.metadata.glyphs).toBeGreaterThan(200)
  })

  it('without Latin letters shows letters of its own script', async () => {
    const facts = await read(inter('greek'))
    expect(facts.metadata.scripts).toEqual(['Greek'])
    expect(await ink(facts)).toBeGreaterThan(0.05)
  })

  it('of symbols shows some of them', async () => {
    const facts = await read(
      makeFont({ glyphs: [triangle, triangle, { kind: 'empty' }, triangle], firstCharacter: 0xe000 }),
    )
    expect(facts.metadata).toMatchObject({ format: 'ttf', family: 'Test', glyphs: 4, scripts: [] })
    expect(await ink(facts)).toBeGreaterThan(0.02)
  })

  it('whose glyphs consist of others is drawn', async () => {
    const parts: GlyphDraft[] = [triangle, { kind: 'composite', parts: [2, 2] }, triangle]
    expect(await ink(await read(makeFont({ glyphs: parts, firstCharacter: 0xe000 })))).toBeGreaterThan(0.02)
  })

  it('without outlines says so', async () => {
    const facts = await read(makeFont({ glyphs: [{ kind: 'empty' }, { kind: 'empty' }] }))
    expect(facts.picture).toBeNull()
    expect(facts.problem).toEqual({ code: 'unsupported_type', message: expect.stringMatching(/no outlines/) })
    expect(facts.metadata.family).toBe('Test')
  })

  it('is not drawn when no thumbnail is wanted', async () => {
    expect(await read(inter('greek'), 0)).toMatchObject({ picture: null, problem: null, metadata: { family: 'Inter' } })
  })
})

describe('a font that nobody should have to draw', () => {
  it('may have a glyph that contains itself', async () => {
    const itself: GlyphDraft[] = [triangle, { kind: 'composite', parts: [1, 1] }]
    expect((await read(makeFont({ glyphs: itself }))).problem?.code).toBe('unsupported_type')
  })

  it('may have glyphs that double forty times', async () => {
    const doubling = Array.from({ length: 40 }, (_, id): GlyphDraft => ({ kind: 'composite', parts: [id + 2, id + 2] }))
    const facts = await read(makeFont({ glyphs: [triangle, ...doubling, triangle], firstCharacter: 0xe000 }))
    expect(facts.metadata.glyphs).toBe(42)
  })

  it('may map four billion characters', async () => {
    const cmap = Buffer.alloc(16 + 12)
    cmap.writeUInt16BE(12, 0)
    cmap.writeUInt32BE(0xffffffff, 4)
    cmap.writeUInt32BE(0xffffffff, 12)
    cmap.writeUInt32BE(0xffffffff, 20)
    const facts = await read(makeFont({ glyphs: [triangle, triangle], cmap }))
    expect(facts.problem === null).toBe(facts.picture !== null)
  })

  it('may unpack to more than it says', async () => {
    const packed = brotliCompressSync(Buffer.alloc(64 * 1024 ** 2), {
      params: { [constants.BROTLI_PARAM_QUALITY]: 1 },
    })
    const header = Buffer.alloc(48)
    header.write('wOF2')
    header.writeUInt32BE(0x00010000, 4)
    header.writeUInt16BE(1, 12)
    header.writeUInt32BE(packed.length, 20)
    // One table, `head`, of 1000 bytes.
    const bomb = Buffer.concat([header, Buffer.from([1, 0x87, 0x68]), packed])
    expect((await read(bomb)).problem?.code).toBe('decode_failed')
  })

  it('may say that it unpacks to four gigabytes', async () => {
    const woff = Buffer.alloc(64 + 40)
    woff.write('wOFF')
    woff.writeUInt16BE(1, 12)
    woff.write('head', 44)
    woff.writeUInt32BE(0xfffffff0, 56)
    expect((await read(woff)).problem?.code).toBe('decode_failed')
  })

  it('may be a collection of four billion', async () => {
    const collection = Buffer.from('ttcf\0\x01\0\0\xff\xff\xff\xff', 'latin1')
    expect((await read(Buffer.concat([collection, Buffer.alloc(1000)]))).problem?.code).toBe('decode_failed')
  })

  it('is read whatever is wrong with it, and the next font is sound', async () => {
    const sources = [inter('vietnamese'), makeFont({ glyphs: [triangle, triangle, { kind: 'composite', parts: [1] }] })]
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...sources),
        fc.array(fc.tuple(fc.nat(2 ** 20), fc.nat(255)), { maxLength: 8 }),
        fc.option(fc.nat(2 ** 20)),
        async (whole, changes, cut) => {
          const wrong = Buffer.from(whole)
          // Half of the changes hit the headers, where a byte means most.
          for (const [at, value] of changes) wrong[at % (at % 2 === 0 ? 400 : wrong.length)] = value
          const { picture, problem } = await read(cut === null ? wrong : wrong.subarray(0, cut % wrong.length))
          expect(picture === null).toBe(problem !== null)
        },
      ),
      { numRuns: 150 },
    )
    expect((await read(inter('greek'))).problem).toBeNull()
  })
})
