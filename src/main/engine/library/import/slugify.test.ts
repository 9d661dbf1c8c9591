import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_NAME_BYTES, nameFromStored, slugify, storedName } from './slugify.ts'

const HASH = '0123456789ab'
const forbidden = /[<>:"/\\|?*]|[\p{Cc}\p{Cf}\p{Cs}]/u
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/** Names as people, programs and attackers make them. */
const names = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        '..',
        '/',
        '\\',
        'CON',
        'nul',
        '.',
        ' ',
        '\u202e',
        '\u200d',
        '\0',
        'é',
        'e\u0301',
        '😀',
        '.png',
        '\ufe0f',
      ),
      {
        maxLength: 40,
      },
    )
    .map((parts) => parts.join('')),
)

describe('the name of an original on disk', () => {
  it('is safe on every file system, whatever the original name was', () => {
    fc.assert(
      fc.property(names, fc.string({ maxLength: 30 }), (name, extension) => {
        const stored = storedName(name, HASH, extension)
        expect(stored).not.toMatch(forbidden)
        expect(stored).not.toMatch(/^[.\s-]|[.\s]$/)
        expect(stored).not.toMatch(reserved)
        expect(stored.normalize('NFC')).toBe(stored)
        expect(Buffer.byteLength(stored)).toBeLessThanOrEqual(MAX_NAME_BYTES)
        expect(Buffer.from(stored).toString()).toBe(stored)
        expect(slugify(name)).not.toBe('')
        expect(stored).toContain(`.${HASH}`)
      }),
      { numRuns: 2_000 },
    )
  })

  it('stays within the limit with a full hash and a long extension', () => {
    const stored = storedName('😀'.repeat(200), 'f'.repeat(64), 'x'.repeat(100))
    expect(Buffer.byteLength(stored)).toBeLessThanOrEqual(MAX_NAME_BYTES)
  })

  it.each([
    ['Sunset over Köln.JPG', 'Sunset-over-Köln'],
    ['e\u0301te\u0301.png', 'été'],
    ['../../etc/passwd', 'etc-passwd'],
    ['CON.png', '_CON'],
    ['con.tar.gz', '_con.tar'],
    ['photo\u202egpj.exe', 'photogpj'],
    ['a\u200bb\u200dc.png', 'abc'],
    ['trailing. . .', 'trailing'],
    ['.hidden.png', 'hidden'],
    ['...', 'file'],
    ['', 'file'],
    ['😀.png', '😀'],
    ['a/b\\c:d*e?.png', 'a-b-c-d-e'],
    ['line\nbreak\ttab.png', 'line-break-tab'],
    ['v1.2.final.png', 'v1.2.final'],
  ])('%j becomes %j', (name, slug) => {
    expect(slugify(name)).toBe(slug)
  })

  it('gives the readable name back', () => {
    expect(nameFromStored(`Sunset.${HASH}.jpg`)).toBe('Sunset.jpg')
    expect(nameFromStored(`Sunset.${HASH}`)).toBe('Sunset')
    expect(nameFromStored(storedName('v1.2 final.png', HASH, 'png'))).toBe('v1.2-final.png')
  })
})
