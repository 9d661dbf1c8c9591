import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitSettings } from './a1111Settings.ts'
import { parseA1111Text, parseBarePrompts } from './a1111Text.ts'

const SETTINGS = 'Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 42, Size: 512x768'

describe('splitSettings', () => {
  it('splits names and values at commas', () => {
    expect(splitSettings(SETTINGS)).toEqual([
      ['Steps', '20'],
      ['Sampler', 'Euler a'],
      ['CFG scale', '7'],
      ['Seed', '42'],
      ['Size', '512x768'],
    ])
  })

  it.each<[string, string, [string, string][]]>([
    [
      'commas and colons in quotes',
      'A: "x: 1, y: 2", B: 3',
      [
        ['A', 'x: 1, y: 2'],
        ['B', '3'],
      ],
    ],
    [
      'escapes in quotes',
      String.raw`A: "say \"hi\", \u732b\nnext", B: 3`,
      [
        ['A', 'say "hi", 猫\nnext'],
        ['B', '3'],
      ],
    ],
    [
      'line breaks in quotes',
      'ADetailer prompt: "one,\ntwo: three", B: 3',
      [
        ['ADetailer prompt', 'one,\ntwo: three'],
        ['B', '3'],
      ],
    ],
    [
      'a list of JSON',
      'R: [{"a": "x, ]", "b": [1, 2]}], B: 3',
      [
        ['R', '[{"a": "x, ]", "b": [1, 2]}]'],
        ['B', '3'],
      ],
    ],
    [
      'an object of JSON',
      'Hashes: {"model": "45a2", "lora:x": "ff"}, B: {}',
      [
        ['Hashes', '{"model": "45a2", "lora:x": "ff"}'],
        ['B', '{}'],
      ],
    ],
    [
      'commas without quotes',
      'Script: X, Y and Z, B: 3',
      [
        ['Script', 'X, Y and Z'],
        ['B', '3'],
      ],
    ],
    [
      'an address and times',
      'Link: https://example.com/a:b, Date: 2026-01-04T01:27:21.2Z, 12:30, B: 3',
      [
        ['Link', 'https://example.com/a:b'],
        ['Date', '2026-01-04T01:27:21.2Z, 12:30'],
        ['B', '3'],
      ],
    ],
    [
      'an open quote',
      'A: "open, B: 3',
      [
        ['A', '"open'],
        ['B', '3'],
      ],
    ],
    [
      'an open bracket',
      'A: [1, B: 3, C: [2], D: 4',
      [
        ['A', '[1'],
        ['B', '3'],
        ['C', '[2]'],
        ['D', '4'],
      ],
    ],
    [
      'several lines',
      'A: 1\nB: 2,\n C: 3',
      [
        ['A', '1'],
        ['B', '2'],
        ['C', '3'],
      ],
    ],
    [
      'names of other scripts and no space',
      'モデル: x, CFG scale:7, VAE hash:"a"',
      [
        ['モデル', 'x'],
        ['CFG scale', '7'],
        ['VAE hash', 'a'],
      ],
    ],
    [
      'empty values',
      'A: , B: 3, C:',
      [
        ['A', ''],
        ['B', '3'],
        ['C', ''],
      ],
    ],
  ])('reads %s', (_, text, settings) => {
    expect(splitSettings(text)).toEqual(settings)
  })
})

describe('parseA1111Text', () => {
  it('splits prompt, negative prompt and settings', () => {
    const parsed = parseA1111Text(`a cat,\non a mat\nNegative prompt: blurry,\nugly\n${SETTINGS}`)
    expect(parsed).toMatchObject({ prompt: 'a cat,\non a mat', negativePrompt: 'blurry,\nugly' })
    expect(parsed?.settings).toContainEqual(['Seed', '42'])
  })

  it.each<[string, string, string, string]>([
    ['no negative prompt', `a cat\n${SETTINGS}`, 'a cat', ''],
    ['only settings', SETTINGS, '', ''],
    ['no prompt', `Negative prompt: blurry\n${SETTINGS}`, '', 'blurry'],
    ['an empty negative prompt', `a cat\nNegative prompt: \n${SETTINGS}`, 'a cat', ''],
    ['line ends of Windows', `a cat\r\nNegative prompt: dog\r\n${SETTINGS}\r\n`, 'a cat', 'dog'],
    ['empty lines between', `a cat\n\nNegative prompt: dog\n\n${SETTINGS}`, 'a cat', 'dog'],
    [
      'steps in the prompt',
      `stone Steps: 5 of them\nSteps: 12 going down\n${SETTINGS}`,
      'stone Steps: 5 of them\nSteps: 12 going down',
      '',
    ],
    [
      'parameters in the prompt',
      `Steps: 1, Sampler: x, Seed: 2\nNegative prompt: y\n${SETTINGS}`,
      'Steps: 1, Sampler: x, Seed: 2',
      'y',
    ],
    [
      'the words within a line',
      `a sign saying Negative prompt: no\n${SETTINGS}`,
      'a sign saying Negative prompt: no',
      '',
    ],
    ['all on one line', `a cat Negative prompt: dog, bird ${SETTINGS}`, 'a cat', 'dog, bird'],
    ['all on one line, no negative', `a cat, 5 Steps: up ${SETTINGS}`, 'a cat, 5 Steps: up', ''],
    ['settings without steps', 'a cat\nSampler: Euler a, CFG scale: 7, Seed: 42, Model: x', 'a cat', ''],
  ])('reads a text with %s', (_, text, prompt, negativePrompt) => {
    const parsed = parseA1111Text(text)
    expect(parsed).toMatchObject({ prompt, negativePrompt })
    expect(parsed?.settings).toContainEqual(['Seed', '42'])
  })

  it('reads templates behind the settings', () => {
    const text = `a red cat\n${SETTINGS}, Version: v1.9.4\nTemplate: a {red|blue} cat,\nSteps: 1, Seed: 5\nNegative Template: {x|y}`
    const parsed = parseA1111Text(text)
    expect(parsed?.prompt).toBe('a red cat')
    expect(Object.fromEntries(parsed?.settings ?? [])).toMatchObject({
      Seed: '42',
      Version: 'v1.9.4',
      Template: 'a {red|blue} cat,\nSteps: 1, Seed: 5',
      'Negative Template': '{x|y}',
    })
  })

  it.each([
    '',
    'holiday in Rome',
    'Steps: 3, mix flour, Size: large, Model: Jane',
    'Recipe\nSteps: 5, Size: 24x24',
    'Model: Jane, Size: 38, Camera: X100, Sampler: none',
    'Negative prompt: not really',
    'OLYMPUS DIGITAL CAMERA',
    'Seed: 1 cup of sesame, Size: 2, Model: Z',
    '{"Steps": 20, "Seed": 1}',
  ])('takes %j for something else', (text) => {
    expect(parseA1111Text(text)).toBeNull()
  })

  it('reads prompts without settings only where asked to', () => {
    expect(parseBarePrompts('a cat\nNegative prompt: dog')).toEqual({
      prompt: 'a cat',
      negativePrompt: 'dog',
      settings: [],
    })
    expect(parseBarePrompts('a cat')).toBeNull()
  })

  it('gives back every quoted value', () => {
    const name = fc.stringMatching(/^[A-Z][a-z ]{0,20}[a-z]$/)
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.string({ unit: 'grapheme' })), { maxLength: 8 }), (settings) => {
        const text = settings.map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join(', ')
        expect(splitSettings(text)).toEqual(settings)
      }),
    )
  })
})
