import type { Lora } from '../../../shared/domain/generation.ts'
import { generationOf, listMember, loraFrom, member } from './generationFacts.ts'
import { factsFrom } from './jsonFacts.ts'
import { isJsonObject, type LooseJsonObject } from './looseJson.ts'
import { objectFrom, type Payloads } from './payloads.ts'
import type { Reading } from './reading.ts'

/**
 * Pictures that Civitai made with ComfyUI: the graph has a member `extraMetadata`, which is JSON as text, with what the
 * person entered. Source: files from civitai.com; civitai/civitai, `comfy.metadata.ts`.
 */
export function readCivitaiOrchestration(payloads: Payloads): Reading | null {
  for (const payload of payloads.all) {
    if (!/extraMetadata/i.test(payload.text) && payload.key !== 'extrametadata') continue
    const object = payloads.object(payload)
    const extra = payload.key === 'extrametadata' ? object : objectFrom(object?.extraMetadata)
    if (extra === null || !('prompt' in extra || 'seed' in extra || 'steps' in extra)) continue
    const facts = factsFrom(extra, {
      prompt: ['prompt'],
      negative_prompt: ['negativePrompt'],
      model: ['baseModelName', 'model'],
      seed: ['seed'],
      sampler: ['sampler'],
      scheduler: ['scheduler'],
      steps: ['steps'],
      cfg: ['cfgScale'],
      width: ['width'],
      height: ['height'],
      strength: ['denoise'],
    })
    return {
      generation: generationOf({ ...facts, generator: 'Civitai', loras: lorasOf(extra) }),
      used: [payload],
    }
  }
  return null
}

/** Resources without a name are known by the number of their version alone, which stays in the settings. */
function lorasOf(extra: LooseJsonObject): readonly Lora[] {
  return listMember(extra, 'resources')
    .filter(isJsonObject)
    .filter(({ type }) => typeof type === 'string' && /^(?:lora|lycoris|dora|locon)$/i.test(type))
    .flatMap((resource) => loraFrom(member(resource, 'modelName', 'name'), member(resource, 'strength', 'weight')))
}
