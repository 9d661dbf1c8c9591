import { describe, expect, it } from 'vitest'
import { png, read } from './fixtures/carriersOf.ts'

describe('InvokeAI', () => {
  const metadata = {
    generation_mode: 'sdxl_txt2img',
    positive_prompt: 'a cat\n',
    negative_prompt: '',
    width: 1024,
    height: 832,
    seed: 3951921344,
    cfg_scale: 6.5,
    steps: 24,
    scheduler: 'euler_a',
    strength: 0.7,
    model: { name: 'juggernaut', hash: 'blake3:7c16', base: 'sdxl' },
    vae: { model_name: 'VAEFix' },
    loras: [
      { model: { name: 'fur' }, weight: 0.75 },
      { lora: { model_name: 'eyes' }, weight: 1 },
    ],
    app_version: '6.10.0',
  }

  it('is read from its metadata', () => {
    expect(read(png('invokeai_metadata', JSON.stringify(metadata)), png('invokeai_graph', '{}'))).toMatchObject({
      generator: 'InvokeAI',
      version: '6.10.0',
      prompt: 'a cat',
      negative_prompt: null,
      model: 'juggernaut',
      model_hash: 'blake3:7c16',
      seed: '3951921344',
      sampler: 'euler_a',
      steps: 24,
      cfg: 6.5,
      width: 1024,
      height: 832,
      strength: 0.7,
      vae: 'VAEFix',
      loras: [
        { name: 'fur', weight: 0.75 },
        { name: 'eyes', weight: 1 },
      ],
      settings: { generation_mode: 'sdxl_txt2img' },
      raw: [{ key: 'invokeai_metadata' }, { key: 'invokeai_graph' }],
    })
  })

  it('is read from its graph, where the seed and the prompt come from other nodes', () => {
    const graph = {
      nodes: {
        m: { id: 'm', type: 'core_metadata', positive_prompt: null, steps: 24, scheduler: 'euler', seed: null },
        p: { id: 'p', type: 'string', value: 'a cat' },
        s: { id: 's', type: 'integer', value: 77 },
      },
      edges: [
        { source: { node_id: 'p', field: 'value' }, destination: { node_id: 'm', field: 'positive_prompt' } },
        { source: { node_id: 's', field: 'value' }, destination: { node_id: 'm', field: 'seed' } },
        { source: { node_id: 's', field: 'value' }, destination: { node_id: 'n', field: 'seed' } },
      ],
    }
    expect(read(png('invokeai_graph', JSON.stringify(graph)))).toMatchObject({
      generator: 'InvokeAI',
      prompt: 'a cat',
      seed: '77',
      steps: 24,
      sampler: 'euler',
      settings: {},
    })
  })

  it('is read from the metadata of version 2, with the negative prompt in brackets', () => {
    const old = {
      model_weights: 'deliberate_v08',
      model_hash: '56d1',
      app_version: '2.3.0',
      image: {
        prompt: [{ prompt: 'a \\[real\\] cat [blurry, dog], 8k [text]', weight: 1 }],
        steps: 50,
        cfg_scale: 5,
        height: 768,
        width: 512,
        seed: 298,
        sampler: 'k_lms',
      },
    }
    expect(read(png('sd-metadata', JSON.stringify(old)))).toMatchObject({
      version: '2.3.0',
      prompt: 'a \\[real\\] cat , 8k',
      negative_prompt: 'blurry, dog, text',
      model: 'deliberate_v08',
      seed: '298',
      sampler: 'k_lms',
      height: 768,
    })
  })

  it.each([
    ['"a "red" cat [dog]" -s 50 -S 2980747362 -W 512 -H 768 -C 7.5 -A k_lms -f 0.6 -U 4 0.95', 'a "red" cat'],
    ['"a cat [dog]" -s50 -S2980747362 -W512 -H768 -C7.5 -Ak_lms --strength 0.6', 'a cat'],
    ['a cat [dog] --steps=50 -S 2980747362 -W 512 -H 768 -C 7.5 -A k_lms -f 0.6', 'a cat'],
  ])('is read from the command line %j', (line, prompt) => {
    expect(read(png('Dream', line))).toMatchObject({
      prompt,
      negative_prompt: 'dog',
      seed: '2980747362',
      steps: 50,
      cfg: 7.5,
      width: 512,
      height: 768,
      strength: 0.6,
    })
  })
})
