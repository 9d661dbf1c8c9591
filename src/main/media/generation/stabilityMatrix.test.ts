import { expect, it } from 'vitest'
import { png, read } from './fixtures/carriersOf.ts'
import { A1111, GRAPH } from './fixtures/payloadTexts.ts'

it('reads Stability Matrix', () => {
  const parameters = {
    PositivePrompt: 'a <lora:fur:1.0> cat',
    NegativePrompt: 'dog',
    Width: 1024,
    Height: 768,
    Seed: 1234567890123456789n.toString(),
    Steps: 20,
    CfgScale: 7,
    Sampler: 'Euler a',
    ModelName: 'wai.safetensors',
    ModelHash: 'ff00',
  }
  const json = JSON.stringify(parameters).replace('"1234567890123456789"', '1234567890123456789')
  const record = read(png('parameters-json', json), png('smproj', '{}'), png('parameters', A1111), png('prompt', GRAPH))
  expect(record).toMatchObject({
    generator: 'Stability Matrix',
    prompt: 'a <lora:fur:1.0> cat',
    model: 'wai',
    seed: '1234567890123456789',
    scheduler: 'karras',
    loras: [{ name: 'fur', weight: 1 }],
  })
  expect(record?.raw).toHaveLength(4)
})
