import { describe, expect, it } from 'vitest'
import { node, read } from './fixtures/apiGraphs.ts'
import { sampler, textToImage } from './fixtures/textToImage.ts'
import { readComfyGraph } from './readComfyGraph.ts'

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
