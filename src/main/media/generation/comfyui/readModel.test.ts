import { describe, expect, it } from 'vitest'
import { node, read } from './fixtures/apiGraphs.ts'
import { sampler, textToImage } from './fixtures/textToImage.ts'

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
