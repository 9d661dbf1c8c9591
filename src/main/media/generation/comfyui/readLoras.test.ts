import { describe, expect, it } from 'vitest'
import { around, node, read, type TestGraph } from './fixtures/apiGraphs.ts'

describe('LoRA loaders', () => {
  const base = { model: ['checkpoint', 0], clip: ['checkpoint', 1] }
  it.each<[string, TestGraph, unknown]>([
    [
      'Power Lora Loader of rgthree, without those that are off',
      {
        model: node('Power Lora Loader (rgthree)', {
          PowerLoraLoaderHeaderWidget: { type: 'PowerLoraLoaderHeaderWidget' },
          lora_1: { on: true, lora: 'x\\ink.safetensors', strength: 0.7 },
          lora_2: { on: false, lora: 'off.safetensors', strength: 1 },
          lora_3: { on: true, lora: 'detail.safetensors', strength: 1, strengthTwo: 0.5 },
          '➕ Add Lora': '',
          ...base,
        }),
      },
      [
        { name: 'ink', weight: 0.7 },
        { name: 'detail', weight: 1 },
      ],
    ],
    [
      'the stack of rgthree, without none and strength 0',
      {
        model: node('Lora Loader Stack (rgthree)', {
          lora_01: 'ink.safetensors',
          strength_01: 0.7,
          lora_02: 'None',
          strength_02: 1,
          lora_03: 'nil.safetensors',
          strength_03: 0,
          ...base,
        }),
      },
      [{ name: 'ink', weight: 0.7 }],
    ],
    [
      'stacks of Efficiency and CR behind an apply node',
      {
        cr: node('CR LoRA Stack', {
          switch_1: 'On',
          lora_name_1: 'one.safetensors',
          model_weight_1: 0.4,
          clip_weight_1: 1,
          switch_2: 'Off',
          lora_name_2: 'two.safetensors',
          model_weight_2: 1,
          clip_weight_2: 1,
        }),
        stack: node('LoRA Stacker', {
          input_mode: 'simple',
          lora_count: 1,
          lora_name_1: 'three.safetensors',
          lora_wt_1: 0.9,
          model_str_1: 0.1,
          lora_name_2: 'beyond the count.safetensors',
          lora_wt_2: 1,
          lora_stack: ['cr', 0],
        }),
        model: node('CR Apply LoRA Stack', { lora_stack: ['stack', 0], ...base }),
      },
      [
        { name: 'one', weight: 0.4 },
        { name: 'three', weight: 0.9 },
      ],
    ],
    [
      'LoRA Manager',
      {
        model: node('Lora Loader (LoraManager)', {
          text: '<lora:ink:0.7>',
          loras: {
            __value__: [
              { name: 'ink', strength: 0.7, active: true },
              { name: 'off', strength: 1, active: false },
            ],
          },
          ...base,
        }),
      },
      [{ name: 'ink', weight: 0.7 }],
    ],
    [
      'tags in a text',
      { model: node('LoraTagLoader', { text: 'a fox <lora:ink:0.7>', ...base }) },
      [{ name: 'ink', weight: 0.7 }],
    ],
    [
      'a wildcard that was filled in with a tag',
      {
        model: node('ImpactWildcardEncode', {
          wildcard_text: '__style__',
          populated_text: 'a fox <lora:ink:0.7>',
          ...base,
        }),
      },
      [{ name: 'ink', weight: 0.7 }],
    ],
  ])('reads %s', (_what, nodes, loras) => {
    expect(read(around(nodes))).toMatchObject({ model: 'base', loras })
  })
})
