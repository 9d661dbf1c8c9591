import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeText, decodeWindows1252 } from './undeclaredText.ts'

const bytes = (...parts: readonly (string | number)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'ascii') : Buffer.from([part]))))

describe('a text of which nobody says how it is encoded', () => {
  it.each([
    ['UTF-8', Buffer.from('Zürich – 東京 🚣'), 'Zürich – 東京 🚣'],
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFFBoats'), 'Boats'],
    ['UTF-8 that was cut off', Buffer.from('Zürich, 東京').subarray(0, -1), 'Zürich, 東'],
    ['Latin-1', bytes('Z', 0xfc, 'rich'), 'Zürich'],
    ['Latin-1 with the letter at the end', bytes('Caf', 0xe9), 'Café'],
    ['Latin-1 with a capital', bytes(0xc9, 'cole de Gen', 0xe8, 've'), 'École de Genève'],
    ['a sign of copyright', bytes(0xa9, ' 2004 B', 0xf6, 'hm'), '© 2004 Böhm'],
    ['Windows quotation marks', bytes(0x93, 'It', 0x92, 's here', 0x94, ' ', 0x96, ' 5 ', 0x80), '“It’s here” – 5 €'],
    ['Mac OS Roman', bytes('Caf', 0x8e, ' in Z', 0x9f, 'rich'), 'Café in Zürich'],
    ['Mac OS Roman with quotation marks', bytes(0xd2, 'It', 0xd5, 's here', 0xd3), '“It’s here”'],
    [
      'Mac OS Roman with a capital',
      bytes('the ', 0x83, 'cole normale sup', 0x8e, 'rieure'),
      'the École normale supérieure',
    ],
  ])('may be %s', (_, encoded, text) => {
    expect(decodeText(encoded)).toBe(text)
  })

  it('is well-formed whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (random) => {
        expect(decodeText(random).isWellFormed()).toBe(true)
        expect(decodeWindows1252(random)).toHaveLength(random.length)
      }),
      { numRuns: 200 },
    )
  })

  it('is itself if it was UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.startsWith('\uFEFF'))
        expect(decodeText(Buffer.from(text))).toBe(text)
      }),
      { numRuns: 200 },
    )
  })
})
