import { describe, expect, it } from 'vitest'
import { firstSteps, lastSteps, node, read } from './fixtures/apiGraphs.ts'
import { encode, sampler, textToImage } from './fixtures/textToImage.ts'

describe('several passes', () => {
  const hires = (denoise: number) =>
    textToImage({
      '3': encode('sharper'),
      upscale: node('LatentUpscale', { samples: ['sampler', 0], width: 1664, height: 2432 }),
      second: sampler({ latent_image: ['upscale', 0], positive: ['3', 0], seed: 7, steps: 12, denoise }),
      decode: node('VAEDecode', { samples: ['second', 0], vae: ['model', 2] }),
    })

  it('tells the first pass where the second refines it', () => {
    const facts = read(hires(0.5))
    expect(facts).toMatchObject({ prompt: 'a lighthouse at dusk', seed: '42', steps: 30, width: 832, strength: null })
    expect(facts?.settings).toEqual({
      'pass 2': 'KSampler: model sd_xl_base_1.0, seed 7, steps 12, cfg 6.5, dpmpp_2m karras, denoise 0.5',
    })
  })

  it('tells the second pass where it keeps nothing of the first', () => {
    expect(read(hires(1))).toMatchObject({ prompt: 'sharper', seed: '7', steps: 12, width: 1664, height: 2432 })
  })

  it('tells the base where a refiner model takes over its last steps', () => {
    const words = { positive: ['2', 0], negative: ['1', 0], steps: 25, cfg: 8 }
    const facts = read(
      textToImage({
        refinerModel: node('CheckpointLoaderSimple', { ckpt_name: 'refiner.safetensors' }),
        refinerText: node('CLIPTextEncodeSDXLRefiner', {
          text: 'for the refiner',
          ascore: 6,
          clip: ['refinerModel', 1],
        }),
        sampler: firstSteps({
          ...words,
          model: ['model', 0],
          latent_image: ['empty', 0],
          noise_seed: 721897303308196,
          end_at_step: 20,
        }),
        refine: lastSteps({
          ...words,
          model: ['refinerModel', 0],
          positive: ['refinerText', 0],
          latent_image: ['sampler', 0],
          start_at_step: 20,
          end_at_step: 10000,
        }),
        decode: node('VAEDecode', { samples: ['refine', 0], vae: ['model', 2] }),
      }),
    )
    expect(facts).toMatchObject({ model: 'sd_xl_base_1.0', seed: '721897303308196', prompt: 'a lighthouse at dusk' })
    expect(facts?.settings['pass 2']).toBe('KSamplerAdvanced: model refiner, steps 25, cfg 8, euler normal')
  })

  it('looks behind face detailing and tiled upscaling of the finished picture', () => {
    const facts = read(
      textToImage({
        face: encode('a detailed face'),
        detail: node('FaceDetailer', {
          image: ['decode', 0],
          model: ['model', 0],
          clip: ['model', 1],
          vae: ['model', 2],
          positive: ['face', 0],
          negative: ['1', 0],
          seed: 99,
          steps: 20,
          cfg: 4,
          sampler_name: 'euler',
          scheduler: 'normal',
          denoise: 0.5,
          wildcard: '',
        }),
        upscale: node('UltimateSDUpscale', {
          image: ['detail', 0],
          model: ['model', 0],
          positive: ['2', 0],
          negative: ['1', 0],
          vae: ['model', 2],
          upscale_by: 2,
          seed: 100,
          steps: 15,
          cfg: 5,
          sampler_name: 'euler',
          scheduler: 'normal',
          denoise: 0.2,
          tile_width: 512,
          tile_height: 512,
        }),
        save: node('SaveImage', { images: ['upscale', 0] }),
      }),
    )
    expect(facts).toMatchObject({ prompt: 'a lighthouse at dusk', seed: '42', steps: 30, width: 832 })
    expect(Object.keys(facts?.settings ?? {})).toEqual(['pass 2', 'pass 3'])
  })

  it('tells the pass that puts parts together, with the seed and size of the main part', () => {
    const part = (seed: number, text: string, latent: string) =>
      sampler({ seed, positive: [text, 0], latent_image: [latent, 0] })
    const facts = read(
      textToImage({
        fox: encode('a fox'),
        small: node('EmptyLatentImage', { width: 256, height: 512, batch_size: 1 }),
        background: part(1, '2', 'empty'),
        figure: part(2, 'fox', 'small'),
        together: node('LatentComposite', { samples_to: ['background', 0], samples_from: ['figure', 0], x: 8, y: 8 }),
        both: encode('a fox before a lighthouse'),
        sampler: lastSteps({
          ...sampler().inputs,
          positive: ['both', 0],
          latent_image: ['together', 0],
          start_at_step: 4,
        }),
      }),
    )
    expect(facts).toMatchObject({ prompt: 'a fox before a lighthouse', seed: '1', width: 832, height: 1216 })
    expect(Object.keys(facts?.settings ?? {})).toEqual(expect.arrayContaining(['part 1', 'part 2']))
  })
})

describe('several outputs', () => {
  it('prefers what was saved to what was shown', () => {
    const facts = read(
      textToImage({
        other: sampler({ seed: 5, positive: ['1', 0] }),
        otherDecode: node('VAEDecode', { samples: ['other', 0], vae: ['model', 2] }),
        '0': node('PreviewImage', { images: ['otherDecode', 0] }),
      }),
    )
    expect(facts).toMatchObject({ seed: '42', prompt: 'a lighthouse at dusk' })
  })

  it('tells only what different pictures of one graph agree on', () => {
    const facts = read(
      textToImage({
        '3': encode('a windmill'),
        other: sampler({ seed: 5, positive: ['3', 0] }),
        otherDecode: node('VAEDecode', { samples: ['other', 0], vae: ['model', 2] }),
        save2: node('SaveImage', { images: ['otherDecode', 0] }),
      }),
    )
    expect(facts).toMatchObject({
      prompt: null,
      seed: null,
      negative_prompt: 'blurry, text',
      model: 'sd_xl_base_1.0',
      steps: 30,
      width: 832,
    })
    expect(facts?.settings).toMatchObject({
      'prompt of SaveImage save': 'a lighthouse at dusk',
      'prompt of SaveImage save2': 'a windmill',
    })
  })

  it('tells the common first pass of a picture that was saved before and after refinement', () => {
    const facts = read(
      textToImage({
        second: sampler({ latent_image: ['sampler', 0], seed: 7, denoise: 0.3 }),
        decode2: node('VAEDecode', { samples: ['second', 0], vae: ['model', 2] }),
        save2: node('SaveImage', { images: ['decode2', 0] }),
      }),
    )
    expect(facts).toMatchObject({ seed: '42', prompt: 'a lighthouse at dusk' })
  })

  it('follows the main picture of a composite', () => {
    const facts = read(
      textToImage({
        other: sampler({ seed: 5, positive: ['1', 0] }),
        otherDecode: node('VAEDecode', { samples: ['other', 0], vae: ['model', 2] }),
        paste: node('ImageCompositeMasked', { source: ['otherDecode', 0], destination: ['decode', 0], x: 0, y: 0 }),
        save: node('SaveImage', { images: ['paste', 0] }),
      }),
    )
    expect(facts?.seed).toBe('42')
  })

  it('finds a sampler that saves by itself', () => {
    const { save: _save, decode: _decode, ...rest } = textToImage()
    expect(read(rest)?.seed).toBe('42')
  })
})
