import { describe, expect, it } from 'vitest'
import { png, read, text } from './fixtures/carriersOf.ts'
import { GRAPH } from './fixtures/payloadTexts.ts'

describe('SwarmUI', () => {
  const swarm = JSON.stringify({
    sui_image_params: {
      prompt: 'a cat',
      negativeprompt: 'dog',
      model: 'SDXL/wai.safetensors',
      seed: 697543491,
      steps: 20,
      cfgscale: 7,
      width: 1024,
      height: 768,
      sampler: 'euler',
      scheduler: 'karras',
      initimagecreativity: 0.6,
      swarm_version: '0.9.7.4',
      loras: ['style/fur', 'eyes'],
      loraweights: ['0.8', '1'],
    },
    sui_extra_data: { date: '2026-01-03' },
    sui_models: [
      { name: 'fur.safetensors', param: 'loras', hash: '0x1' },
      { name: 'wai.safetensors', param: 'model', hash: '0x22d8' },
    ],
  })
  const expected = {
    generator: 'SwarmUI',
    version: '0.9.7.4',
    prompt: 'a cat',
    negative_prompt: 'dog',
    model: 'wai',
    model_hash: '0x22d8',
    seed: '697543491',
    sampler: 'euler',
    scheduler: 'karras',
    steps: 20,
    cfg: 7,
    width: 1024,
    height: 768,
    strength: 0.6,
    loras: [
      { name: 'fur', weight: 0.8 },
      { name: 'eyes', weight: 1 },
    ],
    settings: { date: '2026-01-03' },
  }

  it.each([
    ['png:tEXt', 'parameters'],
    ['exif', 'UserComment'],
    ['exif', 'Model'],
    ['sidecar', 'swarm.json'],
  ])('is read from %s %s', (carrier, key) => {
    expect(read(text(carrier, key, swarm))).toMatchObject(expected)
  })

  it('comes before the graph that it ran, whose text is kept too', () => {
    const record = read(png('prompt', GRAPH), png('parameters', swarm))
    expect(record).toMatchObject(expected)
    expect(record?.raw.map(({ key }) => key)).toEqual(['prompt', 'parameters'])
  })
})
