import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { makePdf } from '../fixtures/makePdf.ts'
import { TemporarySources } from '../fixtures/temporarySource.ts'
import { readPdf, readPdfAs } from './readPdf.ts'

const files = new TemporarySources()
afterAll(() => files.remove())
const read = (bytes: Uint8Array, side = 600) => readPdf(files.of(bytes, 'application/pdf', side))

/** A red rectangle in the lower left corner of a page of 200 × 100 points. */
const redCorner = '1 0 0 rg 0 0 100 50 re f'

async function pixels(bytes: Uint8Array, side = 600) {
  const { picture } = await read(bytes, side)
  if (picture?.kind !== 'pixels') throw new Error('no pixels')
  const { data, width, height, channels } = picture
  return {
    width,
    height,
    at: (x: number, y: number) => [...data.subarray((y * width + x) * channels, (y * width + x) * channels + channels)],
  }
}

describe('a PDF', () => {
  it('is drawn with its first page on white, at the side wanted', async () => {
    const page = await pixels(makePdf({ pages: [{ content: redCorner }, { box: '0 0 10 10' }] }), 300)
    expect([page.width, page.height]).toEqual([300, 150])
    expect(page.at(5, 145)).toEqual([255, 0, 0])
    expect(page.at(295, 5)).toEqual([255, 255, 255])
  })

  it('is upright when its page is turned', async () => {
    const page = await pixels(makePdf({ pages: [{ content: redCorner, rotate: 90 }] }), 200)
    expect([page.width, page.height]).toEqual([100, 200])
    expect(page.at(5, 5)).toEqual([255, 0, 0])
    expect(page.at(5, 195)).toEqual([255, 255, 255])
  })

  it('tells its pages, page size and information', async () => {
    const info = '/Title (Spring catalogue) /Author <FEFF004A00F6> /Creator (Pen) /Producer () /Subject (a\\nb)'
    const facts = await read(makePdf({ pages: [{ box: '0 0 595.28 841.89' }, {}], info }))
    expect([facts.width, facts.height, facts.problem]).toEqual([595, 842, null])
    expect(facts.metadata).toEqual({
      format: 'pdf',
      version: '1.7',
      pages: 2,
      page: { width: 595.28, height: 841.89, unit: 'pt' },
      title: 'Spring catalogue',
      author: 'Jö',
      creator: 'Pen',
      subject: 'a b',
    })
  })

  it('is not drawn when no thumbnail is wanted', async () => {
    expect(await read(makePdf(), 0)).toMatchObject({ picture: null, problem: null, width: 200, height: 100 })
  })

  it('is not drawn when its page only says that the document is elsewhere', async () => {
    const content = 'BT /F1 8 Tf 10 50 Td (This file was saved without PDF Content.) Tj ET'
    const source = files.of(makePdf({ pages: [{ content }] }))
    expect(await readPdfAs(source, 'ai', /without PDF Content/)).toMatchObject({
      picture: null,
      problem: { code: 'unsupported_type' },
    })
  })
})

describe('a PDF that nobody should have to draw', () => {
  it('may have a page as long as it likes: the thumbnail has its side', async () => {
    const long = await pixels(makePdf({ pages: [{ box: '0 0 900000 1' }] }), 600)
    expect([long.width, long.height]).toEqual([600, 1])
    const facts = await read(makePdf({ pages: [{ box: '0 0 99999999 99999999' }] }))
    expect(facts.width).toBe(1_000_000)
  })

  it('without pages is said to have none', async () => {
    const facts = await read(makePdf({ pages: [] }))
    expect(facts).toMatchObject({ picture: null, problem: { code: 'decode_failed' } })
    expect(facts.problem?.message).toMatch(/no pages/)
  })

  it('that claims a million pages is read like any other', async () => {
    const bytes = Buffer.from(makePdf().toString('latin1').replace('/Count 1 ', '/Count 1000000 '), 'latin1')
    expect((await read(bytes)).picture).not.toBeNull()
  })

  it('whose page contains itself ends', async () => {
    const bytes = Buffer.from(makePdf().toString('latin1').replace('/Kids [5 0 R]', '/Kids [2 0 R]'), 'latin1')
    expect((await read(bytes)).problem?.code).toBe('decode_failed')
  })

  it('that needs a password says so', async () => {
    const key = `/V 1 /R 2 /P -4 /O <${'ab'.repeat(32)}> /U <${'cd'.repeat(32)}>`
    const trailer = `/Encrypt << /Filter /Standard ${key} >> /ID [<01><01>]`
    const facts = await read(makePdf({ trailer }))
    expect(facts.problem).toEqual({ code: 'unsupported_type', message: expect.stringMatching(/password/) })
    expect(facts.metadata).toEqual({ format: 'pdf', encrypted: true })
  })

  it('is repaired where its cross-reference table is wrong', async () => {
    const bytes = Buffer.from(
      makePdf()
        .toString('latin1')
        .replaceAll(/\d{10} 00000 n/g, '0000099999 00000 n'),
      'latin1',
    )
    expect((await read(bytes)).picture).not.toBeNull()
  })

  it('is told as damaged where nothing is left of it', async () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from('%PDF-1.7\n'), Buffer.alloc(5000, 0x25)]) {
      expect(await read(bytes)).toMatchObject({ picture: null, problem: { code: 'decode_failed' } })
    }
  })

  it('never throws, wherever it is cut', async () => {
    const bytes = makePdf({ pages: [{ content: redCorner }] })
    for (let length = 0; length < bytes.length; length += 3) {
      const { picture, problem } = await read(bytes.subarray(0, length), 32)
      expect(picture === null).toBe(problem !== null)
    }
  })

  it('never throws, whatever bytes are wrong', async () => {
    const content = `${redCorner} BT /F1 20 Tf 10 50 Td (Hello) Tj ET q 1 0 0 1 0 0 cm Q`
    const bytes = makePdf({ pages: [{ content }], info: '/Title (a)' })
    const change = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }))
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
        const wrong = Buffer.from(bytes)
        for (const [index, value] of changes) wrong[index] = value
        const { picture, problem } = await read(wrong, 32)
        expect(picture === null).toBe(problem !== null)
      }),
      { numRuns: 150 },
    )
  })
})
