import { generationOf, listMember, member, objectMember, textFrom } from './generationFacts.ts'
import { factsFrom } from './jsonFacts.ts'
import { isJsonObject, type LooseJsonObject } from './looseJson.ts'
import type { Payload, Payloads } from './payloads.ts'
import type { Reading } from './reading.ts'

/** Members that only NovelAI's JSON has. */
const TELLING = ['v4_prompt', 'noise_schedule', 'uncond_scale', 'request_type', 'signed_hash', 'sm_dyn']
const TITLE = 'NovelAI generated image'
/** `NovelAI Diffusion V4.5 C02D4F98`: name and hash of the model. */
const SOURCE = /^(.{1,200}?)\s+([0-9A-F]{8})$/

/**
 * NovelAI: PNG texts `Software`, `Description`, `Source` and `Comment`, which is JSON; the same as one JSON object in the
 * EXIF UserComment of a WebP and in the least significant bits of the pixels. Prompts of characters follow the base prompt,
 * each on a line of its own. Source: files of NovelAI Diffusion V1 to V4.5; novelai.net documentation, "Image metadata".
 */
export function readNovelAi(payloads: Payloads): Reading | null {
  const named = nameTexts(payloads)
  for (const { payload, object } of payloads.objects('comment', 'usercomment', '', 'parameters')) {
    if (!isNovelAi(object, named.length > 0)) continue
    const used = [payload, ...named, ...payloads.named('description', 'source', 'title', 'generation time')]
    return { generation: generationFrom(object, payloads), used }
  }
  const description = named.length > 0 ? payloads.find('description', 'imagedescription') : null
  if (description === null) return null
  return { generation: generationFrom({}, payloads), used: [description, ...named] }
}

/** Texts that name NovelAI as what made the picture. */
function nameTexts(payloads: Payloads): readonly Payload[] {
  return [
    ...payloads.named('software').filter(({ text }) => /^NovelAI\b/.test(text)),
    ...payloads.named('title', 'documentname').filter(({ text }) => text.trim() === TITLE),
  ]
}

function isNovelAi(object: LooseJsonObject, isNamed: boolean): boolean {
  if (isNamed) return 'steps' in object || 'uc' in object || 'seed' in object
  const telling = TELLING.filter((name) => name in object).length
  return telling >= 1 && ('uc' in object || 'v4_prompt' in object) && 'scale' in object
}

function generationFrom(object: LooseJsonObject, payloads: Payloads) {
  const facts = factsFrom(object, {
    prompt: ['prompt'],
    negative_prompt: ['uc'],
    seed: ['seed'],
    sampler: ['sampler'],
    scheduler: ['noise_schedule'],
    steps: ['steps'],
    cfg: ['scale'],
    width: ['width'],
    height: ['height'],
    strength: ['strength'],
    others: ['v4_prompt', 'v4_negative_prompt', 'signed_hash'],
  })
  const source = textFrom(payloads.find('source')?.text ?? softwareOfExif(payloads))
  const named = source === null ? null : SOURCE.exec(source)
  return generationOf({
    ...facts,
    generator: 'NovelAI',
    prompt:
      v4Text(object, 'v4_prompt') ?? facts.prompt ?? textFrom(payloads.find('description', 'imagedescription')?.text),
    negative_prompt: v4Text(object, 'v4_negative_prompt') ?? facts.negative_prompt ?? null,
    model: named?.[1] ?? source,
    model_hash: named?.[2] ?? null,
  })
}

/** In EXIF the model stands as Software. */
function softwareOfExif(payloads: Payloads): string | undefined {
  return payloads.named('software').find(({ text }) => text.startsWith('NovelAI Diffusion'))?.text
}

/** The base prompt and those of the characters. */
function v4Text(object: LooseJsonObject, name: string): string | null {
  const prompt = objectMember(object, name)
  const caption = prompt === null ? null : objectMember(prompt, 'caption')
  if (caption === null) return null
  const characters = listMember(caption, 'char_captions')
    .filter(isJsonObject)
    .map((character) => textFrom(character.char_caption))
  const parts = [textFrom(member(caption, 'base_caption')), ...characters].filter((part) => part !== null)
  return parts.length === 0 ? null : parts.join('\n')
}
