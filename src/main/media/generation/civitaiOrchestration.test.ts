import { expect, it } from 'vitest'
import { png, read, text } from './fixtures/carriersOf.ts'
import { GRAPH } from './fixtures/payloadTexts.ts'

it('reads Civitai with ComfyUI', () => {
  const extra = {
    prompt: 'a cat',
    negativePrompt: 'dog',
    steps: 30,
    cfgScale: 4,
    sampler: 'Euler a',
    seed: 99,
    workflowId: 'txt2img',
    resources: [{ modelVersionId: 1, strength: 1 }],
  }
  const graph = { ...JSON.parse(GRAPH), extra: { airs: ['urn:air:sdxl'] }, extraMetadata: JSON.stringify(extra) }
  const expected = {
    generator: 'Civitai',
    prompt: 'a cat',
    negative_prompt: 'dog',
    steps: 30,
    cfg: 4,
    seed: '99',
    width: 640,
  }
  expect(read(png('prompt', JSON.stringify(graph)))).toMatchObject(expected)
  expect(read(text('exif', 'UserComment', JSON.stringify(graph)))).toMatchObject(expected)
})
