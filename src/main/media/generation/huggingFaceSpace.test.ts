import { expect, it } from 'vitest'
import { png, read } from './fixtures/carriersOf.ts'

it('reads spaces of Hugging Face', () => {
  const parameters = {
    prompt: 'a cat',
    negative_prompt: 'dog',
    resolution: '832 x 1216',
    guidance_scale: 7,
    num_inference_steps: 28,
    seed: 11,
    sampler: 'Euler a',
    Model: 'Animagine XL 3.1',
    'Model hash': 'e3c47aedb0',
    use_upscaler: null,
  }
  expect(read(png('parameters', JSON.stringify(parameters)))).toMatchObject({
    generator: 'Hugging Face Space',
    prompt: 'a cat',
    model: 'Animagine XL 3.1',
    model_hash: 'e3c47aedb0',
    seed: '11',
    steps: 28,
    width: 832,
    height: 1216,
  })
})
