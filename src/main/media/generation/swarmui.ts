import type { Lora } from '../../../shared/domain/generation.ts'
import { generationOf, listMember, loraFrom, member, objectMember, textFrom } from './generationFacts.ts'
import { factsFrom } from './jsonFacts.ts'
import { isJsonObject, type LooseJson, type LooseJsonObject } from './looseJson.ts'
import { objectFrom, type Payloads } from './payloads.ts'
import type { Reading } from './reading.ts'

/**
 * SwarmUI: `{sui_image_params, sui_extra_data, sui_models}` as `parameters` of a PNG, in EXIF (UserComment, Model) or in a
 * `.swarm.json` beside the file. Source: mcmonkeyprojects/SwarmUI, docs/Image Metadata Format.
 */
export function readSwarmUi(payloads: Payloads): Reading | null {
  for (const payload of payloads.all) {
    // A first look, since JSON of other tools can be large.
    if (!payload.text.includes('sui_image_params')) continue
    const object = payloads.object(payload)
    const parameters = objectFrom(object?.sui_image_params)
    if (object === null || parameters === null) continue
    const extra = objectMember(object, 'sui_extra_data') ?? {}
    const facts = factsFrom(parameters, {
      prompt: ['prompt'],
      negative_prompt: ['negativeprompt'],
      model: ['model'],
      seed: ['seed'],
      sampler: ['sampler'],
      scheduler: ['scheduler'],
      steps: ['steps'],
      cfg: ['cfgscale'],
      width: ['width'],
      height: ['height'],
      strength: ['initimagecreativity'],
      vae: ['vae'],
      version: ['swarm_version'],
      others: ['loras', 'loraweights'],
    })
    return {
      generation: generationOf({
        ...facts,
        generator: 'SwarmUI',
        model_hash: hashOf(listMember(object, 'sui_models'), 'model'),
        loras: lorasOf(parameters),
        settings: [...(facts.settings ?? []), ...Object.entries(extra)],
      }),
      used: [payload],
    }
  }
  return null
}

function hashOf(models: readonly LooseJson[], use: string): string | null {
  const found = models.filter(isJsonObject).find(({ param }) => param === use)
  return textFrom(found?.hash)
}

/** Two lists of the same length, as JSON lists or as text with commas. */
function lorasOf(parameters: LooseJsonObject): readonly Lora[] {
  const weights = itemsOf(member(parameters, 'loraweights'))
  return itemsOf(member(parameters, 'loras')).flatMap((name, index) => loraFrom(name, weights[index]))
}

function itemsOf(value: LooseJson | undefined): readonly LooseJson[] {
  if (Array.isArray(value)) return value
  return typeof value === 'string' ? value.split(',').map((item) => item.trim()) : []
}
