import { describe, expect, it } from 'vitest'
import { png, read, text } from './fixtures/carriersOf.ts'
import { A1111 } from './fixtures/payloadTexts.ts'

describe('text like that of AUTOMATIC1111', () => {
  it('is read to all its fields', () => {
    const record = read(
      png(
        'parameters',
        `${A1111}, Denoising strength: 0.4, VAE: sub\\vae-ft-mse.pt, Clip skip: 2, Lora hashes: "fur: 1a, eyes/blue: 2b", TI hashes: "easynegative: 3c", Version: v1.10.1`,
      ),
    )
    expect(record).toEqual({
      generator: 'AUTOMATIC1111',
      version: 'v1.10.1',
      prompt: 'a cat <lora:fur:0.8>',
      negative_prompt: 'dog',
      model: 'photon_v1',
      model_hash: '45a21ea00a',
      seed: '42',
      sampler: 'Euler a',
      scheduler: null,
      steps: 20,
      cfg: 7.5,
      width: 512,
      height: 768,
      strength: 0.4,
      vae: 'vae-ft-mse',
      loras: [
        { name: 'fur', weight: 0.8 },
        { name: 'blue', weight: null },
        { name: 'easynegative', weight: null },
      ],
      settings: { 'Clip skip': '2', 'Lora hashes': 'fur: 1a, eyes/blue: 2b', 'TI hashes': 'easynegative: 3c' },
      raw: [{ carrier: 'png:tEXt', key: 'parameters', encoding: 'utf8', data: expect.stringContaining('v1.10.1') }],
    })
  })

  it.each([
    ['Version: v1.10.1', 'AUTOMATIC1111'],
    ['Version: f2.0.1v1.10.1-previous-622-g9a698e26', 'Forge'],
    ['Version: f0.0.17v1.8.0rc-latest-276-g29be1da7', 'Forge'],
    ['Version: f1.0.0v2-v1.10.1RC-latest-2184-g1dd8c1d', 'reForge'],
    ['Version: classic', 'Forge Classic'],
    ['Version: neo', 'Forge Neo'],
    ['App: SD.Next, Version: 0eb4a98, Pipeline: StableDiffusionXLPipeline', 'SD.Next'],
    ['Version: cb0eb55, Backend: Diffusers, Pipeline: StableDiffusionPipeline', 'SD.Next'],
    ['Civitai resources: [{"type":"checkpoint","modelName":"WAI"}], Civitai metadata: {}', 'Civitai'],
    ['Version: ComfyUI, Civitai resources: []', 'ComfyUI'],
    ['KSampler: dpmpp_2m, Schedule: karras, TaskID: 643811', 'TensorArt'],
    ['Version: Fooocus v2.5.5', 'Fooocus'],
    ['Version: stable-diffusion.cpp', 'stable-diffusion.cpp'],
    ['ADetailer version: 24.5.1', 'AUTOMATIC1111'],
  ])('with %s is by %s', (settings, generator) => {
    expect(read(png('parameters', `${A1111}, ${settings}`))).toMatchObject({ generator, seed: '42' })
  })

  it.each([
    ['exif', 'UserComment'],
    ['exif', 'ImageDescription'],
    ['jpeg:COM', ''],
    ['gif:comment', ''],
    ['stealth:alpha', ''],
    ['stealth:rgb', ''],
    ['sidecar', 'txt'],
    ['xmp', 'parameters'],
    ['mp4:ilst', '©cmt'],
    ['vorbis', 'COMMENT'],
  ])('is read from %s %s', (carrier, key) => {
    expect(read(text(carrier, key, A1111))).toMatchObject({
      generator: 'AUTOMATIC1111',
      prompt: 'a cat <lora:fur:0.8>',
    })
  })

  it('has the model and the networks that Civitai lists', () => {
    const resources = [
      { type: 'checkpoint', modelVersionId: 1, modelName: 'WAI', modelVersionName: 'v16' },
      { type: 'lora', weight: 0.6, modelName: 'Detail, more' },
    ]
    const settings = `Steps: 25, Sampler: Euler a, Seed: 1, Civitai resources: ${JSON.stringify(resources)}, Civitai metadata: {}`
    expect(read(png('parameters', `a cat\n${settings}`))).toMatchObject({
      model: 'WAI',
      loras: [{ name: 'Detail, more', weight: 0.6 }],
    })
  })

  it('keeps what was done to the picture afterwards', () => {
    const extras = png('postprocessing', 'Postprocess upscale by: 4, Postprocess upscaler: R-ESRGAN 4x+')
    expect(read(png('parameters', A1111), extras)).toMatchObject({
      seed: '42',
      settings: { 'Postprocess upscaler': 'R-ESRGAN 4x+' },
      raw: [{ key: 'parameters' }, { key: 'postprocessing' }],
    })
    expect(read(extras)).toMatchObject({ generator: 'AUTOMATIC1111', prompt: null })
  })

  it('keeps every digit of its seed', () => {
    expect(read(png('parameters', A1111.replace('42', '18446744073709551615')))?.seed).toBe('18446744073709551615')
  })
})
