import { describe, expect, it } from 'vitest'
import { node, read, type TestGraph } from './fixtures/apiGraphs.ts'
import { readComfyGraph } from './readComfyGraph.ts'

const encode = (text: unknown) => node('CLIPTextEncode', { text, clip: ['model', 1] })

/** Text to image as the default workflow does it; `extra` adds nodes and replaces those of the same id. */
const textToImage = (extra: TestGraph = {}): TestGraph => ({
  model: node('CheckpointLoaderSimple', { ckpt_name: 'SDXL\\base\\sd_xl_base_1.0.safetensors' }),
  // The negative prompt comes first in the file.
  '1': encode('blurry, text'),
  '2': encode('a lighthouse at dusk'),
  empty: node('EmptyLatentImage', { width: 832, height: 1216, batch_size: 1 }),
  sampler: sampler(),
  decode: node('VAEDecode', { samples: ['sampler', 0], vae: ['model', 2] }),
  save: node('SaveImage', { images: ['decode', 0], filename_prefix: 'ComfyUI' }),
  ...extra,
})

const sampler = (inputs: Readonly<Record<string, unknown>> = {}) =>
  node('KSampler', {
    model: ['model', 0],
    positive: ['2', 0],
    negative: ['1', 0],
    latent_image: ['empty', 0],
    seed: 42,
    steps: 30,
    cfg: 6.5,
    sampler_name: 'dpmpp_2m',
    scheduler: 'karras',
    denoise: 1,
    ...inputs,
  })

describe('text to image', () => {
  it('reads every field, whatever the order of the nodes', () => {
    expect(read(textToImage())).toEqual({
      prompt: 'a lighthouse at dusk',
      negative_prompt: 'blurry, text',
      model: 'sd_xl_base_1.0',
      model_hash: null,
      seed: '42',
      sampler: 'dpmpp_2m',
      scheduler: 'karras',
      steps: 30,
      cfg: 6.5,
      width: 832,
      height: 1216,
      strength: null,
      vae: null,
      loras: [],
      settings: {},
    })
  })

  it('keeps all digits of a seed, and reads JSON with a bare NaN', () => {
    const text = JSON.stringify(textToImage()).replace('"seed":42', '"seed":18446744073709551615,"is_changed":NaN')
    expect(readComfyGraph(text, null)?.seed).toBe('18446744073709551615')
  })

  it('reads the graph in the body of a request too', () => {
    expect(readComfyGraph(JSON.stringify({ client_id: 'x', prompt: textToImage() }), null)?.seed).toBe('42')
  })

  it('does not take a negative seed, which asks for a random one', () => {
    expect(read(textToImage({ sampler: sampler({ seed: -1 }) }))?.seed).toBeNull()
  })

  it('names the VAE that decoded, the CLIP layer and the guidance', () => {
    const facts = read(
      textToImage({
        vae: node('VAELoader', { vae_name: 'sdxl_vae.safetensors' }),
        decode: node('VAEDecodeTiled', { samples: ['sampler', 0], vae: ['vae', 0], tile_size: 512 }),
        layer: node('CLIPSetLastLayer', { clip: ['model', 1], stop_at_clip_layer: -2 }),
        '2': node('CLIPTextEncode', { text: 'a fox', clip: ['layer', 0] }),
        guided: node('FluxGuidance', { conditioning: ['2', 0], guidance: 3.5 }),
        sampler: sampler({ positive: ['guided', 0] }),
      }),
    )
    expect(facts).toMatchObject({ vae: 'sdxl_vae', prompt: 'a fox' })
    expect(facts?.settings).toEqual({ guidance: '3.5', stop_at_clip_layer: '-2' })
  })
})

describe('what is no graph', () => {
  it.each([
    null,
    '',
    'a prompt in words',
    '{}',
    '[]',
    '{"prompt": "a fox"}',
    '{"nodes": []}',
    '{"1": {"class": "x"}}',
    '{"3": {"class_type": "KSampler"',
  ])('gives nothing for %s', (text) => {
    expect(readComfyGraph(text, text)).toBeNull()
  })

  it('gives empty facts for a graph that generates nothing', () => {
    const facts = read({
      load: node('LoadImage', { image: 'photo.png' }),
      scale: node('ImageScaleBy', { image: ['load', 0], upscale_method: 'lanczos', scale_by: 2 }),
      save: node('SaveImage', { images: ['scale', 0] }),
    })
    expect(facts).toMatchObject({ prompt: null, seed: null, model: null, width: null, settings: {} })
  })
})

describe('image to image', () => {
  it('tells the strength, and no size that the graph does not ask for', () => {
    const facts = read(
      textToImage({
        load: node('LoadImage', { image: 'start.png' }),
        encode: node('VAEEncode', { pixels: ['load', 0], vae: ['model', 2] }),
        sampler: sampler({ latent_image: ['encode', 0], denoise: 0.55 }),
      }),
    )
    expect(facts).toMatchObject({ strength: 0.55, width: null, height: null, prompt: 'a lighthouse at dusk' })
  })

  it('has the size that the start picture was scaled to', () => {
    const facts = read(
      textToImage({
        load: node('LoadImage', { image: 'start.png' }),
        scale: node('ImageScale', { image: ['load', 0], width: 1024, height: 768, crop: 'center' }),
        encode: node('VAEEncode', { pixels: ['scale', 0], vae: ['model', 2] }),
        sampler: sampler({ latent_image: ['encode', 0], denoise: 0.4 }),
      }),
    )
    expect(facts).toMatchObject({ strength: 0.4, width: 1024, height: 768 })
  })
})

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
    const advanced = (inputs: Readonly<Record<string, unknown>>) =>
      node('KSamplerAdvanced', {
        positive: ['2', 0],
        negative: ['1', 0],
        steps: 25,
        cfg: 8,
        sampler_name: 'euler',
        scheduler: 'normal',
        ...inputs,
      })
    const facts = read(
      textToImage({
        refinerModel: node('CheckpointLoaderSimple', { ckpt_name: 'refiner.safetensors' }),
        refinerText: node('CLIPTextEncodeSDXLRefiner', {
          text: 'for the refiner',
          ascore: 6,
          clip: ['refinerModel', 1],
        }),
        sampler: advanced({
          model: ['model', 0],
          latent_image: ['empty', 0],
          add_noise: 'enable',
          noise_seed: 721897303308196,
          start_at_step: 0,
          end_at_step: 20,
        }),
        refine: advanced({
          model: ['refinerModel', 0],
          positive: ['refinerText', 0],
          latent_image: ['sampler', 0],
          add_noise: 'disable',
          noise_seed: 0,
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
        sampler: node('KSamplerAdvanced', {
          ...sampler().inputs,
          positive: ['both', 0],
          latent_image: ['together', 0],
          add_noise: 'disable',
          noise_seed: 0,
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

describe('conditioning', () => {
  it('gives each combined text once, in order', () => {
    const facts = read(
      textToImage({
        '3': encode('stars'),
        area: node('ConditioningSetArea', { conditioning: ['3', 0], width: 64, height: 64, x: 0, y: 0, strength: 1 }),
        combined: node('ConditioningCombine', { conditioning_1: ['2', 0], conditioning_2: ['area', 0] }),
        twice: node('ConditioningConcat', { conditioning_to: ['combined', 0], conditioning_from: ['2', 0] }),
        sampler: sampler({ positive: ['twice', 0] }),
      }),
    )
    expect(facts?.prompt).toBe('a lighthouse at dusk\nstars')
  })

  it('lets the output of a node with both prompts decide which one it is', () => {
    const control = node('ControlNetApplyAdvanced', {
      positive: ['2', 0],
      negative: ['1', 0],
      control_net: ['c', 0],
      image: ['i', 0],
      strength: 1,
    })
    const straight = textToImage({ control, sampler: sampler({ positive: ['control', 0], negative: ['control', 1] }) })
    const swapped = textToImage({ control, sampler: sampler({ positive: ['control', 1], negative: ['control', 0] }) })
    expect(read(straight)).toMatchObject({ prompt: 'a lighthouse at dusk', negative_prompt: 'blurry, text' })
    expect(read(swapped)).toMatchObject({ prompt: 'blurry, text', negative_prompt: 'a lighthouse at dusk' })
  })

  it('has no negative prompt where it was zeroed out', () => {
    const facts = read(
      textToImage({
        zero: node('ConditioningZeroOut', { conditioning: ['2', 0] }),
        sampler: sampler({ negative: ['zero', 0] }),
      }),
    )
    expect(facts).toMatchObject({ prompt: 'a lighthouse at dusk', negative_prompt: null })
  })

  it('does not take the text of a region or a control for the prompt', () => {
    const facts = read(
      textToImage({
        box: node('GLIGENTextBoxApply', { conditioning_to: ['2', 0], clip: ['model', 1], text: 'a box', width: 64 }),
        sampler: sampler({ positive: ['box', 0] }),
      }),
    )
    expect(facts?.prompt).toBe('a lighthouse at dusk')
  })

  it.each([
    ['CLIPTextEncodeSDXL', { text_g: 'a red fox', text_l: 'photo' }, 'a red fox\nphoto'],
    ['CLIPTextEncodeSDXL', { text_g: 'a red fox', text_l: 'a red fox' }, 'a red fox'],
    ['CLIPTextEncodeFlux', { clip_l: 'fox', t5xxl: 'a red fox in snow', guidance: 3 }, 'a red fox in snow'],
    ['CLIPTextEncodeSD3', { clip_l: '', clip_g: '', t5xxl: 'a red fox' }, 'a red fox'],
    ['BNK_CLIPTextEncodeAdvanced', { text: 'a red fox', token_normalization: 'none' }, 'a red fox'],
    [
      'smZ CLIPTextEncode',
      { text: 'a red fox', parser: 'A1111', with_SDXL: false, text_g: '', text_l: 'old' },
      'a red fox',
    ],
    ['TextEncodeQwenImageEdit', { prompt: 'make it snow', vae: ['model', 2], image: ['x', 0] }, 'make it snow'],
    ['CLIPTextEncodeHiDream', { clip_l: 'fox', clip_g: 'fox', t5xxl: 'a fox', llama: 'a red fox' }, 'a fox\na red fox'],
    ['CLIPTextEncodeLumina2', { system_prompt: 'superior', user_prompt: 'a red fox' }, 'a red fox'],
  ])('reads the texts of %s %o', (type, inputs, prompt) => {
    expect(read(textToImage({ '2': node(type, { ...inputs, clip: ['model', 1] }) }))?.prompt).toBe(prompt)
  })
})

describe('model and LoRAs', () => {
  it('collects the LoRAs on the way in the order of their application, and no others', () => {
    const facts = read(
      textToImage({
        first: node('LoraLoader', {
          model: ['model', 0],
          clip: ['model', 1],
          lora_name: 'style/ink.safetensors',
          strength_model: 0.8,
          strength_clip: 1,
        }),
        second: node('LoraLoaderModelOnly', {
          model: ['first', 0],
          lora_name: 'detail.safetensors',
          strength_model: -0.5,
        }),
        aside: node('LoraLoaderModelOnly', { model: ['model', 0], lora_name: 'unused.safetensors', strength_model: 1 }),
        patched: node('FreeU_V2', { model: ['second', 0], b1: 1.3 }),
        sampling: node('ModelSamplingDiscrete', { model: ['patched', 0], sampling: 'v_prediction' }),
        sampler: sampler({ model: ['sampling', 0] }),
      }),
    )
    expect(facts).toMatchObject({
      model: 'sd_xl_base_1.0',
      loras: [
        { name: 'ink', weight: 0.8 },
        { name: 'detail', weight: -0.5 },
      ],
    })
  })

  it('names the models of a merge', () => {
    const facts = read(
      textToImage({
        other: node('CheckpointLoaderSimple', { ckpt_name: 'other.safetensors' }),
        merge: node('ModelMergeSimple', { model1: ['model', 0], model2: ['other', 0], ratio: 0.5 }),
        sampler: sampler({ model: ['merge', 0] }),
      }),
    )
    expect(facts?.model).toBe('sd_xl_base_1.0')
    expect(facts?.settings['merged model']).toBe('other')
  })

  it.each([
    ['UNETLoader', { unet_name: 'flux1-dev.safetensors', weight_dtype: 'default' }, 'flux1-dev'],
    ['UnetLoaderGGUF', { unet_name: 'flux1-dev-Q8_0.gguf' }, 'flux1-dev-Q8_0'],
    ['DiffusersLoader', { model_path: 'stabilityai/sdxl' }, 'sdxl'],
    ['NunchakuFluxDiTLoader', { model_path: 'svdq-int4-flux.1-dev', cache_threshold: 0 }, 'svdq-int4-flux.1-dev'],
    ['CheckpointLoader|pysssh', { ckpt_name: { content: 'a.b.safetensors', image: null } }, 'a.b'],
  ])('reads the model of %s', (type, inputs, model) => {
    expect(read(textToImage({ model: node(type, inputs) }))?.model).toBe(model)
  })

  it('reads the name of a model from a linked node', () => {
    const facts = read(
      textToImage({
        name: node('CR Select Model', { ckpt_name: 'picked.safetensors' }),
        model: node('CheckpointLoaderSimple', { ckpt_name: ['name', 0] }),
      }),
    )
    expect(facts?.model).toBe('picked')
  })
})

describe('last resort', () => {
  const unknownSampler = { sampler: node('MysteryBox', { thing: ['2', 0] }) }

  it('takes the only text encoder of a graph that it can not walk', () => {
    const { '1': _negative, ...rest } = textToImage(unknownSampler)
    expect(read(rest)?.prompt).toBe('a lighthouse at dusk')
  })

  it('guesses nothing where there are two', () => {
    expect(read(textToImage(unknownSampler))?.prompt).toBeNull()
  })
})
