import type { Generation, Lora } from '../../../shared/domain/generation.ts'
import { splitSettings } from './a1111Settings.ts'
import { type A1111Text, parseA1111Text, parseBarePrompts } from './a1111Text.ts'
import {
  generationOf,
  loraFrom,
  member,
  mergedLoras,
  modelFrom,
  numberFrom,
  seedFrom,
  sideFrom,
  sizeFrom,
  textFrom,
  vaeFrom,
} from './generationFacts.ts'
import { isJsonObject, type LooseJsonObject, parseLooseJson } from './looseJson.ts'
import { objectFrom, type Payload, type Payloads } from './payloads.ts'
import type { Reading } from './reading.ts'

/** Names of settings that become fields, in lower case. */
const FIELD_NAMES: ReadonlySet<string> = new Set([
  'steps',
  'sampler',
  'schedule type',
  'scheduler',
  'schedule',
  'cfg scale',
  'seed',
  'size',
  'model',
  'model hash',
  'denoising strength',
  'vae',
  'version',
])
/** Places that programs write parameters to, the surest first. */
const USUAL_PLACES = ['parameters', 'usercomment', '', 'txt', 'comment', 'imagedescription', 'description']
const EXTRAS = ['postprocessing', 'extras']
/** Places that hold something else by definition, however much it may look like parameters. */
const OTHER_THINGS: ReadonlySet<string> = new Set([...EXTRAS, 'prompt', 'workflow'])
const NETWORK = /<(?:lora|lyco|hypernet):([^:<>\n]{1,300})((?::[^:<>\n]{0,100}){0,8})>/g
const MAX_NETWORKS = 500
const MAX_EXTRAS_LENGTH = 100_000

/**
 * The text of parameters that AUTOMATIC1111's web UI, its descendants and many others write, wherever it stands.
 * Source: `create_infotext` of AUTOMATIC1111/stable-diffusion-webui.
 */
export function readA1111(payloads: Payloads): Reading | null {
  const postprocessing = payloads.find(...EXTRAS)
  const others = payloads.all.filter(({ key }) => !OTHER_THINGS.has(key) && !USUAL_PLACES.includes(key))
  for (const payload of [...payloads.named(...USUAL_PLACES), ...others]) {
    const text = parseA1111Text(payload.text) ?? (payload.key === 'parameters' ? parseBarePrompts(payload.text) : null)
    if (text === null) continue
    const extra = postprocessing === null ? [] : (parseA1111Extras(postprocessing.text) ?? [])
    return {
      generation: a1111Generation({ ...text, settings: [...text.settings, ...extra] }),
      used: postprocessing === null ? [payload] : [payload, postprocessing],
    }
  }
  return postprocessing === null ? null : readExtras(postprocessing)
}

/** The fields of a text of parameters. The tool is told from what only one of them writes, else it is AUTOMATIC1111. */
export function a1111Generation({ prompt, negativePrompt, settings }: A1111Text): Generation {
  const values = new Map(settings.map(([name, value]) => [name.toLowerCase(), value]))
  const resources = civitaiResources(values.get('civitai resources'))
  const checkpoint = resources.find(({ type }) => type === 'checkpoint' || type === 'model')
  const size = sizeFrom(values.get('size'))
  return generationOf({
    ...recognised(values),
    prompt: textFrom(prompt),
    negative_prompt: textFrom(negativePrompt),
    model: modelFrom(values.get('model')) ?? textFrom(checkpoint?.resource.modelName),
    model_hash: textFrom(values.get('model hash')),
    seed: seedFrom(values.get('seed')),
    sampler: textFrom(values.get('sampler')),
    scheduler: textFrom(values.get('schedule type') ?? values.get('scheduler') ?? values.get('schedule')),
    steps: numberFrom(values.get('steps')),
    cfg: numberFrom(values.get('cfg scale')),
    width: size.width ?? sideFrom(values.get('width')),
    height: size.height ?? sideFrom(values.get('height')),
    strength: numberFrom(values.get('denoising strength')),
    vae: vaeFrom(values.get('vae')),
    loras: lorasOf(prompt, values, resources),
    settings: settings.filter(([name]) => !FIELD_NAMES.has(name.toLowerCase())),
  })
}

function recognised(values: ReadonlyMap<string, string>): { generator: string; version: string | null } {
  const version = textFrom(values.get('version'))
  const app = values.get('app')
  const named = version === null ? null : byVersion(version)
  if (app !== undefined) return { generator: textFrom(app) ?? 'SD.Next', version }
  if (named !== null) return named
  if (values.has('backend') && values.has('pipeline')) return { generator: 'SD.Next', version }
  if (values.has('taskid') && (values.has('ksampler') || values.has('schedule')))
    return { generator: 'TensorArt', version }
  if (values.has('civitai resources') || values.has('civitai metadata')) return { generator: 'Civitai', version }
  return { generator: 'AUTOMATIC1111', version }
}

function byVersion(version: string): { generator: string; version: string | null } | null {
  const fooocus = /^(Ruined ?Fooocus|Fooocus(?:-MRE)?)\s*(.*)$/i.exec(version)
  if (fooocus !== null) {
    const generator = /^ruined/i.test(fooocus[1] ?? '') ? 'RuinedFooocus' : (fooocus[1] ?? 'Fooocus')
    return { generator, version: textFrom(fooocus[2]) }
  }
  const named = /^(ComfyUI|stable-diffusion\.cpp|SD\.Next)\b\s*(.*)$/i.exec(version)
  if (named !== null) return { generator: named[1] ?? '', version: textFrom(named[2]) }
  if (/^classic\b/i.test(version)) return { generator: 'Forge Classic', version }
  if (/^neo\b/i.test(version)) return { generator: 'Forge Neo', version }
  // reForge counts f1.0.0v2-v1.10.1, Forge f2.0.1v1.10.1: its own version, then that of the web UI it comes from.
  if (/^f\d+(?:\.\d+)*(?:v\d+)?-v/.test(version)) return { generator: 'reForge', version }
  if (/^f\d+\.\d/.test(version)) return { generator: 'Forge', version }
  return null
}

interface CivitaiResource {
  readonly type: string
  readonly resource: LooseJsonObject
}

function civitaiResources(text: string | undefined): readonly CivitaiResource[] {
  const list = text === undefined ? undefined : parseLooseJson(text)
  if (!Array.isArray(list)) return []
  return list.filter(isJsonObject).map((resource) => ({ type: textFrom(resource.type)?.toLowerCase() ?? '', resource }))
}

/** Those named in the prompt, then those that only the settings name. */
function lorasOf(
  prompt: string,
  values: ReadonlyMap<string, string>,
  resources: readonly CivitaiResource[],
): readonly Lora[] {
  const hashed = [...hashNames(values.get('lora hashes')), ...hashNames(values.get('ti hashes'))]
  const inHashes = Object.keys(objectFrom(values.get('hashes')) ?? {}).flatMap((name) =>
    /^(?:lora|lyco|embed|hypernet):/.test(name) ? loraFrom(name.slice(name.indexOf(':') + 1), null) : [],
  )
  const onCivitai = resources
    .filter(({ type }) => /^(?:lora|lycoris|dora|locon|embed|embedding|textualinversion|hypernet)$/.test(type))
    .flatMap(({ resource }) => loraFrom(resource.modelName, member(resource, 'weight', 'strength')))
  return mergedLoras(networksIn(prompt), [...hashed, ...inHashes, ...onCivitai])
}

/** `<lora:name:0.8>`, `<lora:name:te=0.8:unet=1>`, `<lyco:…>`, `<hypernet:…>` in a prompt. */
export function networksIn(prompt: string): readonly Lora[] {
  const found: Lora[] = []
  for (const match of prompt.matchAll(NETWORK)) {
    const [first = ''] = (match[2] ?? '').split(':').slice(1)
    found.push(...loraFrom(match[1], first.replace(/^[a-z]{1,10}=/i, '')))
    if (found.length >= MAX_NETWORKS) break
  }
  return mergedLoras(found, [])
}

/** Names in `name: hash, other: hash`. */
function hashNames(text: string | undefined): readonly Lora[] {
  if (text === undefined) return []
  return text
    .split(',', MAX_NETWORKS)
    .flatMap((part) => (part.includes(':') ? loraFrom(part.slice(0, part.lastIndexOf(':')), null) : []))
}

/** `Postprocess upscale by: 4, Postprocess upscaler: …` of the Extras tab. */
function readExtras(payload: Payload): Reading | null {
  const settings = parseA1111Extras(payload.text)
  return settings === null
    ? null
    : { generation: generationOf({ generator: 'AUTOMATIC1111', settings }), used: [payload] }
}

function parseA1111Extras(text: string): readonly (readonly [string, string])[] | null {
  if (text.length > MAX_EXTRAS_LENGTH) return null
  const settings = splitSettings(text)
  return settings.some(([name]) => name.startsWith('Postprocess ') || name.startsWith('Upscale')) ? settings : null
}
