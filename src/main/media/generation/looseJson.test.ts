import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isJsonObject, type LooseJson, parseLooseJson } from './looseJson.ts'

describe('parseLooseJson', () => {
  it('reads what JSON.parse reads, to the same values', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        const numbers = (_: string, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)
        expect(JSON.stringify(parseLooseJson(text), numbers)).toBe(JSON.stringify(JSON.parse(text)))
      }),
    )
  })

  it('keeps every digit of a seed', () => {
    expect(parseLooseJson('{"seed": 18446744073709551615}')).toEqual({ seed: 18446744073709551615n })
    expect(parseLooseJson('-9007199254740993')).toBe(-9007199254740993n)
    expect(parseLooseJson('9007199254740991')).toBe(9007199254740991)
  })

  it('hands out digits as text where there are too many for a number', () => {
    const digits = '1'.repeat(100_000)
    expect(parseLooseJson(`[${digits}]`)).toEqual([digits])
  })

  it.each<[string, LooseJson]>([
    ['{"is_changed": [NaN]}', { is_changed: [null] }],
    ['[Infinity, -Infinity, 1e999]', [null, null, null]],
    ['\ufeff{"a": 1}', { a: 1 }],
    ['{"a": 1}\0\0', { a: 1 }],
    ['{"text": "two\nlines"}', { text: 'two\nlines' }],
    ['"\\u732b \\ud83d\\ude00 \\/ \\"x\\" \\\\"', '猫 😀 / "x" \\'],
    ['{"a": 1, "a": 2}', { a: 2 }],
    [' \r\n\t[ ] ', []],
    ['{}', {}],
  ])('accepts %j', (text, value) => {
    expect(parseLooseJson(text)).toEqual(value)
  })

  it.each([
    '',
    'a cat, masterpiece',
    '{',
    '{"a"',
    '{"a":',
    '{"a":1',
    '{"a":1,}',
    '[1,]',
    '[1 2]',
    '{a: 1}',
    "{'a': 1}",
    '"open',
    '"open\\"',
    '"\\x"',
    '"\\u12"',
    '{} {}',
    '1.',
    '-',
    '1e',
    'nulls',
    '\0',
  ])('takes %j for no JSON', (text) => {
    expect(parseLooseJson(text)).toBeUndefined()
  })

  it('takes a key of the prototype for an ordinary one', () => {
    const value = parseLooseJson('{"__proto__": {"polluted": true}, "constructor": 1}')
    expect(isJsonObject(value) && Object.keys(value)).toEqual(['__proto__', 'constructor'])
    expect(isJsonObject(value) && value.toString).toBeUndefined()
  })

  it('gives up on nesting that no tool writes', () => {
    expect(parseLooseJson('['.repeat(200) + ']'.repeat(200))).toBeDefined()
    expect(parseLooseJson('['.repeat(1_000_000))).toBeUndefined()
    expect(parseLooseJson('{"a":'.repeat(200_000))).toBeUndefined()
  })

  it('gives up on more values than memory is for', () => {
    expect(parseLooseJson(`[${'0,'.repeat(100_000)}0]`)).toHaveLength(100_001)
    expect(parseLooseJson(`[${'{},'.repeat(600_000)}{}]`)).toBeUndefined()
  })

  it('comes to an end with every text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:\\u0-+.eENaIn1 \n') }), (text) => {
        expect(() => parseLooseJson(text)).not.toThrow()
      }),
      { numRuns: 300 },
    )
    for (const unit of ['"', '\\', '"\\', '{"', '[[', '-', '0', '{"a":"']) {
      expect(() => parseLooseJson(unit.repeat(200_000))).not.toThrow()
    }
  })
})
