import { describe, expect, it } from 'vitest'
import { node, read } from './fixtures/apiGraphs.ts'
import { encode, sampler, textToImage } from './fixtures/textToImage.ts'

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
