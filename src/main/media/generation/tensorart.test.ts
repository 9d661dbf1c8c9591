import { expect, it } from 'vitest'
import { png, read } from './fixtures/carriersOf.ts'
import { GRAPH } from './fixtures/payloadTexts.ts'

it('reads TensorArt, where the seed that was drawn stands in the graph', () => {
  const data = {
    prompt: 'a cat',
    negativePrompt: 'dog',
    width: 1024,
    height: 768,
    steps: 25,
    cfgScale: 7,
    seed: '-1',
    baseModel: { label: 'v16', type: 'BASE_MODEL', modelFileName: 'WAI-16', hash: 'A5F5' },
    sdVae: 'Automatic',
    models: [{ type: 'LORA', modelFileName: 'fur', weight: 0.7 }],
    ksamplerName: 'euler_ancestral',
    schedule: 'karras',
  }
  expect(read(png('generation_data', `${JSON.stringify(data)}\0`), png('prompt', GRAPH))).toMatchObject({
    generator: 'TensorArt',
    prompt: 'a cat',
    negative_prompt: 'dog',
    model: 'WAI-16',
    model_hash: 'A5F5',
    seed: '7',
    sampler: 'euler_ancestral',
    scheduler: 'karras',
    steps: 25,
    width: 1024,
    vae: null,
    loras: [{ name: 'fur', weight: 0.7 }],
  })
})
