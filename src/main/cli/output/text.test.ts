import { describe, expect, test } from 'vitest'
import { count, formatBytes, formatSeconds, printable, table } from './text.ts'

describe('text for a terminal', () => {
  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 KB'],
    [99_400, '99.4 KB'],
    [99_600, '100 KB'],
    [999_499, '999 KB'],
    [999_500, '1.0 MB'],
    [1_500_000_000, '1.5 GB'],
    [2e18, '2000 PB'],
  ])('%i bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text))

  test('numbers carry their word, and times their unit', () => {
    expect([count(1, 'asset'), count(0, 'asset'), count(12_000, 'file is', 'files are')]).toEqual([
      '1 asset',
      '0 assets',
      '12,000 files are',
    ])
    expect([formatSeconds(0.04), formatSeconds(59.9), formatSeconds(59.99), formatSeconds(125)]).toEqual([
      '0.0 s',
      '59.9 s',
      '1 min 0 s',
      '2 min 5 s',
    ])
  })

  test('a table is aligned, also with characters that take two cells or none', () => {
    const lines = table(
      [{ title: 'NAME' }, { title: 'N', align: 'right' }, { title: 'NOTE' }],
      [
        ['猫の写真', '1', 'two cells each'],
        ['👩‍👩‍👧 family', '22', ''],
        ['e\u0301te\u0301', '333', 'three letters'],
      ],
    )
    expect(lines).toEqual([
      'NAME         N  NOTE',
      '猫の写真     1  two cells each',
      '👩‍👩‍👧 family   22',
      'e\u0301te\u0301        333  three letters',
    ])
  })

  test('nothing in a name can steer the terminal or turn the text around', () => {
    expect(printable('a\u001b]0;owned\u0007\n\u202etxt.exe')).toBe('a\\u001b]0;owned\\u0007\\u000a\\u202etxt.exe')
    expect(printable('Ærøskøbing 写真 🎨')).toBe('Ærøskøbing 写真 🎨')
  })
})
