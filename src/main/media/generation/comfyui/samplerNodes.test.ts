import { describe, expect, it } from 'vitest'
import { around, firstSteps, lastSteps, node, read, type TestGraph } from './fixtures/apiGraphs.ts'

describe('samplers of parts', () => {
  const flux = (inputs: Readonly<Record<string, unknown>> = {}): TestGraph => ({
    '1': node('UNETLoader', { unet_name: 'flux1-dev.safetensors', weight_dtype: 'default' }),
    '2': node('DualCLIPLoader', { clip_name1: 't5xxl.safetensors', clip_name2: 'clip_l.safetensors', type: 'flux' }),
    '3': node('VAELoader', { vae_name: 'ae.safetensors' }),
    '4': node('CLIPTextEncode', { text: 'a fox', clip: ['2', 0] }),
    '5': node('FluxGuidance', { conditioning: ['4', 0], guidance: 3.5 }),
    '6': node('BasicGuider', { model: ['10', 0], conditioning: ['5', 0] }),
    '7': node('RandomNoise', { noise_seed: 1000102404233412 }),
    '8': node('KSamplerSelect', { sampler_name: 'euler' }),
    '9': node('BasicScheduler', { model: ['10', 0], scheduler: 'simple', steps: 20, denoise: 1 }),
    '10': node('LoraLoaderModelOnly', { model: ['1', 0], lora_name: 'ink.safetensors', strength_model: 1 }),
    '11': node('EmptySD3LatentImage', { width: 1024, height: 768, batch_size: 1 }),
    '12': node('SamplerCustomAdvanced', {
      noise: ['7', 0],
      guider: ['6', 0],
      sampler: ['8', 0],
      sigmas: ['9', 0],
      latent_image: ['11', 0],
      ...inputs,
    }),
    '13': node('VAEDecode', { samples: ['12', 0], vae: ['3', 0] }),
    '14': node('SaveImage', { images: ['13', 0] }),
  })

  it('reads Flux with its noise, guider, sampler and sigmas', () => {
    expect(read(flux())).toMatchObject({
      prompt: 'a fox',
      negative_prompt: null,
      model: 'flux1-dev',
      seed: '1000102404233412',
      sampler: 'euler',
      scheduler: 'simple',
      steps: 20,
      cfg: null,
      width: 1024,
      height: 768,
      vae: 'ae',
      loras: [{ name: 'ink', weight: 1 }],
      settings: { guidance: '3.5' },
    })
  })

  it('reads a guider with cfg, split sigmas and a scheduler that has no choice', () => {
    const facts = read({
      ...flux({ guider: ['20', 0], sigmas: ['22', 0], sampler: ['23', 0] }),
      '20': node('CFGGuider', { model: ['1', 0], positive: ['4', 0], negative: ['21', 0], cfg: 4.5 }),
      '21': node('CLIPTextEncode', { text: 'blurry', clip: ['2', 0] }),
      '22': node('SplitSigmas', { sigmas: ['24', 0], step: 10 }),
      '23': node('SamplerEulerAncestral', { eta: 1, s_noise: 1 }),
      '24': node('AlignYourStepsScheduler', { model_type: 'SDXL', steps: 10, denoise: 1 }),
    })
    expect(facts).toMatchObject({
      negative_prompt: 'blurry',
      cfg: 4.5,
      steps: 10,
      scheduler: 'AlignYourStepsScheduler',
      sampler: 'SamplerEulerAncestral',
    })
  })

  it('tells the pass that drew the first part of split sigmas', () => {
    const facts = read({
      ...flux({ sigmas: ['22', 0] }),
      '22': node('SplitSigmas', { sigmas: ['9', 0], step: 10 }),
      '30': node('SamplerCustomAdvanced', {
        noise: ['31', 0],
        guider: ['6', 0],
        sampler: ['8', 0],
        sigmas: ['22', 1],
        latent_image: ['12', 0],
      }),
      '31': node('DisableNoise'),
      '13': node('VAEDecode', { samples: ['30', 0], vae: ['3', 0] }),
    })
    expect(facts).toMatchObject({ seed: '1000102404233412', width: 1024, strength: null })
    expect(Object.keys(facts?.settings ?? {})).toContain('pass 2')
  })

  it('reads the video nodes of WanVideoWrapper', () => {
    const facts = read({
      lora: node('WanVideoLoraSelect', { lora: 'speed.safetensors', strength: 0.9, prev_lora: ['lora0', 0] }),
      lora0: node('WanVideoLoraSelect', { lora: 'style.safetensors', strength: 0.5 }),
      model: node('WanVideoModelLoader', {
        model: 'wan\\wan2.1_14B.safetensors',
        base_precision: 'bf16',
        lora: ['lora', 0],
      }),
      vae: node('WanVideoVAELoader', { model_name: 'wan_vae.safetensors', precision: 'bf16' }),
      words: node('WanVideoTextEncode', { positive_prompt: 'a fox runs', negative_prompt: 'static', t5: ['t5', 0] }),
      size: node('WanVideoEmptyEmbeds', { width: 832, height: 480, num_frames: 81 }),
      sampler: node('WanVideoSampler', {
        model: ['model', 0],
        text_embeds: ['words', 0],
        image_embeds: ['size', 0],
        steps: 30,
        cfg: 6,
        shift: 5,
        seed: 9,
        scheduler: 'unipc',
      }),
      decode: node('WanVideoDecode', { vae: ['vae', 0], samples: ['sampler', 0] }),
      save: node('VHS_VideoCombine', { images: ['decode', 0], frame_rate: 16, save_output: true }),
    })
    expect(facts).toMatchObject({
      prompt: 'a fox runs',
      negative_prompt: 'static',
      model: 'wan2.1_14B',
      loras: [
        { name: 'style', weight: 0.5 },
        { name: 'speed', weight: 0.9 },
      ],
      vae: 'wan_vae',
      seed: '9',
      steps: 30,
      cfg: 6,
      width: 832,
      height: 480,
      settings: { shift: '5' },
    })
  })

  it('reads Wan 2.2, whose low-noise model finishes what the high-noise model began', () => {
    const both = { positive: ['i2v', 0], negative: ['i2v', 1], cfg: 3.5, scheduler: 'simple' }
    const facts = read(
      around({
        high: node('UNETLoader', { unet_name: 'wan2.2_high.safetensors' }),
        low: node('UNETLoader', { unet_name: 'wan2.2_low.safetensors' }),
        load: node('LoadImage', { image: 'start.png' }),
        i2v: node('WanImageToVideo', {
          positive: ['positive', 0],
          negative: ['negative', 0],
          vae: ['v', 0],
          start_image: ['load', 0],
          width: 640,
          height: 640,
          length: 81,
        }),
        first: firstSteps({
          ...both,
          model: ['high', 0],
          latent_image: ['i2v', 2],
          noise_seed: 3,
          end_at_step: 10,
        }),
        sampler: lastSteps({
          ...both,
          model: ['low', 0],
          latent_image: ['first', 0],
          start_at_step: 10,
        }),
        video: node('CreateVideo', { images: ['decode', 0], fps: 16 }),
        save: node('SaveVideo', { video: ['video', 0], filename_prefix: 'video/x' }),
      }),
    )
    expect(facts).toMatchObject({
      prompt: 'a fox',
      negative_prompt: 'blurry',
      model: 'wan2.2_high',
      seed: '3',
      width: 640,
      height: 640,
      strength: null,
    })
    expect(facts?.settings['pass 2']).toContain('model wan2.2_low')
  })

  it('reads Stable Cascade by its stage C', () => {
    const facts = read(
      around({
        stageB: node('CheckpointLoaderSimple', { ckpt_name: 'stage_b.safetensors' }),
        latents: node('StableCascade_EmptyLatentImage', { width: 1024, height: 1024, compression: 42, batch_size: 1 }),
        stageC: node('KSampler', {
          model: ['checkpoint', 0],
          positive: ['positive', 0],
          negative: ['negative', 0],
          latent_image: ['latents', 0],
          seed: 33,
          steps: 20,
          cfg: 4,
          sampler_name: 'euler',
          scheduler: 'simple',
          denoise: 1,
        }),
        zero: node('ConditioningZeroOut', { conditioning: ['positive', 0] }),
        cond: node('StableCascade_StageB_Conditioning', { conditioning: ['zero', 0], stage_c: ['stageC', 0] }),
        sampler: node('KSampler', {
          model: ['stageB', 0],
          positive: ['cond', 0],
          negative: ['zero', 0],
          latent_image: ['latents', 1],
          seed: 44,
          steps: 10,
          cfg: 1.1,
          sampler_name: 'euler',
          scheduler: 'simple',
          denoise: 1,
        }),
      }),
    )
    expect(facts).toMatchObject({ prompt: 'a fox', model: 'base', seed: '33', steps: 20, width: 1024 })
  })
})
