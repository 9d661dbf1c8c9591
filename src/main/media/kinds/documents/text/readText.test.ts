import fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import type { KindFacts } from '../../kindReader.ts'
import { TemporarySources } from '../fixtures/temporarySource.ts'
import { readText } from './readText.ts'

const files = new TemporarySources()
afterAll(() => files.remove())
const read = (bytes: Uint8Array | string, mimeType = 'text/plain', side = 600) =>
  readText(files.of(bytes, mimeType, side))

/** Rows of the page that have ink, from 0 to 599. */
async function inkedRows({ picture }: KindFacts): Promise<number[]> {
  if (picture?.kind !== 'encoded' || !picture.vector) throw new Error('no page')
  const { data, info } = await sharp(picture.input).greyscale().raw().toBuffer({ resolveWithObject: true })
  expect([info.width, info.height]).toEqual([600, 600])
  return Array.from({ length: 600 }, (_, row) => row).filter((row) =>
    data.subarray(row * 600, (row + 1) * 600).some((value) => value < 160),
  )
}

describe('a text', () => {
  it('is drawn as a page with its first lines', async () => {
    const one = await read('One line.')
    expect(one).toMatchObject({ width: null, height: null, problem: null, symbolic: true })
    const rows = await inkedRows(one)
    expect(rows[0]).toBeGreaterThan(40)
    expect(rows.at(-1)).toBeLessThan(110)
    expect((await inkedRows(await read('line\n'.repeat(1000)))).at(-1)).toBeGreaterThan(570)
  })

  it('of few words is set larger than one that fills the page', async () => {
    const few = await inkedRows(await read('x'))
    const many = (await inkedRows(await read(`x\n\n\n\n${'word '.repeat(200)}`))).filter((row) => row < 90)
    expect(few.length).toBeGreaterThan(many.length * 1.6)
  })

  it('tells its lines, words and first words', async () => {
    expect((await read('\n  Fog over the harbour \r\n\r\nand more\r\n')).metadata).toEqual({
      format: 'plain',
      encoding: 'utf-8',
      title: 'Fog over the harbour',
      lines: 4,
      words: 6,
    })
  })

  it('is decoded by its byte order mark, as UTF-8, or as what old systems wrote', async () => {
    const utf16 = Buffer.from('\ufeffgrün', 'utf16le')
    for (const [bytes, encoding] of [
      [Buffer.from('\ufeffgrün'), 'utf-8'],
      [utf16, 'utf-16le'],
      [Buffer.from(utf16).swap16(), 'utf-16be'],
      [Buffer.from('grün', 'latin1'), 'windows-1252'],
    ] as const) {
      expect((await read(bytes)).metadata).toMatchObject({ encoding, title: 'grün' })
    }
  })

  it('may be far longer than a page: only its start is read', async () => {
    const { metadata } = await read('a\n'.repeat(300_000))
    expect(metadata).toMatchObject({ lines: 131_072, partial: true })
  })

  it('may be cut inside of a character', async () => {
    expect((await read(`${'x'.repeat(256 * 1024 - 1)}ä`)).metadata.encoding).toBe('utf-8')
  })

  it('that is empty has no page', async () => {
    for (const nothing of ['', ' \n\t\n', '\0\0']) {
      expect((await read(nothing)).problem).toEqual({
        code: 'unsupported_type',
        message: 'There is no text in this file.',
      })
    }
  })

  it('in a script without letters here is drawn as bars', async () => {
    expect(await read('夜の港、霧の中の灯り')).toMatchObject({ problem: null })
    const svg = (await read('夜')).picture
    expect(svg?.kind === 'encoded' && String(svg.input)).toMatch(/#c3bfb5/)
  })
})

describe('a text with a form', () => {
  it('has the headings of Markdown large, and its title from the first', async () => {
    const markdown =
      '---\ntitle: no\n---\n\nIntro\n\n# The *whole* [thing](http://x)\n\n- one\n- [x] two\n\n```\ncode\n```\n'
    const facts = await read(markdown, 'text/markdown')
    expect(facts.metadata.title).toBe('The whole thing')
    const below = `\n\n${'word '.repeat(300)}`
    const headingRows = async (text: string) =>
      (await inkedRows(await read(text, 'text/markdown'))).filter((row) => row < 88).length
    expect(await headingRows(`# Hlg${below}`)).toBeGreaterThan((await headingRows(`Hlg${below}`)) * 1.3)
  })

  it('has the text of RTF without its codes', async () => {
    const rtf = "{\\rtf1{\\fonttbl{\\f0 Arial;}}{\\*\\generator X;}\\b Invoice\\b0\\par J\\u246?rg \\'fc {a{b}}\\par}"
    expect((await read(rtf, 'application/rtf')).metadata).toMatchObject({ title: 'Invoice', lines: 2, words: 4 })
  })

  it('has code and data in colours, and tables in columns', async () => {
    const pages = await Promise.all([
      read('{ "key": "value", "count": 12 } // why', 'application/json'),
      read('Name,Count\n"a, b",2\n', 'text/csv'),
    ])
    const [code, table] = pages.map(({ picture }) => (picture?.kind === 'encoded' ? String(picture.input) : ''))
    for (const colour of ['#1f4f8f', '#3f6b3a', '#8a5312', '#827e75']) expect(code).toContain(colour)
    expect(table).toContain('#1f4f8f')
  })

  it('is read whatever it contains', async () => {
    const types = ['text/plain', 'text/markdown', 'text/csv', 'application/rtf', 'application/json', 'text/html']
    const pieces = fc.constantFrom(
      ...[
        '{',
        '}',
        '\\par ',
        "\\'",
        '\\u9',
        '```',
        '# ',
        '> ',
        '- ',
        '|',
        '"',
        ',',
        '\n',
        '*',
        '__',
        '[',
        '](',
        ')',
        '\t',
        '\u0301',
        '🙂',
        '\\',
        '---\n',
        '/*',
      ],
    )
    const text = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...types),
        fc.oneof(text, fc.uint8Array({ maxLength: 80 })),
        async (type, made) => {
          const bytes = made instanceof Uint8Array ? made : Buffer.from(made.join(''))
          const facts = await read(bytes, type, 32)
          expect(facts.picture === null).toBe(facts.problem !== null)
          // Well-formed XML, or libvips would not draw it.
          if (facts.picture?.kind === 'encoded') expect((await sharp(facts.picture.input).metadata()).width).toBe(600)
        },
      ),
      { numRuns: 100 },
    )
  })

  it('may be one line without end', async () => {
    for (const piece of ['x', '- ', '*', '[', '`', '|', '{', '"', '夜', '\\u', '# ', '> ']) {
      for (const type of ['text/plain', 'text/markdown', 'text/csv', 'application/rtf', 'application/json']) {
        const facts = await read(piece.repeat(262_144 / Buffer.byteLength(piece)), type, 32)
        expect(facts.metadata.format).toBeTypeOf('string')
      }
    }
  })
})
