import { describe, expect, it } from 'vitest'
import { png, read, text } from './fixtures/carriersOf.ts'
import { A1111 } from './fixtures/payloadTexts.ts'

describe('Fooocus and its descendants', () => {
  const parameters = {
    prompt: 'a goldfish',
    negative_prompt: '',
    base_model: 'juggernautXL_v8.safetensors',
    base_model_hash: 'aeb7e9e689',
    resolution: '(768, 1280)',
    sampler: 'dpmpp_2m_sde_gpu',
    scheduler: 'karras',
    seed: '6952411511246973023',
    guidance_scale: 4,
    steps: 30,
    loras: [['sd_xl_offset.safetensors', 0.1, '4852686128']],
    lora_combined_1: 'fur.safetensors : 0.5',
    metadata_scheme: 'fooocus',
    performance: 'Speed',
    vae: 'Default (model)',
    version: 'Fooocus v2.4.3',
  }
  const expected = {
    generator: 'Fooocus',
    version: 'v2.4.3',
    prompt: 'a goldfish',
    negative_prompt: null,
    model: 'juggernautXL_v8',
    model_hash: 'aeb7e9e689',
    seed: '6952411511246973023',
    steps: 30,
    cfg: 4,
    width: 768,
    height: 1280,
    vae: null,
    loras: [
      { name: 'sd_xl_offset', weight: 0.1 },
      { name: 'fur', weight: 0.5 },
    ],
    settings: { performance: 'Speed' },
  }

  it('are read from PNG texts', () => {
    expect(read(png('parameters', JSON.stringify(parameters)), png('fooocus_scheme', 'fooocus'))).toMatchObject(
      expected,
    )
  })

  it('are read from EXIF', () => {
    const record = read(
      text('exif', 'Software', 'Fooocus v2.4.3'),
      text('exif', 'MakerNote', 'fooocus'),
      text('exif', 'UserComment', JSON.stringify(parameters)),
    )
    expect(record).toMatchObject(expected)
    expect(record?.raw).toHaveLength(3)
  })

  it('are read from text like that of A1111', () => {
    expect(read(png('parameters', `${A1111}, Version: Fooocus v2.5.0`), png('fooocus_scheme', 'a1111'))).toMatchObject({
      generator: 'Fooocus',
      version: 'v2.5.0',
      seed: '42',
    })
  })

  it('are told apart', () => {
    const ruined = {
      Prompt: 'a cat',
      Negative: 'dog',
      steps: 30,
      cfg: 8,
      width: 1024,
      height: 960,
      seed: 9,
      sampler_name: 'dpmpp_2m',
      base_model_name: 'wai.safetensors',
      base_model_hash: 'BEFC',
      loras: [['ff00', '0.5 - fur.safetensors']],
      software: 'RuinedFooocus',
    }
    expect(read(png('parameters', JSON.stringify(ruined)))).toMatchObject({
      generator: 'RuinedFooocus',
      prompt: 'a cat',
      negative_prompt: 'dog',
      model: 'wai',
      seed: '9',
      loras: [{ name: 'fur', weight: 0.5 }],
    })
    const mre = {
      prompt: 'a cat',
      seed: 9,
      base_model: 'x.safetensors',
      refiner_model: 'y',
      width: 9,
      height: 8,
      software: 'Fooocus 2.0.78.5 MRE',
    }
    expect(read(png('Comment', JSON.stringify(mre)))).toMatchObject({
      generator: 'Fooocus-MRE',
      version: '2.0.78.5',
      model: 'x',
    })
  })
})
