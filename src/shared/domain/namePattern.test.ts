import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fillPattern, type NameFacts, nameFields, unknownField } from './namePattern.ts'

const facts: NameFacts = {
  fileName: 'IMG_0042.CR2.jpg',
  title: 'Harbour at night',
  madeAt: new Date(2026, 10, 3, 7, 5, 9).getTime(),
  model: 'sdxl/base',
  generator: null,
  seed: '123',
  rating: 4,
  width: 1920,
  height: null,
}

describe('a pattern of names', () => {
  it.each([
    ['{name}', 'IMG_0042.CR2'],
    ['{title} {number:3}', 'Harbour at night 007'],
    ['{date}_{time}', '2026-11-03_07-05-09'],
    ['{model} {seed}', 'sdxl-base 123'],
    ['{width}x{height} {rating}', '1920x 4'],
    ['plain', 'plain'],
  ])('%s is %s', (pattern, name) => {
    expect(fillPattern(pattern, facts, 7)).toBe(name)
  })

  it('takes the name where there is no title', () => {
    expect(fillPattern('{title}', { ...facts, title: null }, 1)).toBe('IMG_0042.CR2')
  })

  it('tells what it does not know', () => {
    expect(unknownField('{name} {number:2} and so on')).toBeNull()
    expect(unknownField('{nmae}')).toBe('{nmae}')
    expect(unknownField('{name')).toBe('{name')
    expect(unknownField('{date:3}')).toBe('{date:3}')
    expect(unknownField('a } b')).toBe('}')
  })
})

describe('a name', () => {
  it.each([
    ['../../etc/passwd', '-..-etc-passwd'],
    ['con', '_con'],
    ['COM1.txt', '_COM1.txt'],
    [' . ', 'unnamed'],
    ['a\u0000b\nc', 'a-b-c'],
  ])('made of %j is %j', (title, name) => {
    expect(fillPattern('{title}', { ...facts, title }, 1)).toBe(name)
  })

  it('is one that every file system takes, whatever it is made of', () => {
    const pattern = fc
      .array(fc.oneof(fc.constantFrom(...nameFields.map((name) => `{${name}}`)), fc.string()))
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(pattern, fc.string({ unit: 'grapheme', maxLength: 300 }), fc.nat(), (text, title, number) => {
        const name = fillPattern(text, { ...facts, title, fileName: title }, number)
        expect(name).not.toMatch(/[/\\<>:"|?*\p{Cc}]|^[.\s]|[.\s]$/u)
        expect(name.length).toBeGreaterThan(0)
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(204)
      }),
      { numRuns: 200 },
    )
  })
})
