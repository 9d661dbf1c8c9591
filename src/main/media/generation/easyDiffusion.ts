import type { Lora } from '../../../shared/domain/generation.ts'
import { generationOf, listMember, loraFrom, member, mergedLoras } from './generationFacts.ts'
import { factsFrom } from './jsonFacts.ts'
import type { LooseJson, LooseJsonObject } from './looseJson.ts'
import type { Payload, Payloads } from './payloads.ts'
import type { Reading } from './reading.ts'

/** The same fields by their names in the program and by those for people. */
const NAMES: Readonly<Record<string, string>> = {
  prompt: 'prompt',
  'negative prompt': 'negative_prompt',
  seed: 'seed',
  'stable diffusion model': 'use_stable_diffusion_model',
  'clip skip': 'clip_skip',
  'vae model': 'use_vae_model',
  sampler: 'sampler_name',
  scheduler: 'scheduler_name',
  width: 'width',
  height: 'height',
  steps: 'num_inference_steps',
  'guidance scale': 'guidance_scale',
  'prompt strength': 'prompt_strength',
  'lora model': 'use_lora_model',
  'lora strength': 'lora_alpha',
  'hypernetwork model': 'use_hypernetwork_model',
  'hypernetwork strength': 'hypernetwork_strength',
  'use face correction': 'use_face_correction',
  'use upscaling': 'use_upscale',
}
const MODEL = 'use_stable_diffusion_model'

/**
 * Easy Diffusion: each field as a PNG text of its own, or all as one JSON object in an EXIF UserComment.
 * Source: easydiffusion/easydiffusion, `ui/easydiffusion/utils/save_utils.py`.
 */
export function readEasyDiffusion(payloads: Payloads): Reading | null {
  const model = payloads.find(MODEL, 'stable diffusion model')
  if (model !== null) {
    const used = payloads.named(...Object.entries(NAMES).flat())
    return { generation: generationFrom(fromTexts(used)), used }
  }
  for (const { payload, object } of payloads.objects('usercomment', 'comment', 'parameters', '')) {
    const members = withPlainNames(object)
    if (MODEL in members) return { generation: generationFrom(members), used: [payload] }
  }
  return null
}

function fromTexts(texts: readonly Payload[]): LooseJsonObject {
  return Object.fromEntries(texts.map(({ key, text }) => [NAMES[key] ?? key, text]))
}

function withPlainNames(object: LooseJsonObject): LooseJsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [NAMES[name.toLowerCase()] ?? name, value]))
}

function generationFrom(members: LooseJsonObject) {
  return generationOf({
    ...factsFrom(members, {
      prompt: ['prompt'],
      negative_prompt: ['negative_prompt'],
      model: [MODEL],
      seed: ['seed'],
      sampler: ['sampler_name'],
      scheduler: ['scheduler_name'],
      steps: ['num_inference_steps'],
      cfg: ['guidance_scale'],
      width: ['width'],
      height: ['height'],
      strength: ['prompt_strength'],
      vae: ['use_vae_model'],
      others: ['use_lora_model', 'lora_alpha'],
    }),
    generator: 'Easy Diffusion',
    loras: lorasOf(members),
  })
}

/** One name and weight, or lists of both. */
function lorasOf(members: LooseJsonObject): readonly Lora[] {
  const weights = listed(members, 'lora_alpha')
  return mergedLoras(
    listed(members, 'use_lora_model').flatMap((name, index) => loraFrom(name, weights[index])),
    [],
  )
}

function listed(members: LooseJsonObject, name: string): readonly LooseJson[] {
  const list = listMember(members, name)
  const single = member(members, name)
  return list.length > 0 || single === undefined || Array.isArray(single) ? list : [single]
}
