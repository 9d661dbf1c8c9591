import fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import type { Picture } from '../../kindReader.ts'
import { makePdf } from '../fixtures/makePdf.ts'
import { TemporarySources } from '../fixtures/temporarySource.ts'
import { readIllustrator, readPostScript } from './readPostScript.ts'

const files = new TemporarySources()
afterAll(() => files.remove())
const read = (bytes: Uint8Array | string) => readPostScript(files.of(bytes, 'application/postscript'))

const HEADER = [
  '%!PS-Adobe-3.0 EPSF-3.0',
  '%%Creator: Pen 4',
  '%%Title: (Leaf \\(green\\))',
  '%%For: (Jo) (Studio)',
  '%%BoundingBox: 10 20 210 120',
  '%%HiResBoundingBox: 10.5 20.5 210.25 120',
  '%%Pages: (atend)',
  '%%LanguageLevel: 2',
  '%%EndComments',
].join('\r\n')
const postScript = (preview: string) => `${HEADER}\r\n${preview}\r\n0 0 moveto\r\n%%Trailer\r\n%%Pages: 3\r\n%%EOF\r\n`

/** Hexadecimal in comment lines, as PostScript carries bytes. */
const comments = (bytes: Uint8Array, prefix = '% ') =>
  (
    Buffer.from(bytes)
      .toString('hex')
      .match(/.{1,60}/g) ?? []
  )
    .map((line) => `${prefix}${line}`)
    .join('\n')
const jpeg = (side: number) =>
  sharp({ create: { width: side, height: side, channels: 3, background: '#336699' } })
    .jpeg()
    .toBuffer()

function pixelsOf(picture: Picture | null): {
  readonly data: number[]
  readonly width: number
  readonly height: number
} {
  if (picture?.kind !== 'pixels') throw new Error('no pixels')
  return { data: [...picture.data], width: picture.width, height: picture.height }
}
async function sideOf(picture: Picture | null): Promise<number> {
  if (picture?.kind !== 'encoded') throw new Error('no encoded picture')
  return (await sharp(picture.input).metadata()).width
}

async function dosEps(text: string): Promise<Buffer> {
  const tiff = await sharp({ create: { width: 30, height: 20, channels: 3, background: 'red' } })
    .tiff()
    .toBuffer()
  const header = Buffer.alloc(30)
  header.writeUInt32BE(0xc5d0d3c6, 0)
  for (const [index, value] of [30, text.length, 0, 0, 30 + text.length, tiff.length].entries()) {
    header.writeUInt32LE(value, 4 + index * 4)
  }
  header.writeUInt16LE(0xffff, 28)
  return Buffer.concat([header, Buffer.from(text, 'latin1'), tiff])
}

describe('an EPS file', () => {
  it('tells what its structuring comments say', async () => {
    const facts = await read(postScript(''))
    expect([facts.width, facts.height]).toEqual([200, 100])
    expect(facts.metadata).toEqual({
      format: 'eps',
      title: 'Leaf (green)',
      creator: 'Pen 4',
      author: 'Jo, Studio',
      pages: 3,
      language_level: 2,
      page: { width: 199.75, height: 99.5, unit: 'pt' },
    })
  })

  it('without a preview says so', async () => {
    const { picture, problem } = await read(postScript(''))
    expect([picture, problem?.code]).toEqual([null, 'unsupported_type'])
    expect(problem?.message).toMatch(/no embedded preview/)
  })

  it('with a binary header shows its TIFF', async () => {
    const facts = await read(await dosEps(postScript('')))
    expect(await sideOf(facts.picture)).toBe(30)
    expect([facts.width, facts.problem]).toEqual([200, null])
  })

  it('with an EPSI bitmap shows it, black on white', async () => {
    const preview = '%%BeginPreview: 10 2 1 2\n% FF C0\n% 00 40\n%%EndPreview'
    const { data, width, height } = pixelsOf((await read(postScript(preview))).picture)
    expect([width, height]).toEqual([10, 2])
    expect(data.slice(0, 10)).toEqual(Array(10).fill(0))
    expect(data.slice(10)).toEqual([...Array(9).fill(255), 0])
  })

  it('with an EPSI bitmap of greys shows them', async () => {
    const preview = '%%BeginPreview: 2 1 4 1\n% 0F\n%%EndPreview'
    expect(pixelsOf((await read(postScript(preview))).picture).data).toEqual([255, 0])
  })

  it('from Photoshop shows the thumbnail of its image resources', async () => {
    const thumbnail = Buffer.concat([Buffer.alloc(28), await jpeg(40)])
    const resource = (id: number, data: Buffer) => {
      const head = Buffer.alloc(12)
      head.write('8BIM')
      head.writeUInt16BE(id, 4)
      head.writeUInt32BE(data.length, 8)
      return Buffer.concat([head, data, Buffer.alloc(data.length & 1)])
    }
    const block = Buffer.concat([resource(1005, Buffer.alloc(3)), resource(1036, thumbnail)])
    const facts = await read(postScript(`%BeginPhotoshop: ${block.length}\n${comments(block)}\n%EndPhotoshop`))
    expect(await sideOf(facts.picture)).toBe(40)
  })

  it('from Illustrator shows its thumbnail of 256 colours', async () => {
    const palette = Buffer.alloc(768)
    palette.set([255, 0, 0], 3)
    palette.set([0, 0, 255], 0xfd * 3)
    const runs = Buffer.from([...Buffer.from('RLE'), 0xfd, 3, 1, 0xfd, 0xfd])
    const thumbnail = `%AI7_Thumbnail: 2 2 8\n%%BeginData: 780 Hex Bytes\n${comments(Buffer.concat([palette, runs]), '%')}\n%%EndData`
    const { data } = pixelsOf((await read(postScript(thumbnail))).picture)
    expect(data).toEqual([255, 0, 0, 255, 0, 0, 255, 0, 0, 0, 0, 255])
  })

  it('with an XMP packet shows the thumbnail in it', async () => {
    const base64 = (await jpeg(25)).toString('base64').replaceAll(/.{76}/g, '$&&#xA;')
    const facts = await read(postScript(`<xmpGImg:image>${base64}</xmpGImg:image>`))
    expect(await sideOf(facts.picture)).toBe(25)
  })

  it('is not damaged only because its preview is', async () => {
    for (const preview of [
      '%%BeginPreview: 100000 100000 8 1\n% 00\n%%EndPreview',
      '%%BeginPreview: -1 3 x 1\n%%EndPreview',
      '%AI7_Thumbnail: 128 96 8\n%%BeginData: 1 Hex Bytes\n%00\n%%EndData',
      '%BeginPhotoshop: 4\n% 3842494D040C00FFFFFFFF\n%EndPhotoshop',
      '<xmpGImg:image>/9j/4AAQSkZJRgAB</xmpGImg:image>',
    ]) {
      expect((await read(postScript(preview))).problem?.code).toBe('unsupported_type')
    }
  })

  it('is read whatever it contains', async () => {
    const whole = await dosEps(
      postScript(
        '%%BeginPreview: 9 3 1 3\n% FFFF\n% 0000\n%%EndPreview\n%AI7_Thumbnail: 2 2 8\n%%BeginData: 8 Hex Bytes\n%00',
      ),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length),
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 10 }),
        async (length, changes) => {
          const wrong = Buffer.from(whole)
          for (const [index, value] of changes) wrong[index] = value
          const { picture, problem } = await read(wrong.subarray(0, length))
          expect(picture === null).toBe(problem !== null)
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('an Illustrator file', () => {
  const readAi = (bytes: Uint8Array | string) => readIllustrator(files.of(bytes, 'application/illustrator'))

  it('is drawn as the PDF that it is', async () => {
    const facts = await readAi(makePdf())
    expect(facts.metadata).toMatchObject({ format: 'ai', pages: 1 })
    expect(pixelsOf(facts.picture).width).toBe(600)
  })

  it('that was saved without PDF content shows its thumbnail', async () => {
    const content = 'BT /F1 8 Tf 10 50 Td (saved without PDF Content) Tj ET'
    const base64 = (await jpeg(33)).toString('base64')
    const withThumbnail = makePdf({
      pages: [{ content }],
      objects: [`<< /Length 9 >>\nstream\n<xmpGImg:image>${base64}</xmpGImg:image>\nendstream`],
    })
    const facts = await readAi(withThumbnail)
    expect(await sideOf(facts.picture)).toBe(33)
    expect((await readAi(makePdf({ pages: [{ content }] }))).problem?.code).toBe('unsupported_type')
  })

  it('of the time before PDF is read as PostScript', async () => {
    const facts = await readAi(postScript('%%BeginPreview: 8 1 1 1\n% FF\n%%EndPreview'))
    expect([facts.metadata.format, pixelsOf(facts.picture).width]).toEqual(['ai', 8])
  })
})
