import { describe, expect, it } from 'vitest'
import { generationFacts } from './generationFacts.ts'

const nothing = {
  original_prompt: null,
  negative_prompt: null,
  model_used: null,
  generation_seed: null,
  generator: null,
  generation: null,
}

describe('how an asset was made', () => {
  it('is null when the file says nothing', () => {
    expect(generationFacts(nothing)).toBeNull()
    expect(generationFacts({ ...nothing, original_prompt: '  ', generation: { workflow: { nodes: 3 } } })).toBeNull()
  })

  it('keeps a seed above 2^53 to the digit', () => {
    expect(generationFacts({ ...nothing, generation_seed: '18446744073709551557' })?.facts).toEqual([
      { name: 'seed', value: '18446744073709551557' },
    ])
  })

  it('reads each setting under any of its names, in one order', () => {
    const found = generationFacts({
      ...nothing,
      model_used: 'juniper_xl_v4',
      generation: { cfg_scale: 5.5, steps: 28, sampler_name: 'dpmpp_2m', loras: [{ name: 'ink', weight: 0.8 }, 'wet'] },
    })
    expect(found?.facts).toEqual([
      { name: 'model', value: 'juniper_xl_v4' },
      { name: 'sampler', value: 'dpmpp_2m' },
      { name: 'steps', value: '28' },
      { name: 'cfg', value: '5.5' },
      { name: 'loras', value: 'ink (0.8), wet' },
    ])
  })

  it('leaves out settings whose value makes no line of text', () => {
    expect(generationFacts({ ...nothing, original_prompt: 'a cat', generation: { steps: {}, vae: '' } })).toEqual({
      generator: null,
      prompt: 'a cat',
      negative: null,
      facts: [],
    })
  })
})
