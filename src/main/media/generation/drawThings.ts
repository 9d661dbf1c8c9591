import { generationOf, listMember, loraFrom, member, mergedLoras, objectMember, textFrom } from './generationFacts.ts'
import { factsFrom } from './jsonFacts.ts'
import { isJsonObject, type LooseJsonObject } from './looseJson.ts'
import type { Payloads } from './payloads.ts'
import type { Reading } from './reading.ts'

/**
 * Draw Things: JSON in `exif:UserComment` of the XMP packet, with `c` (prompt), `uc` (negative prompt) and, in `v2`, the
 * whole configuration; CreatorTool is `Draw Things`. Source: files of Draw Things; its JSON export.
 */
export function readDrawThings(payloads: Payloads): Reading | null {
  const tool = payloads.named('creatortool').find(({ text }) => /^Draw Things\b/i.test(text)) ?? null
  for (const { payload, object } of payloads.objects('usercomment', 'comment', 'parameters', 'imagedescription')) {
    if (!isDrawThings(object, tool !== null)) continue
    return { generation: generationFrom(object), used: tool === null ? [payload] : [payload, tool] }
  }
  return null
}

function isDrawThings(object: LooseJsonObject, isNamed: boolean): boolean {
  if (typeof object.c !== 'string') return false
  return isNamed || (typeof object.uc === 'string' && ['seed', 'scale', 'sampler'].every((name) => name in object))
}

function generationFrom(object: LooseJsonObject) {
  const configuration = objectMember(object, 'v2') ?? {}
  const facts = factsFrom(object, {
    prompt: ['c'],
    negative_prompt: ['uc'],
    model: ['model'],
    seed: ['seed'],
    sampler: ['sampler'],
    steps: ['steps'],
    cfg: ['scale'],
    size: ['size'],
    strength: ['strength'],
    others: ['v2', 'lora', 'loras', 'profile'],
  })
  const second = factsFrom(configuration, {
    model: ['model'],
    seed: ['seed'],
    steps: ['steps'],
    cfg: ['guidanceScale'],
    width: ['width'],
    height: ['height'],
    strength: ['strength'],
    others: ['loras', 'sampler', 'seedMode', 'controls'],
  })
  const listed = [...listMember(object, 'lora', 'loras'), ...listMember(configuration, 'loras')]
  const loras = listed
    .filter(isJsonObject)
    .flatMap((lora) => loraFrom(member(lora, 'model', 'file', 'name'), lora.weight))
  return generationOf({
    ...facts,
    generator: 'Draw Things',
    model: facts.model ?? second.model ?? null,
    seed: facts.seed ?? second.seed ?? null,
    steps: facts.steps ?? second.steps ?? null,
    cfg: facts.cfg ?? second.cfg ?? null,
    width: facts.width ?? second.width ?? null,
    height: facts.height ?? second.height ?? null,
    strength: facts.strength ?? second.strength ?? null,
    vae: textFrom(object.vae),
    loras: mergedLoras(loras, []),
    settings: [...(second.settings ?? []), ...(facts.settings ?? [])],
  })
}
