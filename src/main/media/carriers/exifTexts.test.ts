import { describe, expect, it } from 'vitest'
import { bufferSource } from './byteSource.ts'
import { exifTexts } from './exifTexts.ts'
import { makeTiff, textField } from './fixtures/makeTiff.ts'

const both = [{ littleEndian: true }, { littleEndian: false }]
const UNICODE = Buffer.from('UNICODE\0')
const utf16 = (text: string, littleEndian: boolean) => {
  const bytes = Buffer.from(text, 'utf16le')
  return littleEndian ? bytes : bytes.swap16()
}

function textsOf(tiff: Buffer): [string, string][] {
  const source = bufferSource(tiff)
  return exifTexts(source, (offset, length) => source.read(offset, length)).map(({ key, text }) => [key, text])
}

function comment(value: Buffer, littleEndian = true): string | undefined {
  return textsOf(makeTiff([], [textField(0x9286, value, 7)], { littleEndian }))[0]?.[1]
}

describe('the texts of an EXIF block', () => {
  it.each([...both, { big: true }, { big: true, littleEndian: false }, { directoryLast: true }])(
    'are read in every way to write it: %j',
    (options) => {
      const tiff = makeTiff(
        [textField(0x010e, 'A cat'), textField(0x0131, 'Program 1.0'), textField(0x8298, '(c)')],
        [textField(0xa420, 'abc')],
        options,
      )
      expect(textsOf(tiff)).toEqual([
        ['ImageDescription', 'A cat'],
        ['Software', 'Program 1.0'],
        ['Copyright', '(c)'],
        ['ImageUniqueID', 'abc'],
      ])
    },
  )

  it('are found where ComfyUI puts a workflow: in Model, Make and the tags before them', () => {
    const workflow = `workflow:${JSON.stringify({ nodes: 'x'.repeat(200_000) })}`
    const tiff = makeTiff([textField(0x010c, 'extra:{}'), textField(0x010f, workflow), textField(0x0110, 'prompt:{}')])
    expect(textsOf(tiff)).toEqual([
      ['0x010c', 'extra:{}'],
      ['Make', workflow],
      ['Model', 'prompt:{}'],
    ])
  })

  it('are UTF-16 where Windows writes them, UTF-8 where others do', () => {
    const title = Buffer.concat([utf16('Katze 猫', true), Buffer.alloc(2)])
    for (const options of both) {
      const tiff = makeTiff([textField(0x010e, 'naïve 猫'), textField(40091, title, 1)], [], options)
      expect(textsOf(tiff)).toEqual([
        ['ImageDescription', 'naïve 猫'],
        ['XPTitle', 'Katze 猫'],
      ])
    }
  })

  it('end at the first NUL, short ones too', () => {
    const tiff = makeTiff([textField(0x010f, 'SONY'), textField(0x0110, Buffer.from('Kodak\0\0\0x\0\0'))])
    expect(textsOf(tiff)).toEqual([
      ['Make', 'SONY'],
      ['Model', 'Kodak'],
    ])
  })

  it('are a maker note only where it is a text', () => {
    expect(textsOf(makeTiff([], [textField(0x927c, 'fooocus', 7)]))).toEqual([['MakerNote', 'fooocus']])
    expect(textsOf(makeTiff([], [textField(0x927c, Buffer.from('Nikon\0\x02\x10\0\0II'), 7)]))).toEqual([])
  })
})

describe('a user comment', () => {
  const texts = [
    'a cat, 猫\nSteps: 20, Sampler: Euler',
    '猫と犬が公園で遊んでいる、傑作、最高品質',
    '고양이 그림',
    'Ein Kätzchen',
  ]

  it.each(texts)('is read as UTF-16 in either order, whatever the order of the structure: %j', (text) => {
    for (const littleEndian of [true, false]) {
      for (const structure of [true, false]) {
        expect(comment(Buffer.concat([UNICODE, utf16(text, littleEndian)]), structure)).toBe(text)
        expect(comment(Buffer.concat([UNICODE, utf16(`\uFEFF${text}`, littleEndian)]), structure)).toBe(text)
      }
    }
  })

  it.each(['ASCII\0\0\0', '\0\0\0\0\0\0\0\0', 'UNICODE\0', ''])('is UTF-8 after %j in the wild', (code) => {
    for (const text of ['{"prompt": "a cat, 猫", "steps": 20}', '猫と犬が公園で遊んでいる、傑作、最高品質']) {
      expect(comment(Buffer.from(`${code}${text}\0\0`))).toBe(text)
    }
  })

  it('is UTF-8 though its last letter was cut in two, and Latin-1 where one is not', () => {
    expect(comment(Buffer.from('ASCII\0\0\0猫と犬').subarray(0, -1))).toBe('猫と\ufffd')
    expect(comment(Buffer.from('ASCII\0\0\0naïve café', 'latin1'))).toBe('naïve café')
    expect(comment(Buffer.from('ASCII\0\0\0café', 'latin1'))).toBe('café')
  })

  it('is JIS as declared, and Shift JIS as written', () => {
    const iso2022 = Buffer.from('\x1b$BG-\x1b(B', 'latin1')
    expect(comment(Buffer.concat([Buffer.from('JIS\0\0\0\0\0'), iso2022]))).toBe('猫')
    expect(comment(Buffer.concat([Buffer.from('JIS\0\0\0\0\0'), Buffer.from([0x94, 0x4c])]))).toBe('猫')
  })

  it('is the text of a short one too', () => {
    for (const littleEndian of [true, false]) {
      expect(comment(Buffer.concat([UNICODE, utf16('æøå', littleEndian)]), littleEndian)).toBe('æøå')
    }
  })

  it('is none if a camera only made room for it', () => {
    expect(comment(Buffer.concat([Buffer.from('ASCII\0\0\0'), Buffer.alloc(100, ' ')]))).toBeUndefined()
    expect(comment(Buffer.alloc(120))).toBeUndefined()
    expect(comment(Buffer.from('ASCII'))).toBe('ASCII')
  })
})

describe('a hostile EXIF block', () => {
  const sound = makeTiff([textField(0x010e, 'A cat')], [textField(0x9286, 'a comment', 7)])

  it('gives what lies inside of it, cut off anywhere', () => {
    for (let length = 0; length < sound.length; length += 1) {
      const texts = textsOf(sound.subarray(0, length))
      for (const [, text] of texts) expect(['A cat', 'a comment']).toContain(text)
    }
  })

  it('has each tag once, and no directory that is its own Exif directory', () => {
    const twice = makeTiff([textField(0x010e, 'one'), textField(0x010e, 'two')])
    expect(textsOf(twice)).toEqual([['ImageDescription', 'one']])
    const loop = makeTiff([textField(0x010e, 'one'), { tag: 0x8769, type: 4, value: Buffer.from([8, 0, 0, 0]) }])
    expect(textsOf(loop)).toEqual([['ImageDescription', 'one']])
  })
})
