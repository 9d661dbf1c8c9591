import { describe, expect, it } from 'vitest'
import { around, node, read } from './fixtures/apiGraphs.ts'

describe('pipes', () => {
  it('reads Efficient Loader and KSampler (Efficient)', () => {
    const facts = read({
      loader: node('Efficient Loader', {
        ckpt_name: 'base.safetensors',
        vae_name: 'Baked VAE',
        clip_skip: -2,
        lora_name: 'ink.safetensors',
        lora_model_strength: 0.6,
        lora_clip_strength: 1,
        positive: 'a fox',
        negative: ['words', 0],
        empty_latent_width: 640,
        empty_latent_height: 960,
        batch_size: 1,
      }),
      words: node('easy negative', { negative: 'blurry' }),
      sampler: node('KSampler (Efficient)', {
        seed: 5,
        steps: 12,
        cfg: 2,
        sampler_name: 'dpmpp_sde',
        scheduler: 'karras',
        denoise: 1,
        preview_method: 'auto',
        vae_decode: 'true',
        model: ['loader', 0],
        positive: ['loader', 1],
        negative: ['loader', 2],
        latent_image: ['loader', 3],
        optional_vae: ['loader', 4],
      }),
      save: node('Image Save', { images: ['sampler', 5], output_path: 'x' }),
    })
    expect(facts).toMatchObject({
      prompt: 'a fox',
      negative_prompt: 'blurry',
      model: 'base',
      loras: [{ name: 'ink', weight: 0.6 }],
      vae: null,
      seed: '5',
      steps: 12,
      width: 640,
      height: 960,
    })
  })

  it('reads the loader, settings and sampler of Easy-Use through their pipe', () => {
    const facts = read({
      '1': node('easy fullLoader', {
        ckpt_name: 'base.safetensors',
        vae_name: 'vae/nice.safetensors',
        lora_name: 'None',
        resolution: '832 x 1216',
        empty_latent_width: 512,
        empty_latent_height: 512,
        positive: 'a fox',
        negative: 'blurry',
        batch_size: 1,
      }),
      '2': node('easy preSampling', {
        pipe: ['1', 0],
        steps: 25,
        cfg: 7,
        sampler_name: 'dpmpp_2m',
        scheduler: 'karras',
        denoise: 1,
        seed: 12345,
      }),
      '3': node('easy kSampler', { pipe: ['2', 0], image_output: 'Hide', link_id: 0, save_prefix: 'x' }),
      '4': node('SaveImage', { images: ['3', 1] }),
    })
    expect(facts).toMatchObject({
      prompt: 'a fox',
      negative_prompt: 'blurry',
      model: 'base',
      vae: 'nice',
      seed: '12345',
      steps: 25,
      sampler: 'dpmpp_2m',
      scheduler: 'karras',
      width: 832,
      height: 1216,
    })
  })

  it('reads through Impact pipes and rgthree contexts', () => {
    const facts = read(
      around(
        {
          pipe: node('ToBasicPipe', {
            model: ['checkpoint', 0],
            clip: ['checkpoint', 1],
            vae: ['checkpoint', 2],
            positive: ['positive', 0],
            negative: ['negative', 0],
          }),
          from: node('FromBasicPipe_v2', { basic_pipe: ['pipe', 0] }),
          context: node('Context Big (rgthree)', { positive: ['from', 4], negative: ['from', 5], model: ['from', 1] }),
          again: node('Context (rgthree)', { base_ctx: ['context', 0] }),
        },
        { model: ['again', 1], positive: ['again', 4], negative: ['again', 5] },
      ),
    )
    expect(facts).toMatchObject({ prompt: 'a fox', negative_prompt: 'blurry', model: 'base' })
  })
})

describe('other makers', () => {
  it('reads a node that calls a service', () => {
    const facts = read({
      '1': node('FluxProUltraImageNode', { prompt: 'a fox', seed: 5, aspect_ratio: '16:9', raw: false }),
      '2': node('SaveImage', { images: ['1', 0] }),
    })
    expect(facts).toMatchObject({ prompt: 'a fox', seed: '5' })
  })

  it('reads an unknown sampler by the names of its inputs', () => {
    const facts = read(
      around({
        sampler: node('SomebodysRenderer', {
          unet: ['checkpoint', 0],
          positive: ['positive', 0],
          negative: ['negative', 0],
          latent: ['empty', 0],
          noise_seed: 8,
          steps: 4,
          cfg_scale: 1.5,
        }),
      }),
    )
    expect(facts).toMatchObject({
      prompt: 'a fox',
      negative_prompt: 'blurry',
      model: 'base',
      seed: '8',
      steps: 4,
      cfg: 1.5,
    })
  })

  it('takes from a save node in words what the walk can not reach', () => {
    const facts = read({
      load: node('LoadImage', { image: 'x.png' }),
      words: node('Text Multiline', { text: 'a fox' }),
      save: node('Image Saver', {
        images: ['load', 0],
        positive: ['words', 0],
        negative: 'blurry',
        modelname: 'base.safetensors',
        seed_value: 6,
        steps: 9,
        cfg: 3,
        sampler_name: 'euler',
        scheduler: 'normal',
        width: 512,
        height: 640,
      }),
    })
    expect(facts).toMatchObject({
      prompt: 'a fox',
      negative_prompt: 'blurry',
      model: 'base',
      seed: '6',
      steps: 9,
      sampler: 'euler',
      width: 512,
      height: 640,
    })
  })
})
