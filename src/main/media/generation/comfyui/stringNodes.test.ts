import { describe, expect, it } from 'vitest'
import { around, node, read, type TestGraph } from './fixtures/apiGraphs.ts'
import { readComfyGraph } from './readComfyGraph.ts'

describe('string nodes', () => {
  const literal = (text: string) => node('PrimitiveStringMultiline', { value: text })
  it.each<[string, TestGraph, string | null]>([
    ['a primitive', { text: literal('a fox') }, 'a fox'],
    ['Text Multiline', { text: node('Text Multiline', { text: 'a fox' }) }, 'a fox'],
    ['String Literal', { text: node('String Literal', { string: 'a fox' }) }, 'a fox'],
    ['CR Prompt Text', { text: node('CR Prompt Text', { prompt: 'a fox' }) }, 'a fox'],
    ['easy positive', { text: node('easy positive', { positive: 'a fox' }) }, 'a fox'],
    ['ttN text', { text: node('ttN text', { text: 'a fox' }) }, 'a fox'],
    ['a reroute', { text: node('Reroute', { '': ['a', 0] }), a: literal('a fox') }, 'a fox'],
    [
      'Text Concatenate of WAS, with a delimiter and an empty piece',
      {
        a: literal('a fox'),
        b: literal('in snow'),
        none: literal(''),
        text: node('Text Concatenate', {
          delimiter: ', ',
          clean_whitespace: 'true',
          text_b: ['b', 0],
          text_a: ['a', 0],
          text_c: ['none', 0],
        }),
      },
      'a fox, in snow',
    ],
    [
      'a line break as delimiter',
      {
        a: literal('one'),
        b: literal('two'),
        text: node('Text Concatenate', { delimiter: '\\n', text_a: ['a', 0], text_b: ['b', 0] }),
      },
      'one\ntwo',
    ],
    [
      'StringConcatenate',
      { text: node('StringConcatenate', { string_a: 'a', string_b: 'b', delimiter: ' + ' }) },
      'a + b',
    ],
    [
      'JoinStringMulti with ten pieces',
      {
        text: node('JoinStringMulti', {
          inputcount: 10,
          ...Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`string_${i + 1}`, `p${i + 1}`])),
          delimiter: ' ',
        }),
      },
      'p1 p2 p3 p4 p5 p6 p7 p8 p9 p10',
    ],
    [
      'StringFunction|pysssh that appends',
      {
        text: node('StringFunction|pysssh', {
          action: 'append',
          tidy_tags: 'yes',
          text_a: 'a fox',
          text_b: 'snow',
          text_c: '',
          result: 'of an older run',
        }),
      },
      'a fox, snow',
    ],
    [
      'StringFunction|pysssh that replaces',
      {
        text: node('StringFunction|pysssh', {
          action: 'replace',
          tidy_tags: 'no',
          text_a: 'a cat',
          text_b: 'cat',
          text_c: 'fox',
        }),
      },
      'a fox',
    ],
    [
      'Text Find and Replace',
      {
        a: literal('a cat, a cat'),
        text: node('Text Find and Replace', { text: ['a', 0], find: 'cat', replace: 'fox' }),
      },
      'a fox, a fox',
    ],
    [
      'ImpactWildcardProcessor, as it was filled in',
      {
        text: node('ImpactWildcardProcessor', {
          wildcard_text: 'a {fox|cat}',
          populated_text: 'a fox',
          mode: 'populate',
          seed: 3,
        }),
      },
      'a fox',
    ],
    [
      'a template that is filled in later',
      { text: node('DPRandomGenerator', { text: 'a {fox|cat}', seed: 3 }) },
      'a {fox|cat}',
    ],
    [
      'ImpactSwitch',
      {
        a: literal('first'),
        b: literal('second'),
        text: node('ImpactSwitch', { select: 2, sel_mode: false, input1: ['a', 0], input2: ['b', 0] }),
      },
      'second',
    ],
    [
      'a switch whose selector is linked',
      {
        a: literal('first'),
        b: literal('second'),
        which: node('PrimitiveInt', { value: 1 }),
        text: node('CR Text Input Switch', { Input: ['which', 0], text1: ['a', 0], text2: ['b', 0] }),
      },
      'first',
    ],
    [
      'a switch with a flag',
      {
        a: literal('yes'),
        b: literal('no'),
        text: node('ComfySwitchNode', { switch: false, on_true: ['a', 0], on_false: ['b', 0] }),
      },
      'no',
    ],
    [
      'Any Switch of rgthree: the first that is there',
      { b: literal('second'), text: node('Any Switch (rgthree)', { any_01: ['gone', 0], any_02: ['b', 0] }) },
      'second',
    ],
    ['a switch whose choice is cut', { text: node('ImpactSwitch', { select: 2, input1: ['positive', 0] }) }, null],
    [
      'Show Text',
      { a: literal('a fox'), text: node('ShowText|pysssh', { text: ['a', 0], text_0: 'of an older run' }) },
      'a fox',
    ],
    [
      'the fourth output of Text String',
      {
        a: node('Text String', { text: 'a', text_b: 'b', text_c: 'c', text_d: 'd' }),
        text: node('Reroute', { '': ['a', 3] }),
      },
      'd',
    ],
    [
      'a styler with both prompts',
      { text: node('SDXLPromptStyler', { text_positive: 'a fox', text_negative: 'bad', style: 'base' }) },
      'a fox',
    ],
    [
      'a language model, whose answer is not in the file',
      { text: node('OllamaGenerate', { prompt: 'Describe a fox' }) },
      null,
    ],
    ['a captioner', { text: node('Florence2Run', { text_input: 'caption', image: ['x', 0] }) }, null],
  ])('reads %s', (_what, nodes, prompt) => {
    expect(read(around(nodes))?.prompt).toBe(prompt)
  })

  it('takes what a language model said from the display behind it, as the window saved it', () => {
    const graph = around({
      '7': node('OllamaGenerate', { prompt: 'Describe a fox' }),
      '8': node('ShowText|pysssh', { text: ['7', 0], text_0: 'of an older run' }),
      positive: node('CLIPTextEncode', { text: ['8', 0], clip: ['checkpoint', 1] }),
    })
    const window = {
      nodes: [{ id: 8, type: 'ShowText|pysssh', widgets_values: [['A red fox in deep snow']] }],
      links: [],
    }
    expect(readComfyGraph(JSON.stringify(graph), JSON.stringify(window))?.prompt).toBe('A red fox in deep snow')
  })
})
