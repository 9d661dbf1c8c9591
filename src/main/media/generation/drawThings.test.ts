import { expect, it } from 'vitest'
import { read, text } from './fixtures/carriersOf.ts'

it('reads Draw Things', () => {
  const comment = {
    c: 'a cat',
    uc: 'dog',
    model: 'juggernaut_q6p.ckpt',
    sampler: 'DPM++ 2M Karras',
    scale: 5.5,
    seed: 3234567890,
    seed_mode: 'Scale Alike',
    size: '960x1280',
    steps: 24,
    strength: 1,
    v2: { width: 960, height: 1280, loras: [{ file: 'fur_lora_f16.ckpt', weight: 0.6 }] },
  }
  const expected = {
    generator: 'Draw Things',
    prompt: 'a cat',
    negative_prompt: 'dog',
    model: 'juggernaut_q6p',
    seed: '3234567890',
    sampler: 'DPM++ 2M Karras',
    steps: 24,
    cfg: 5.5,
    width: 960,
    height: 1280,
    loras: [{ name: 'fur_lora_f16', weight: 0.6 }],
    settings: { seed_mode: 'Scale Alike' },
  }
  const json = text('xmp', 'UserComment', JSON.stringify(comment))
  expect(read(text('xmp', 'CreatorTool', 'Draw Things'), json)).toMatchObject(expected)
  expect(read(json)).toMatchObject(expected)
})
