import type { Lora } from '../../../shared/domain/generation.ts'
import { a1111Generation } from './a1111.ts'
import { parseA1111Text } from './a1111Text.ts'
import { generationOf, listMember, loraFrom, member, textFrom } from './generationFacts.ts'
import { factsFrom, type MemberNames } from './jsonFacts.ts'
import { isJsonObject, type LooseJson, type LooseJsonObject } from './looseJson.ts'
import type { Payloads } from './payloads.ts'
import type { Reading } from './reading.ts'

const NAMES: MemberNames = {
  prompt: ['prompt', 'Prompt'],
  negative_prompt: ['negative_prompt', 'Negative', 'negative'],
  model: ['base_model', 'base_model_name', 'model'],
  model_hash: ['base_model_hash'],
  seed: ['seed'],
  sampler: ['sampler', 'sampler_name'],
  scheduler: ['scheduler'],
  steps: ['steps'],
  cfg: ['guidance_scale', 'cfg', 'cfg_scale'],
  width: ['width'],
  height: ['height'],
  size: ['resolution'],
  strength: ['denoise', 'denoising_strength'],
  vae: ['vae'],
  version: ['version'],
  others: ['software', 'loras', 'metadata_scheme'],
}
/** `lora_combined_1`, `LoRA 1 [name] weight`: `name : weight` under a name of its own. */
const NUMBERED_LORA = /^lora[ _](?:combined_)?\d+$/i

/**
 * Fooocus and its descendants: JSON as `parameters` (or `Comment` of Fooocus-MRE), or text like A1111's beside a
 * `fooocus_scheme`; in JPEG and WebP UserComment with the scheme as MakerNote and the program as Software.
 * Source: `modules/meta_parser.py` of lllyasviel/Fooocus; `modules/util.py` of runew0lf/RuinedFooocus.
 */
export function readFooocus(payloads: Payloads): Reading | null {
  const scheme = payloads.find('fooocus_scheme')
  const note = payloads.find('makernote')
  const software = payloads.find('software')
  const isNamed = scheme !== null || /fooocus/i.test(software?.text ?? '')
  for (const { payload, object } of payloads.objects('parameters', 'comment', 'usercomment', '')) {
    if (!isNamed && !isFooocus(object)) continue
    const used = [payload, scheme, isNamed ? note : null, isNamed ? software : null].filter((text) => text !== null)
    return { generation: generationFrom(object), used }
  }
  if (!isNamed) return null
  for (const payload of payloads.named('parameters', 'usercomment')) {
    const text = parseA1111Text(payload.text)
    if (text === null) continue
    const generation = a1111Generation(text)
    const generator = generation.generator === 'AUTOMATIC1111' ? 'Fooocus' : generation.generator
    return { generation: { ...generation, generator }, used: scheme === null ? [payload] : [payload, scheme] }
  }
  return null
}

function isFooocus(object: LooseJsonObject): boolean {
  if (/fooocus/i.test(textFrom(member(object, 'software', 'version')) ?? '')) return true
  if (textFrom(object.metadata_scheme) === 'fooocus') return true
  const telling = ['base_model', 'refiner_model', 'sharpness', 'performance', 'styles', 'real_prompt', 'adm_guidance']
  return 'prompt' in object && telling.filter((name) => name in object).length >= 2
}

function generationFrom(object: LooseJsonObject) {
  const facts = factsFrom(object, NAMES)
  const { generator, version } = programOf(object)
  return generationOf({
    ...facts,
    generator,
    version,
    loras: lorasOf(object),
    settings: [...(facts.settings ?? [])].filter(([name]) => !NUMBERED_LORA.test(name)),
  })
}

/** `RuinedFooocus`, `Fooocus v2.4.3`, `Fooocus 2.0.78 MRE`: program and version. */
function programOf(object: LooseJsonObject): { generator: string; version: string | null } {
  const software = textFrom(object.software)
  const version = textFrom(object.version)
  const named = [software, version].find((text) => text !== null && /fooocus/i.test(text)) ?? ''
  const number = /\bv?\d+(?:\.\d+)+\b/.exec(named) ?? /^v?\d+(?:\.\d+)*$/.exec(version ?? '')
  const generator = /ruined/i.test(named) ? 'RuinedFooocus' : /\bMRE\b/.test(named) ? 'Fooocus-MRE' : 'Fooocus'
  return { generator, version: number?.[0] ?? null }
}

/**
 * `[name, weight, hash]` of Fooocus, `[hash, "weight - name"]` of RuinedFooocus, and settings of the form `name : weight`.
 */
function lorasOf(object: LooseJsonObject): readonly Lora[] {
  const listed = listMember(object, 'loras').flatMap((item) => (Array.isArray(item) ? loraOfList(item) : loraOf(item)))
  const numbered = Object.entries(object)
    .filter(([name]) => NUMBERED_LORA.test(name))
    .flatMap(([, value]) => loraOf(value))
  return [...listed, ...numbered]
}

function loraOfList(item: readonly LooseJson[]): readonly Lora[] {
  const [first, second] = item
  if (typeof second === 'string') {
    const both = /^\s*(-?\d+(?:\.\d+)?) - (.{1,300})$/.exec(second)
    if (both !== null) return loraFrom(both[2], both[1])
  }
  return loraFrom(first, second)
}

function loraOf(item: LooseJson): readonly Lora[] {
  if (isJsonObject(item)) return loraFrom(member(item, 'name', 'model_name'), member(item, 'weight', 'strength'))
  if (typeof item !== 'string') return []
  const colon = item.lastIndexOf(' : ')
  return colon === -1 ? loraFrom(item, null) : loraFrom(item.slice(0, colon), item.slice(colon + 3))
}
