import { generationOf } from './generationFacts.ts'
import { factsFrom } from './jsonFacts.ts'
import type { LooseJsonObject } from './looseJson.ts'
import type { Payloads } from './payloads.ts'
import type { Reading } from './reading.ts'

/** Arguments of Diffusers pipelines. */
const PIPELINE = ['num_inference_steps', 'guidance_scale', 'negative_prompt', 'seed', 'resolution', 'sampler']

/**
 * Spaces on Hugging Face that write the arguments of their Diffusers pipeline as JSON into `parameters`. There is no
 * standard: the names are those of the pipelines and of the Animagine XL spaces, which many others copied.
 */
export function readHuggingFaceSpace(payloads: Payloads): Reading | null {
  for (const { payload, object } of payloads.objects('parameters', 'usercomment', 'comment', 'metadata', '')) {
    if (!isPipeline(object)) continue
    const facts = factsFrom(object, {
      prompt: ['prompt'],
      negative_prompt: ['negative_prompt'],
      model: ['Model', 'model', 'model_id'],
      model_hash: ['Model hash', 'model_hash'],
      seed: ['seed'],
      sampler: ['sampler'],
      scheduler: ['scheduler'],
      steps: ['num_inference_steps', 'steps'],
      cfg: ['guidance_scale'],
      width: ['width'],
      height: ['height'],
      size: ['resolution'],
      strength: ['strength'],
    })
    return { generation: generationOf({ ...facts, generator: 'Hugging Face Space' }), used: [payload] }
  }
  return null
}

function isPipeline(object: LooseJsonObject): boolean {
  return typeof object.prompt === 'string' && PIPELINE.filter((name) => name in object).length >= 3
}
