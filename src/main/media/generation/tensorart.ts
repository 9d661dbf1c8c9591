import type { Lora } from '../../../shared/domain/generation.ts'
import { generationOf, listMember, loraFrom, member, modelFrom, objectMember, textFrom } from './generationFacts.ts'
import { factsFrom } from './jsonFacts.ts'
import { isJsonObject, type LooseJsonObject } from './looseJson.ts'
import type { Payloads } from './payloads.ts'
import type { Reading } from './reading.ts'

/**
 * TensorArt: JSON as `generation_data`, beside the ComfyUI graph that ran. A seed of −1 asks for any; which one it was
 * stands in the graph. Source: files from tensor.art.
 */
export function readTensorArt(payloads: Payloads): Reading | null {
  for (const { payload, object } of payloads.objects('generation_data')) {
    const base = objectMember(object, 'baseModel') ?? {}
    const facts = factsFrom(object, {
      prompt: ['prompt'],
      negative_prompt: ['negativePrompt'],
      seed: ['seed'],
      sampler: ['ksamplerName', 'samplerName', 'sampler'],
      scheduler: ['schedule', 'scheduler'],
      steps: ['steps'],
      cfg: ['cfgScale'],
      width: ['width'],
      height: ['height'],
      strength: ['denoisingStrength'],
      vae: ['sdVae'],
      others: ['baseModel', 'models'],
    })
    const label = textFrom(base.label)
    return {
      generation: generationOf({
        ...facts,
        generator: 'TensorArt',
        model: modelFrom(member(base, 'modelFileName', 'name')),
        model_hash: textFrom(base.hash),
        loras: lorasOf(object),
        settings: [...(facts.settings ?? []), ['model version', label], ['base model', textFrom(base.baseModel)]],
      }),
      used: [payload],
    }
  }
  return null
}

function lorasOf(object: LooseJsonObject): readonly Lora[] {
  return listMember(object, 'models')
    .filter(isJsonObject)
    .filter(({ type }) => /^(?:LORA|LYCORIS|LOCON|DORA|EMBEDDING)$/i.test(textFrom(type) ?? ''))
    .flatMap((model) => loraFrom(member(model, 'modelFileName', 'label'), member(model, 'weight')))
}
