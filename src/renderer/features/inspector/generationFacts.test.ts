import { describe, expect, it } from 'vitest'
import { type GenerationRecord, nothingSaid } from '../../../shared/domain/generation.ts'
import { generationFacts, generationText } from './generationFacts.ts'

const nothing = {
  original_prompt: null,
  negative_prompt: null,
  model_used: null,
  generation_seed: null,
  generator: null,
  generation: null,
}
const generation: GenerationRecord = { generator: 'ComfyUI', version: null, ...nothingSaid, raw: [] }

describe('how an asset was made', () => {
  it('is null when the file says nothing', () => {
    expect(generationFacts(nothing)).toBeNull()
    expect(generationFacts({ ...nothing, original_prompt: '  ' })).toBeNull()
  })

  it('keeps a seed above 2^53 to the digit', () => {
    expect(generationFacts({ ...nothing, generation_seed: '18446744073709551557' })?.facts).toEqual([
      { name: 'seed', value: '18446744073709551557' },
    ])
  })

  it('lists the settings in one order', () => {
    const loras = [
      { name: 'ink', weight: 0.8 },
      { name: 'wet', weight: null },
    ]
    const found = generationFacts({
      ...nothing,
      model_used: 'juniper_xl_v4',
      generation: { ...generation, cfg: 5.5, steps: 28, sampler: 'dpmpp_2m', width: 832, height: 1216, loras },
    })
    expect(found?.facts).toEqual([
      { name: 'model', value: 'juniper_xl_v4' },
      { name: 'sampler', value: 'dpmpp_2m' },
      { name: 'steps', value: '28' },
      { name: 'cfg', value: '5.5' },
      { name: 'size', value: '832 × 1216' },
      { name: 'loras', value: 'ink (0.8), wet' },
    ])
  })

  it('leaves out what the file does not say', () => {
    expect(generationFacts({ ...nothing, original_prompt: 'a cat', generation: { ...generation, vae: '' } })).toEqual({
      generator: null,
      prompt: 'a cat',
      negative: null,
      facts: [],
      more: [],
    })
  })

  it('is copied as a text that other tools read', () => {
    const found = generationFacts({
      ...nothing,
      original_prompt: 'a cat',
      negative_prompt: 'rain',
      generation_seed: '7',
      generation: { ...generation, steps: 20, width: 512, height: 768 },
    })
    expect(found && generationText(found)).toBe('a cat\nNegative prompt: rain\nSteps: 20, Seed: 7, Size: 512x768')
  })
})
