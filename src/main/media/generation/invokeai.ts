import type { Generation, Lora } from '../../../shared/domain/generation.ts'
import { generationOf, listMember, loraFrom, member, mergedLoras, objectMember, textFrom } from './generationFacts.ts'
import { parseDream, splitBrackets } from './invokeaiDream.ts'
import { factsFrom, nameOf } from './jsonFacts.ts'
import { isJsonObject, type LooseJson, type LooseJsonObject } from './looseJson.ts'
import type { Payload, Payloads } from './payloads.ts'
import type { Reading } from './reading.ts'

/**
 * InvokeAI: `invokeai_metadata` since 3.0, else the metadata node of `invokeai_graph`; `sd-metadata` and the command line
 * `Dream` of the versions before. Source: invoke-ai/InvokeAI, `invokeai/app/invocations/metadata.py`; docs of 2.3,
 * "Image metadata".
 */
export function readInvokeAi(payloads: Payloads): Reading | null {
  const companions = payloads.named('invokeai_graph', 'invokeai_workflow', 'dream')
  const reading =
    readFirst(payloads, ['invokeai_metadata'], fromMetadata) ??
    readFirst(payloads, ['sd-metadata'], fromSdMetadata) ??
    readFirst(payloads, ['invokeai_graph', 'invokeai_workflow'], fromGraph) ??
    readDream(payloads)
  return reading === null ? null : { ...reading, used: [...reading.used, ...companions] }
}

function readFirst(
  payloads: Payloads,
  keys: readonly string[],
  read: (object: LooseJsonObject) => Generation,
): Reading | null {
  for (const { payload, object } of payloads.objects(...keys)) return { generation: read(object), used: [payload] }
  return null
}

function fromMetadata(object: LooseJsonObject): Generation {
  const facts = factsFrom(object, {
    prompt: ['positive_prompt'],
    negative_prompt: ['negative_prompt'],
    model: ['model'],
    seed: ['seed'],
    // What InvokeAI calls a scheduler is what the others call a sampler.
    sampler: ['scheduler'],
    steps: ['steps'],
    cfg: ['cfg_scale', 'guidance'],
    width: ['width'],
    height: ['height'],
    strength: ['strength'],
    vae: ['vae', 'vae_model'],
    version: ['app_version'],
    others: ['loras'],
  })
  return generationOf({ ...facts, generator: 'InvokeAI', loras: lorasOf(listMember(object, 'loras')) })
}

/** `{model: {…}, weight}`, before 4.0 `{lora: {model_name}, weight}`. */
function lorasOf(list: readonly LooseJson[]): readonly Lora[] {
  const loras = list
    .filter(isJsonObject)
    .flatMap((item) => loraFrom(nameOf(member(item, 'model', 'lora')), member(item, 'weight')))
  return mergedLoras(loras, [])
}

/** The node that collects the facts, with those of its inputs that other nodes give. */
function fromGraph(object: LooseJsonObject): Generation {
  const nodes = nodesOf(object)
  const metadata = [...nodes].find(([, node]) => textFrom(node.type) === 'core_metadata')
  if (metadata === undefined) return generationOf({ generator: 'InvokeAI' })
  const [id, fields] = metadata
  const values = new Map<string, LooseJson>(Object.entries(fields).filter(([, value]) => value !== null))
  for (const edge of listMember(object, 'edges').filter(isJsonObject)) {
    const source = objectMember(edge, 'source')
    const destination = objectMember(edge, 'destination')
    if (destination?.node_id !== id) continue
    const value = nodes.get(textFrom(source?.node_id) ?? '')?.value
    const field = textFrom(destination.field)
    if (field !== null && value !== undefined && value !== null && !values.has(field)) values.set(field, value)
  }
  for (const name of ['id', 'type', 'is_intermediate', 'use_cache']) values.delete(name)
  return fromMetadata(Object.fromEntries(values))
}

function nodesOf(object: LooseJsonObject): ReadonlyMap<string, LooseJsonObject> {
  const nodes = Object.entries(objectMember(object, 'nodes') ?? {})
  return new Map(nodes.flatMap(([id, node]) => (isJsonObject(node) ? [[id, node] as const] : [])))
}

function fromSdMetadata(object: LooseJsonObject): Generation {
  const image = objectMember(object, 'image') ?? {}
  const facts = factsFrom(image, {
    seed: ['seed'],
    sampler: ['sampler'],
    steps: ['steps'],
    cfg: ['cfg_scale'],
    width: ['width'],
    height: ['height'],
    strength: ['strength'],
    others: ['prompt'],
  })
  const about = factsFrom(object, {
    model: ['model_weights', 'model_id'],
    model_hash: ['model_hash'],
    version: ['app_version'],
    others: ['image', 'app_id'],
  })
  return generationOf({
    ...facts,
    ...splitBrackets(promptOf(image.prompt)),
    generator: 'InvokeAI',
    version: about.version ?? null,
    model: about.model ?? null,
    model_hash: about.model_hash ?? null,
    settings: [...(about.settings ?? []), ...(facts.settings ?? [])],
  })
}

/** A text, or a list of `{prompt, weight}`. */
function promptOf(value: LooseJson | undefined): string {
  if (typeof value === 'string') return value
  if (!Array.isArray(value)) return ''
  const parts = value.map((item: LooseJson) => textFrom(isJsonObject(item) ? item.prompt : item))
  return parts.filter((part) => part !== null).join('\n')
}

function readDream(payloads: Payloads): Reading | null {
  const payload: Payload | null = payloads.find('dream')
  const generation = payload === null ? null : parseDream(payload.text)
  return payload === null || generation === null ? null : { generation, used: [payload] }
}
