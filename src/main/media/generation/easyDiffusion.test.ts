import { expect, it } from 'vitest'
import { png, read, text } from './fixtures/carriersOf.ts'

it('reads Easy Diffusion, by either kind of names', () => {
  const fields = {
    prompt: 'a cat',
    negative_prompt: 'dog',
    seed: '4141789285',
    use_stable_diffusion_model: 'models/deliberate_v2.safetensors',
    sampler_name: 'euler_a',
    scheduler_name: 'simple',
    width: '512',
    height: '640',
    num_inference_steps: '25',
    guidance_scale: '7.5',
    use_vae_model: 'None',
    use_lora_model: 'fur',
    lora_alpha: '0.5',
    clip_skip: 'True',
  }
  const expected = {
    generator: 'Easy Diffusion',
    prompt: 'a cat',
    negative_prompt: 'dog',
    model: 'deliberate_v2',
    seed: '4141789285',
    sampler: 'euler_a',
    steps: 25,
    cfg: 7.5,
    width: 512,
    height: 640,
    vae: null,
    loras: [{ name: 'fur', weight: 0.5 }],
  }
  expect(read(...Object.entries(fields).map(([key, value]) => png(key, value)))).toMatchObject(expected)
  expect(read(text('exif', 'UserComment', JSON.stringify(fields)))).toMatchObject(expected)
  const names: Record<string, string> = {
    prompt: 'Prompt',
    negative_prompt: 'Negative Prompt',
    seed: 'Seed',
    use_stable_diffusion_model: 'Stable Diffusion model',
    sampler_name: 'Sampler',
    width: 'Width',
    height: 'Height',
    num_inference_steps: 'Steps',
    guidance_scale: 'Guidance Scale',
    use_lora_model: 'LoRA model',
    lora_alpha: 'LoRA strength',
  }
  const readable = Object.entries(fields).map(([key, value]) => [names[key] ?? key, value] as const)
  expect(read(...readable.map(([key, value]) => png(key, value)))).toMatchObject(expected)
  expect(read(text('exif', 'UserComment', JSON.stringify(Object.fromEntries(readable))))).toMatchObject(expected)
})
